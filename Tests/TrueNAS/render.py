"""Renders our template over the stand-in library, and remembers which answers were read."""

import functools
import json
import types

import jinja2
import jinja2.nodes

import library


class Answers:
    """A mapping that notes each leaf that is read, by its dotted name; a missing one is an error."""

    def __init__(self, data, name, seen):
        self._data, self._name, self._seen = data, name, seen

    def __getitem__(self, key):
        name = f"{self._name}.{key}" if self._name else str(key)
        if key not in self._data:
            raise library.RenderError(f"{name} is read, and nobody asks it")
        return wrap(self._data[key], name, self._seen)

    def __getattr__(self, key):
        if key.startswith("__"):
            raise AttributeError(key)
        return self[key]

    def __contains__(self, key):
        return key in self._data


def wrap(value, name, seen):
    if isinstance(value, dict):
        return Answers(value, name, seen)
    seen.add(name)
    if isinstance(value, list):
        return [wrap(item, f"{name}[]", seen) for item in value]
    return value


def environment():
    return jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)


@functools.cache
def compiled(template):
    return environment().from_string(template)


def render(template, values):
    """The compose file as data, and the names of the answers that were read."""
    seen = set()
    names = types.SimpleNamespace(base=types.SimpleNamespace(render=types.SimpleNamespace(Render=library.Render)))
    try:
        text = compiled(template).render(values=Answers(values, "", seen), ix_lib=names)
    except jinja2.TemplateError as error:
        raise library.RenderError(f"line {getattr(error, 'lineno', '?')}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise library.RenderError(f"{type(error).__name__}: {error}") from error
    return json.loads(text), seen


def read_names(template):
    """Every `values.…` that the template names, in whichever branch."""
    names = set()
    for node in environment().parse(template).find_all(jinja2.nodes.Getattr):
        parts = []
        while isinstance(node, jinja2.nodes.Getattr):
            parts.append(node.attr)
            node = node.node
        if isinstance(node, jinja2.nodes.Name) and node.name == "values":
            names.add(".".join(reversed(parts)))
    return names
