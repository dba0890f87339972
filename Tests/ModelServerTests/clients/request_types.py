"""The request types of the clients' packages, with unknown keys forbidden."""

import collections.abc
import sys
import typing

import anthropic.types.message_create_params
import google.genai
import google.genai.types
import ollama._types
import openai.types.chat.completion_create_params
import pydantic
import typing_extensions

from clients.checks import expect


def forbid_extras(package):
    """Unknown keys in a TypedDict fail, unless the package itself allows them."""
    for name, module in list(sys.modules.items()):
        if not name.startswith(f"{package}.types"):
            continue
        for value in list(vars(module).values()):
            if typing_extensions.is_typeddict(value) and "__pydantic_config__" not in vars(value):
                value.__pydantic_config__ = pydantic.ConfigDict(extra="forbid")
    sequence = sys.modules[f"{package}._types"].SequenceNotStr
    sequence.__get_pydantic_core_schema__ = classmethod(
        lambda _, source, handler: handler.generate_schema(
            list[(typing.get_args(source) or (typing.Any,))[0]]
        )
    )


def exhaust(value):
    """Pydantic validates an Iterable only while somebody takes its elements."""
    if isinstance(value, dict):
        for element in value.values():
            exhaust(element)
    elif isinstance(value, collections.abc.Iterable) and not isinstance(value, (str, bytes)):
        for element in value:
            exhaust(element)


def judge_typed_dict(params, body):
    exhaust(pydantic.TypeAdapter(params).validate_python(body))


def judge_openai(body):
    params = openai.types.chat.completion_create_params
    judge_typed_dict(params.CompletionCreateParamsNonStreaming, body)


def judge_anthropic(body):
    params = anthropic.types.message_create_params
    judge_typed_dict(params.MessageCreateParamsNonStreaming, body)


def judge_gemini(body):
    types = google.genai.types

    class Body(google.genai._common.BaseModel):
        contents: list[types.Content]
        system_instruction: typing.Optional[types.Content] = None
        generation_config: typing.Optional[types.GenerationConfig] = None
        safety_settings: typing.Optional[list[types.SafetySetting]] = None
        tools: typing.Optional[list[types.Tool]] = None
        tool_config: typing.Optional[types.ToolConfig] = None
        cached_content: typing.Optional[str] = None

    Body.model_validate(body)


def judge_ollama(body):
    unknown = set(body) - set(ollama._types.ChatRequest.model_fields)
    expect(not unknown, f"keys that ChatRequest does not have: {sorted(unknown)}")
    unknown = set(body.get("options") or {}) - set(ollama._types.Options.model_fields)
    expect(not unknown, f"options that Options does not have: {sorted(unknown)}")
    for message in body.get("messages", []):
        unknown = set(message) - set(ollama._types.Message.model_fields)
        expect(not unknown, f"keys that Message does not have: {sorted(unknown)}")
        ollama._types.Message.model_validate(message)
    ollama._types.Options.model_validate(body.get("options") or {})
    ollama._types.ChatRequest.model_validate(body)
