"""What the clients themselves send, given the values of a recorded request."""

import http.server
import json

import anthropic
import google.genai
import google.genai.types
import ollama
import openai

from clients.checks import KEY, equal, expect


class Catcher(http.server.BaseHTTPRequestHandler):
    """Keeps what a client sends, and refuses it."""

    caught = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        Catcher.caught = (
            self.path.partition("?")[0],
            {name.lower(): value for name, value in self.headers.items()},
            json.loads(body),
        )
        refusal = b'{"error":{"message":"caught"}}'
        self.send_response(400)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(refusal)))
        self.end_headers()
        self.wfile.write(refusal)

    def log_message(self, *_):
        pass


def send_openai(origin, prefix, body):
    client = openai.OpenAI(base_url=origin + prefix, api_key=KEY, max_retries=0)
    client.chat.completions.create(**body)


def send_anthropic(origin, prefix, body):
    # With a time limit of its own, the client takes any max_tokens without streaming.
    client = anthropic.Anthropic(base_url=origin + prefix, api_key=KEY, max_retries=0, timeout=60)
    client.messages.create(**body)


def send_gemini(origin, prefix, body, model):
    types = google.genai.types
    base, _, version = prefix.rpartition("/")
    client = google.genai.Client(
        api_key=KEY,
        vertexai=False,
        http_options=types.HttpOptions(base_url=origin + base, api_version=version),
    )
    apart = ("contents", "generationConfig")
    config = {key: value for key, value in body.items() if key not in apart}
    client.models.generate_content(
        model=model,
        contents=[types.Content.model_validate(content) for content in body["contents"]],
        config=types.GenerateContentConfig.model_validate(
            {**body.get("generationConfig", {}), **config}
        ),
    )


def send_ollama(origin, prefix, body):
    ollama.Client(host=origin + prefix, headers={"authorization": f"Bearer {KEY}"}).chat(**body)


def without_case(value, key=None):
    """Google's schema types in one case; the API takes both, and keys with and without underscores."""
    if isinstance(value, dict):
        names = {"property_ordering": "propertyOrdering"}
        return {names.get(k, k): without_case(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [without_case(element) for element in value]
    return value.lower() if key in ("type", "role") and isinstance(value, str) else value


def differences(ours, theirs, path="body"):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(set(ours) | set(theirs)):
            if key not in ours:
                if theirs[key] not in (None, [], {}):  # what says nothing is no difference
                    yield f"the client adds {path}.{key}"
            elif key not in theirs:
                yield f"the client leaves out {path}.{key}"
            else:
                yield from differences(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(one, other, f"{path}[{index}]")
    elif ours != theirs:
        yield f"{path} is {ours!r}, the client sends {theirs!r}"


def judge_wire(origin, vendor, request):
    path, body = request["path"], request["body"]
    if vendor == "gemini":
        prefix, _, rest = path.rpartition("/models/")
        send = lambda: send_gemini(origin, prefix, body, rest.partition(":")[0])  # noqa: E731
    else:
        tail, send_to = {
            "openai": ("/chat/completions", send_openai),
            "anthropic": ("/v1/messages", send_anthropic),
            "ollama": ("/api/chat", send_ollama),
        }[vendor]
        expect(path.endswith(tail), f"the path {path} does not end with {tail}")
        send = lambda: send_to(origin, path.removesuffix(tail), body)  # noqa: E731
    Catcher.caught = None
    try:
        send()
    except Exception as error:  # the catcher refuses everything; each client has its own error
        if Catcher.caught is None:
            raise AssertionError(f"the client does not take it: {error}") from error
    theirs_path, theirs_headers, theirs = Catcher.caught
    equal(path, theirs_path, "path")
    if vendor == "gemini":
        body, theirs = without_case(body), without_case(theirs)
    found = list(differences(body, theirs))
    expect(not found, "; ".join(found))

    headers = {name.lower() for name in request["headers"]}
    secrets = {"authorization", "x-api-key", "x-goog-api-key"}
    ours, wanted = headers & secrets, set(theirs_headers) & secrets
    if vendor == "anthropic":
        # The client sends a bearer token since 2.x, and takes the older header for as good.
        wanted |= {"x-api-key"}
    expect(len(ours) <= 1 and ours <= wanted, f"the key is in {ours}, the client's in {wanted}")
    needed = {"content-type"} | ({"anthropic-version"} if vendor == "anthropic" else set())
    expect(needed <= headers, f"headers missing: {needed - headers}")
    content_type = request["headers"]["content-type"]
    expect(content_type.startswith("application/json"), f"content-type {content_type}")
