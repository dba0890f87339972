"""The `google-genai` package against the test server."""

import json

import google.genai
import google.genai.errors
import google.genai.types

from clients.checks import KEY, PROMPT, SYSTEM, Mined
from clients.checks import breaks, equal, expect, judge_mined, raises


def prove_gemini(checks, origin):
    types, errors = google.genai.types, google.genai.errors
    client = google.genai.Client(
        api_key=KEY, vertexai=False, http_options=types.HttpOptions(base_url=origin)
    )
    config = types.GenerateContentConfig(
        system_instruction=SYSTEM,
        response_mime_type="application/json",
        response_schema=Mined,
        max_output_tokens=900,
        should_return_http_response=False,
    )

    def ask(model, config=config):
        return client.models.generate_content(model=model, contents=PROMPT, config=config)

    def answer(response):
        judge_mined(response.parsed)
        equal(response.candidates[0].finish_reason, types.FinishReason.STOP, "finish reason")
        usage = response.usage_metadata
        expect(usage.prompt_token_count > 10 and usage.candidates_token_count > 10, f"{usage}")
        equal(
            usage.total_token_count,
            usage.prompt_token_count + usage.candidates_token_count,
            "total",
        )
        equal(response.model_version, "answer", "model version")

    def json_schema():
        response = ask(
            "answer",
            types.GenerateContentConfig(
                response_mime_type="application/json",
                response_json_schema=Mined.model_json_schema(),
            ),
        )
        judge_mined(Mined.model_validate_json(response.text))

    def shape(model):
        raw = ask(model, config.model_copy(update={"should_return_http_response": True}))
        body = raw.sdk_http_response.body
        expect(body, "the client gave no body")
        types.GenerateContentResponse.model_validate(json.loads(body))  # forbids extra keys

    def finish(model, wanted):
        equal(ask(model).candidates[0].finish_reason, wanted, "finish reason")

    def blocked_prompt():
        response = ask("prompt-blocked")
        expect(not response.candidates, "candidates")
        equal(
            response.prompt_feedback.block_reason,
            types.BlockedReason.PROHIBITED_CONTENT,
            "block reason",
        )

    def text(model, marker):
        expect(marker in ask(model).text, ask(model).text)

    def error(model, kind, code, status):
        return raises(kind, lambda: ask(model), code=code, status=status)

    def details(found, kind):
        return [
            detail
            for detail in found.details["error"].get("details", [])
            if detail["@type"] == f"type.googleapis.com/google.rpc.{kind}"
        ]

    def quota(model, quota_id, value, delay):
        found = error(model, errors.ClientError, 429, "RESOURCE_EXHAUSTED")
        (violation,) = details(found, "QuotaFailure")[0]["violations"]
        expect(quota_id in violation["quotaId"], violation)
        equal(violation.get("quotaValue"), value, "quotaValue")
        equal([d["retryDelay"] for d in details(found, "RetryInfo")], delay, "RetryInfo")

    def invalid_key():
        found = error("key-refused", errors.ClientError, 400, "INVALID_ARGUMENT")
        equal(details(found, "ErrorInfo")[0]["reason"], "API_KEY_INVALID", "reason")

    run = lambda name, *rest: checks.run(f"gemini: {name}", *rest)  # noqa: E731
    run("response schema, usage, finish reason", lambda: answer(ask("answer")))
    run("JSON schema", json_schema)
    for model in ("answer", "truncated", "prompt-blocked", "answer-blocked"):
        run(f"shape of '{model}'", shape, model)
    run("max tokens", finish, "truncated", types.FinishReason.MAX_TOKENS)
    run("safety", finish, "answer-blocked", types.FinishReason.SAFETY)
    run("blocked prompt", blocked_prompt)
    run("prose", text, "prose", "Sure!")
    run("fence", text, "fence", "```json")
    run("429 with RetryInfo", quota, "retry-info", "PerMinute", "10", ["51s"])
    run("429 of the day", quota, "day-spent", "PerDay", "20", ["51s"])
    run("429 without a free tier", quota, "no-free-tier", "PerDay", None, ["51s"])
    run("400 of a refused key", invalid_key)
    for model, kind, code, status in (
        ("money-spent", errors.ClientError, 429, "RESOURCE_EXHAUSTED"),
        ("parameter-refused", errors.ClientError, 400, "INVALID_ARGUMENT"),
        ("schema-refused", errors.ClientError, 400, "INVALID_ARGUMENT"),
        ("schema-crash", errors.ServerError, 500, "Internal Server Error"),
        ("model-unknown", errors.ClientError, 404, "NOT_FOUND"),
        ("internal-error", errors.ServerError, 500, "INTERNAL"),
        ("unavailable", errors.ServerError, 503, "UNAVAILABLE"),
        ("overloaded", errors.ServerError, 529, "UNAVAILABLE"),
        ("context-too-long", errors.ClientError, 400, "INVALID_ARGUMENT"),
    ):
        run(f"{code} {model}", error, model, kind, code, status)
    for model in ("dropped", "body-cut"):
        run(model, breaks, lambda m=model: ask(m))
