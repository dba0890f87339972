"""What questions.yaml asks: its leaves, its defaults, and every set of answers that the form can give."""

import copy

import yaml


class Question:
    """One variable, with its dotted name; a list's items are below NAME[]."""

    def __init__(self, entry, name, siblings, parent=None):
        self.entry, self.name, self.siblings, self.parent = entry, name, siblings, parent
        self.schema = entry.get("schema", {})

    @property
    def kind(self):
        return self.schema.get("type")

    @property
    def children(self):
        names = self.schema.get("attrs", []) if self.kind == "dict" else self.schema.get("items", [])
        mark = "" if self.kind == "dict" else "[]"
        # An item of a list bears a name that nothing reads; what is in it counts.
        return [Question(entry, f"{self.name}{mark}.{entry['variable']}" if not mark else f"{self.name}[]", names, self)
                for entry in names]

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Form:
    def __init__(self, text):
        self.document = yaml.safe_load(text)
        entries = self.document["questions"]
        self.questions = [Question(entry, entry["variable"], entries) for entry in entries]

    def all(self):
        for question in self.questions:
            yield from question.walk()

    def leaves(self):
        return [question for question in self.all() if not question.children]

    def defaults(self):
        return {question.name: value(question) for question in self.questions}

    def answers(self):
        """(what is special, values): the defaults, and each choice of each question once."""
        yield "defaults", self.defaults()
        for question in self.all():
            for choice in choices(question):
                if "[]" not in question.name:
                    values = self.defaults()
                    show(values, question)
                    put(values, question.name, choice)
                    yield f"{question.name}={choice!r}", values
        yield "a bit of everything", filled(self)


def value(question):
    if "normalize/acl" in question.schema.get("$ref", []):
        # What the interface makes of it.
        return {"path": "/mnt/tank/acl", "entries": [{"id_type": "USER", "id": 568, "access": "MODIFY"}]}
    if question.kind == "dict":
        return {child.entry["variable"]: value(child) for child in question.children}
    if "default" in question.schema:
        return copy.deepcopy(question.schema["default"])
    return {"int": 1, "boolean": False, "list": []}.get(question.kind, text(question))


def text(question):
    """What a person writes into a field that has no default."""
    if question.kind in ("hostpath", "path"):
        return f"/mnt/tank/{question.entry['variable']}"
    return "text"


def choices(question):
    if "enum" in question.schema:
        return [choice["value"] for choice in question.schema["enum"]]
    if question.kind == "boolean":
        return [False, True]
    if question.kind == "string" and question.schema.get("default") == "":
        return ["", "http://10.0.0.2:11434" if question.name.endswith("url") else "xx"]
    return []


def show(values, question):
    """Answers the questions beside it and above it so that it is shown at all."""
    while question:
        beside = {entry["variable"]: entry for entry in question.siblings}
        prefix = question.name.rpartition(".")[0]
        for name, relation, wanted in question.schema.get("show_if", []):
            others = [choice["value"] for choice in beside[name]["schema"].get("enum", []) if choice["value"] != wanted]
            put(values, f"{prefix}.{name}", wanted if relation == "=" else others[0])
        question = question.parent


def put(values, name, choice):
    *path, last = name.split(".")
    for part in path:
        values = values[part]
    values[last] = choice


def filled(form):
    """Every list with an item of each kind, every optional text given, no lexicon."""
    values = form.defaults()
    values["langflix"].update(
        provider="openai", api_key="not-a-key", model="m", base_url="http://10.0.0.2/v1", fallback=True,
        dashboard_token="not-a-token", target_language="ko", notify_url="ntfy+http://10.0.0.2/langflix",
        jellyfin_url="http://10.0.0.2:30013", jellyfin_api_key="not-a-key", plex_url="http://10.0.0.2:32400",
        plex_token="not-a-token")
    for question in form.all():
        if question.kind == "list" and "[]" not in question.name:
            item = question.children[0]
            kinds = [child for child in item.children if child.entry["variable"] == "type"]
            items = []
            for number, kind in enumerate(2 * choices(kinds[0]) if kinds else [None]):
                entry = value(item)
                if kind:
                    entry["type"], entry["mount_path"] = kind, f"/media/{number}"
                    # Once without an ACL, once with.
                    for options in ("host_path_config", "ix_volume_config"):
                        entry[options]["acl_enable"] = number >= len(choices(kinds[0]))
                for child in item.children:
                    if child.kind == "list":
                        entry[child.entry["variable"]] = choices(child.children[0])
                items.append(entry)
            put(values, question.name, items)
    values["network"]["web_port"]["host_ips"] = ["10.0.0.5"]
    return values
