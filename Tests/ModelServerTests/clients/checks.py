"""Checks with one line of output each, and what they have in common."""

import time
import typing

import pydantic

KEY = "key-of-no-value"
SYSTEM = "You find expressions worth learning."
PROMPT = """Cues:
[12] ANNA: I figured it all out.
[13] BEN: Did you?
[14] Get out of here!
[15] ANNA: He is pulling your leg.
"""


class Found(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")
    expression: str
    cues: list[int]
    level: typing.Literal["A1", "A2", "B1", "B2", "C1", "C2"]


class Context(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")
    first_cue: int
    last_cue: int
    expressions: list[Found]


class Mined(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")
    contexts: list[Context]
    remark: str


class Checks:
    def __init__(self):
        self.failed = 0

    def run(self, name, check, *arguments):
        try:
            note = check(*arguments)
            print(f"ok    {name}{f': {note}' if isinstance(note, str) else ''}", flush=True)
        except Exception as error:  # a check may fail in any way
            self.failed += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def equal(found, wanted, what):
    expect(found == wanted, f"{what} is {found!r}, not {wanted!r}")


def judge_mined(mined):
    equal(
        [(c.first_cue, c.last_cue) for c in mined.contexts], [(12, 14), (15, 15)], "cue ranges"
    )
    for context in mined.contexts:
        for found in context.expressions:
            cue = [line for line in PROMPT.splitlines() if line.startswith(f"[{found.cues[0]}]")]
            expect(found.expression in cue[0], f"{found.expression!r} is not in {cue[0]!r}")


def unknown_keys(value, path=""):
    """Keys of a response that the client's own types do not have."""
    if isinstance(value, pydantic.BaseModel):
        for key in value.model_extra or {}:
            yield f"{path}.{key}"
        for key in value.model_fields_set & set(type(value).model_fields):
            yield from unknown_keys(getattr(value, key), f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for element in value:
            yield from unknown_keys(element, f"{path}[]")


def judge_response(model, data):
    """The response is of the client's type, and has no key that the type has not."""
    adapter = pydantic.TypeAdapter(model)
    keys = list(unknown_keys(adapter.validate_python(data)))
    expect(not keys, f"keys that {model.__name__} does not have: {keys}")


def raises(kind, call, **attributes):
    try:
        result = call()
    except kind as error:
        for name, wanted in attributes.items():
            equal(getattr(error, name, None), wanted, name)
        return error
    raise AssertionError(f"no {kind.__name__}, but {result!r}"[:300])


def breaks(call):
    """The transport fails, whichever library that is, and not the reading of an answer."""
    try:
        result = call()
    except Exception as error:
        module = type(error).__module__.partition(".")[0]
        expect(module in ("httpx", "httpx2", "requests"), f"{type(error)}: {error}")
        return type(error).__name__
    raise AssertionError(f"an answer: {result!r}"[:300])


def honours(call, least):
    """No upper bound: on a busy machine a client may come much later."""
    start = time.monotonic()
    result = call()
    waited = time.monotonic() - start
    expect(least <= waited, f"came again after {waited:.2f} s, sooner than {least} s")
    return f"came again after {waited:.2f} s", result
