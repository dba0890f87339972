"""The `openai` package against the test server."""

import openai

from clients.checks import KEY, PROMPT, SYSTEM, Mined
from clients.checks import equal, expect, honours, judge_mined, judge_response, raises


def prove_openai(checks, origin):
    client = openai.OpenAI(base_url=f"{origin}/v1", api_key=KEY, max_retries=0)
    patient = client.with_options(max_retries=1)
    messages = [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": PROMPT},
    ]

    def parse(model, client=client):
        return client.chat.completions.parse(
            model=model, messages=messages, response_format=Mined, max_completion_tokens=900
        )

    def create(model):
        return client.chat.completions.create(model=model, messages=messages)

    def answer():
        completion = parse("answer")
        judge_mined(completion.choices[0].message.parsed)
        equal(completion.choices[0].finish_reason, "stop", "finish reason")
        usage = completion.usage
        expect(usage.prompt_tokens > 10 and usage.completion_tokens > 10, f"usage {usage}")
        equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens, "total")
        expect(completion._request_id, "no request id")

    def shape(model):
        raw = client.chat.completions.with_raw_response.create(model=model, messages=messages)
        judge_response(openai.types.chat.ChatCompletion, raw.http_response.json())

    def refusal():
        message = parse("prompt-blocked").choices[0].message
        expect(message.refusal and message.parsed is None, f"no refusal: {message}")

    def text(model, marker):
        content = create(model).choices[0].message.content
        expect(marker in content and '"contexts"' in content, content)

    def error(model, kind, status, attributes):
        raises(kind, lambda: parse(model), status_code=status, **attributes)

    def retry_after():
        found = raises(openai.RateLimitError, lambda: create("rate-limited"), status_code=429)
        equal(found.response.headers["retry-after"], "7", "retry-after")
        equal(found.code, "rate_limit_exceeded", "code")

    def again(model, least):
        note, completion = honours(lambda: parse(model, patient), least)
        judge_mined(completion.choices[0].message.parsed)
        return note

    run = lambda name, *rest: checks.run(f"openai: {name}", *rest)  # noqa: E731
    run("structured answer, usage, finish reason", answer)
    for model in ("answer", "truncated", "prompt-blocked", "answer-blocked"):
        run(f"shape of '{model}'", shape, model)
    run("max tokens", raises, openai.LengthFinishReasonError, lambda: parse("truncated"))
    run(
        "filtered answer",
        raises,
        openai.ContentFilterFinishReasonError,
        lambda: parse("answer-blocked"),
    )
    run("refusal", refusal)
    run("prose", text, "prose", "Sure!")
    run("fence", text, "fence", "```json")
    run("429 with Retry-After", retry_after)
    run("Retry-After in seconds honoured", again, "retry-seconds", 1.0)
    run("Retry-After as a date honoured", again, "retry-date", 0.9)
    run("retry-after-ms honoured", again, "retry-ms", 1.25)
    for model, kind, status, attributes in (
        ("money-spent", openai.RateLimitError, 429, {"code": "insufficient_quota"}),
        ("day-spent", openai.RateLimitError, 429, {"code": "rate_limit_exceeded"}),
        (
            "parameter-refused",
            openai.BadRequestError,
            400,
            {"param": "max_tokens", "code": "unsupported_parameter"},
        ),
        ("schema-refused", openai.BadRequestError, 400, {"param": "response_format"}),
        ("schema-crash", openai.InternalServerError, 500, {"code": None}),
        ("key-refused", openai.AuthenticationError, 401, {"code": "invalid_api_key"}),
        ("model-unknown", openai.NotFoundError, 404, {"code": "model_not_found"}),
        ("internal-error", openai.InternalServerError, 500, {"type": "server_error"}),
        ("unavailable", openai.InternalServerError, 503, {}),
        ("overloaded", openai.InternalServerError, 529, {}),
        (
            "context-too-long",
            openai.BadRequestError,
            400,
            {"code": "context_length_exceeded", "param": "messages"},
        ),
    ):
        run(f"{status} {model}", error, model, kind, status, attributes)
    for model in ("dropped", "body-cut"):
        run(model, raises, openai.APIConnectionError, lambda m=model: create(m))
