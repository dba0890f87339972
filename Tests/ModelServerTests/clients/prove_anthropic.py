"""The `anthropic` package against the test server."""

import anthropic

from clients.checks import KEY, PROMPT, SYSTEM, Mined
from clients.checks import equal, expect, honours, judge_mined, judge_response, raises


def prove_anthropic(checks, origin):
    client = anthropic.Anthropic(base_url=origin, api_key=KEY, max_retries=0)
    patient = client.with_options(max_retries=1)
    tool = {"name": "report", "description": "Reports.", "input_schema": Mined.model_json_schema()}
    arguments = {
        "max_tokens": 900,
        "system": SYSTEM,
        "messages": [{"role": "user", "content": PROMPT}],
    }
    forced = {"tools": [tool], "tool_choice": {"type": "tool", "name": "report"}}

    def ask(model, client=client, **more):
        return client.messages.create(model=model, **arguments, **(more or forced))

    def forced_tool():
        message = ask("answer")
        (block,) = message.content
        equal((block.type, block.name), ("tool_use", "report"), "block")
        judge_mined(Mined.model_validate(block.input))
        equal(message.stop_reason, "tool_use", "stop reason")
        expect(message.usage.input_tokens > 10 and message.usage.output_tokens > 10, "usage")
        expect(message._request_id, "no request id")

    def output_format():
        message = client.messages.parse(model="answer", output_format=Mined, **arguments)
        judge_mined(message.parsed_output)
        equal(message.stop_reason, "end_turn", "stop reason")

    def shape(model):
        raw = client.messages.with_raw_response.create(model=model, **arguments, **forced)
        judge_response(anthropic.types.Message, raw.http_response.json())

    def stop_reason(model, wanted):
        equal(ask(model).stop_reason, wanted, "stop reason")

    def prose():
        (block,) = ask("prose").content
        expect(block.type == "text" and block.text.startswith("Sure!"), f"{block}")

    def error(model, kind, status, error_type):
        found = raises(kind, lambda: ask(model), status_code=status)
        if error_type:
            equal(found.body["error"]["type"], error_type, "error type")
            equal(found.body["type"], "error", "type")
            expect(found.request_id, "no request id")
        return found

    def retry_after():
        found = error("rate-limited", anthropic.RateLimitError, 429, "rate_limit_error")
        equal(found.response.headers["retry-after"], "7", "retry-after")

    def again(model, least):
        note, message = honours(lambda: ask(model, patient), least)
        equal(message.stop_reason, "tool_use", "stop reason")
        return note

    run = lambda name, *rest: checks.run(f"anthropic: {name}", *rest)  # noqa: E731
    run("forced tool, usage, stop reason", forced_tool)
    run("output format", output_format)
    for model in ("answer", "prose", "truncated", "prompt-blocked"):
        run(f"shape of '{model}'", shape, model)
    run("max tokens", stop_reason, "truncated", "max_tokens")
    run("refusal", stop_reason, "answer-blocked", "refusal")
    run("prose instead of the tool", prose)
    run("429 with Retry-After", retry_after)
    run("Retry-After in seconds honoured", again, "retry-seconds", 1.0)
    run("Retry-After as a date honoured", again, "retry-date", 0.9)
    run("retry-after-ms honoured", again, "retry-ms", 1.25)
    for model, kind, status, error_type in (
        ("money-spent", anthropic.BadRequestError, 400, "invalid_request_error"),
        ("day-spent", anthropic.RateLimitError, 429, "rate_limit_error"),
        ("parameter-refused", anthropic.BadRequestError, 400, "invalid_request_error"),
        ("schema-refused", anthropic.BadRequestError, 400, "invalid_request_error"),
        ("schema-crash", anthropic.InternalServerError, 500, None),
        ("key-refused", anthropic.AuthenticationError, 401, "authentication_error"),
        ("model-unknown", anthropic.NotFoundError, 404, "not_found_error"),
        ("internal-error", anthropic.InternalServerError, 500, "api_error"),
        ("unavailable", anthropic.InternalServerError, 503, "api_error"),
        ("overloaded", anthropic.InternalServerError, 529, "overloaded_error"),
        ("context-too-long", anthropic.BadRequestError, 400, "invalid_request_error"),
    ):
        run(f"{status} {model}", error, model, kind, status, error_type)
    for model in ("dropped", "body-cut"):
        run(model, raises, anthropic.APIConnectionError, lambda m=model: ask(m))
