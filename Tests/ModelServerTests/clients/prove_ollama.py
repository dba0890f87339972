"""The `ollama` package against the test server."""

import ollama

from clients.checks import PROMPT, SYSTEM, Mined
from clients.checks import breaks, equal, expect, judge_mined, raises


def prove_ollama(checks, origin):
    client = ollama.Client(host=origin)
    messages = [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": PROMPT},
    ]

    def ask(model):
        return client.chat(
            model=model,
            messages=messages,
            format=Mined.model_json_schema(),
            options={"num_ctx": 8192, "temperature": 0.2},
            stream=False,
        )

    def answer():
        response = ask("answer")
        judge_mined(Mined.model_validate_json(response.message.content))
        equal((response.done, response.done_reason), (True, "stop"), "done")
        expect(response.prompt_eval_count > 10 and response.eval_count > 10, "usage")

    def shape():
        response = ask("answer")
        for name in type(response).model_fields:
            if name not in ("logprobs", "message"):
                expect(getattr(response, name) is not None, f"no {name}")

    def truncated():
        equal(ask("truncated").done_reason, "length", "done reason")

    def text(model, marker):
        expect(marker in ask(model).message.content, "another text")

    def error(model, status, words):
        found = raises(ollama.ResponseError, lambda: ask(model), status_code=status)
        expect(words in found.error, found.error)

    run = lambda name, *rest: checks.run(f"ollama: {name}", *rest)  # noqa: E731
    run("format schema, usage, done reason", answer)
    run("shape of 'answer'", shape)
    run("max tokens", truncated)
    run("prose", text, "prose", "Sure!")
    run("fence", text, "fence", "```json")
    for model, status, words in (
        ("rate-limited", 429, "too many"),
        ("day-spent", 429, "daily"),
        ("money-spent", 402, "subscription"),
        ("parameter-refused", 400, "max_tokens"),
        ("schema-refused", 400, "invalid format"),
        ("schema-crash", 500, "Internal Server Error"),
        ("key-refused", 401, "unauthorized"),
        ("model-unknown", 404, "'model-unknown' not found"),
        ("internal-error", 500, "terminated"),
        ("unavailable", 503, "server busy"),
        ("overloaded", 529, "overloaded"),
        ("context-too-long", 400, "context length"),
    ):
        run(f"{status} {model}", error, model, status, words)
    for model in ("dropped", "body-cut"):
        run(model, breaks, lambda m=model: ask(m))
