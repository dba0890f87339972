"""Checks truenas/: the compose file that people paste, and the app in the catalogue's form.

usage: check.py [FOLDER]     the folder is the repository, or a copy of what is checked
"""

import functools
import importlib.resources
import json
import pathlib
import re
import sys

import jsonschema
import yaml

import form
import library
import render

GROUPS = ["Langflix", "User and Group", "Network", "Storage", "Labels", "Resources"]
REFS = {"definitions/timezone", "definitions/node_bind_ip", "normalize/ix_volume", "normalize/acl"}
TYPES = {"string", "int", "boolean", "dict", "list", "hostpath", "path"}
DASHBOARD = {f"LANGFLIX_DASHBOARD_{name}" for name in ("LISTEN", "HOSTS", "TOKEN", "TOKEN_FILE")}
SECRET_VARIABLES = {"LANGFLIX_NOTIFY_URL", "LANGFLIX_JELLYFIN_API_KEY", "LANGFLIX_PLEX_TOKEN"}
SECRETS = ("key", "token", "password")


@functools.cache
def validator():
    """Of the compose specification's own schema, as check-jsonschema carries it."""
    package = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(package.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


class Findings(list):
    def expect(self, condition, text):
        if not condition:
            self.append(text)


class Project:
    """What is checked, and what it has to agree with."""

    def __init__(self, root):
        self.app = root / "truenas/community/langflix"
        self.compose = (root / "truenas/docker-compose.yaml").read_text(encoding="utf-8")
        self.questions = (self.app / "questions.yaml").read_text(encoding="utf-8")
        self.template = (self.app / "templates/docker-compose.yaml").read_text(encoding="utf-8")
        self.constants_text = (self.app / "ix_values.yaml").read_text(encoding="utf-8")
        self.constants = yaml.safe_load(self.constants_text)
        self.about = yaml.safe_load((self.app / "app.yaml").read_text(encoding="utf-8"))
        version = (root / "Sources/Settings/ProgramVersion.swift").read_text(encoding="utf-8")
        self.version = re.search(r'current = "([^"]+)"', version).group(1)
        reference = (root / "docs/configuration.md").read_text(encoding="utf-8")
        self.variables = set(re.findall(r"`(LANGFLIX_[A-Z_]+)`", reference))
        self.provider_keys = {f"_{name.upper()}" for name in re.findall(r"(?m)^\| `([a-z_]+)` \|", reference)}

    def is_variable(self, name):
        """Whether the program reads an environment variable of this name."""
        if name.startswith("LANGFLIX_PROVIDERS_"):
            return name.endswith(tuple(self.provider_keys | {"_API_KEY"}))
        # A secret stands in no table; it may come from a file.
        return name in self.variables or name in DASHBOARD | SECRET_VARIABLES


def check(root):
    project = Project(root)
    findings = Findings()
    check_compose(project, findings)
    check_about(project, findings)
    check_form(project, findings)
    check_renderings(project, findings)
    return findings


def check_schema(document, where, findings):
    for error in validator().iter_errors(document):
        findings.append(f"{where}: {'.'.join(map(str, error.absolute_path))}: {error.message}")


def check_service(project, service, where, findings):
    """What holds for our container, whoever wrote its compose file."""
    findings.expect(service.get("read_only") is True, f"{where}: the root is not read-only")
    findings.expect(service.get("init") is True, f"{where}: no init")
    findings.expect(service.get("cap_drop") == ["ALL"], f"{where}: capabilities are not dropped")
    findings.expect(service.get("security_opt") == ["no-new-privileges=true"], f"{where}: new privileges")
    findings.expect(re.fullmatch(r"\d+:\d+", service.get("user", "")), f"{where}: no user")
    findings.expect(service.get("healthcheck", {}).get("test") == ["CMD", "langflix", "healthcheck"],
                    f"{where}: the health check is not the program's own")
    findings.expect(service.get("stop_grace_period") == "60s", f"{where}: the grace period is not 60 s")
    image = service.get("image", "")
    findings.expect(image.endswith(f":{project.version}"), f"{where}: the image {image} is not {project.version}")
    for name in service.get("environment", {}):
        if name.startswith("LANGFLIX_"):
            findings.expect(project.is_variable(name), f"{where}: no such setting: {name}")
    targets = [volume["target"] for volume in service.get("volumes", [])]
    findings.expect({"/config", "/media"} <= set(targets), f"{where}: /config or /media is not mounted")
    for target in targets:
        findings.expect(target not in library.REFUSED_TARGETS, f"{where}: {target} is refused as a mount")
    limits = service.get("deploy", {}).get("resources", {}).get("limits", {})
    findings.expect({"cpus", "memory"} <= set(limits), f"{where}: no limits")


def check_compose(project, findings):
    where = "truenas/docker-compose.yaml"
    document = yaml.safe_load(project.compose)
    check_schema(document, where, findings)
    service = document.get("services", {}).get("langflix", {})
    check_service(project, service, where, findings)
    findings.expect(not re.search(r"(?<!\$)\$(?!\$)", project.compose), f"{where}: a variable; there is no .env")
    for volume in service.get("volumes", []):
        findings.expect(volume["source"].startswith("/"), f"{where}: {volume['source']} is not absolute")
        findings.expect(volume.get("bind", {}).get("create_host_path") is False,
                        f"{where}: {volume['source']} would be made by root")
    shared = {volume["target"]: volume.get("bind", {}).get("propagation") for volume in service.get("volumes", [])}
    findings.expect(shared.get("/media") == "rslave", f"{where}: child datasets mounted later are not seen")
    listen = service.get("environment", {}).get("LANGFLIX_DASHBOARD_LISTEN", "")
    published = [port["published"] for port in service.get("ports", []) if listen.endswith(f":{port['target']}")]
    portals = [str(portal["port"]) for portal in document.get("x-portals", [])]
    findings.expect(published and portals == [str(port) for port in published],
                    f"{where}: the Web UI button leads to {portals}, the dashboard is at {published}")
    findings.expect(document.get("x-notes"), f"{where}: no notes")
    for text in service.get("tmpfs", []):
        findings.expect("uid=568" in text and "gid=568" in text, f"{where}: {text} is not the user's")


def check_about(project, findings):
    about, where = project.about, "app.yaml"
    wanted = {"annotations", "app_version", "capabilities", "categories", "changelog_url", "date_added", "description",
              "home", "host_mounts", "icon", "keywords", "lib_version", "lib_version_hash", "maintainers", "name",
              "run_as_context", "screenshots", "sources", "title", "train", "version"}
    for name in sorted(wanted ^ set(about)):
        findings.append(f"{where}: {name} is {'missing' if name in wanted else 'not known'}")
    findings.expect(list(about) == sorted(about), f"{where}: the keys are not in order")
    findings.expect(about.get("name") == project.app.name, f"{where}: the name is not the folder's")
    findings.expect(about.get("train") == "community", f"{where}: train")
    findings.expect(about.get("categories") == ["media"], f"{where}: exactly one category")
    findings.expect(re.fullmatch(r"\d+\.\d+\.\d+", str(about.get("version"))), f"{where}: version")
    findings.expect(about.get("lib_version") == "2.3.11" and about.get("lib_version_hash") == "",
                    f"{where}: the library's version, with the hash left to the catalogue")
    findings.expect(str(about.get("icon")).startswith("https://media.sys.truenas.net/apps/langflix/"), f"{where}: icon")
    images = project.constants["images"]
    findings.expect(str(about.get("app_version")) == images["image"]["tag"] == project.version,
                    f"{where}: app_version, the image's tag and the program's version differ")
    utilities = images["container_utils_image"]
    findings.expect(f"{utilities['repository']}:{utilities['tag']}" == "ixsystems/container-utils:1.0.2",
                    "ix_values.yaml: container_utils_image")
    findings.expect(re.search(r"(?m)^  image:\n    repository: \S+\n    tag: \S+$", project.constants_text),
                    "ix_values.yaml: the main image needs its repository and tag lines")
    generated = [name for name in ("item.yaml", "templates/library", "templates/rendered")
                 if (project.app / name).exists()]
    findings.expect(not generated, f"the catalogue makes {generated} itself")


def check_form(project, findings):
    where = "questions.yaml"
    asked = form.Form(project.questions)
    groups = [group["name"] for group in asked.document["groups"]]
    findings.expect(groups == [f"{name} Configuration" for name in GROUPS], f"{where}: groups {groups}")
    order = [groups.index(question.entry["group"]) for question in asked.questions]
    findings.expect(order == sorted(order), f"{where}: the questions are not in the order of their groups")
    for question in asked.all():
        name, entry, kind = question.name, question.entry, question.kind
        is_item = name.endswith("[]")
        findings.expect(kind in TYPES, f"{where}: {name}: type {kind}")
        findings.expect(re.fullmatch(r"[a-z][a-z0-9_]*|TZ|storageEntry", entry["variable"]), f"{where}: {name}: name")
        findings.expect("label" in entry, f"{where}: {name}: no label")
        plain = {"resources.limits", "network.web_port.port_number", "network.web_port"}
        if kind != "dict" and not is_item and "[]" not in name:
            known = name in plain or name in ("labels", "network.web_port.bind_mode")
            findings.expect(known or entry.get("description"), f"{where}: {name}: no description")
        if "enum" in question.schema and "default" in question.schema:
            findings.expect(question.schema["default"] in form.choices(question), f"{where}: {name}: default")
        for ref in question.schema.get("$ref", []):
            findings.expect(ref in REFS, f"{where}: {name}: $ref {ref}")
        if any(word in entry["variable"] for word in SECRETS) and kind == "string" and name != "labels[].key":
            findings.expect(question.schema.get("private") is True, f"{where}: {name}: a secret that is shown")
        names = {sibling["variable"] for sibling in question.siblings}
        for condition in question.schema.get("show_if", []):
            findings.expect(condition[0] in names, f"{where}: {name}: shown by {condition[0]}, which is not beside it")
    by_name = {question.name: question.schema for question in asked.all()}
    for name in ("run_as.user", "run_as.group"):
        findings.expect(by_name[name].get("min") == by_name[name].get("default") == 568, f"{where}: {name}: 568")
    findings.expect(by_name["network.web_port.port_number"].get("default") == 30490, f"{where}: the port")
    findings.expect(by_name["resources.limits.memory"].get("default") == 4096, f"{where}: memory")


def check_renderings(project, findings):
    asked = form.Form(project.questions)
    constants = project.constants
    known = {question.name for question in asked.all()} | {"images", "consts"}
    for name in sorted(render.read_names(project.template)):
        root, _, rest = name.partition(".")
        is_constant = root in ("consts", "images") and (not rest or rest.split(".")[0] in constants[root])
        findings.expect(name in known or is_constant, f"template: {name} is read, and nobody asks it")
    used = set()
    for what, values in asked.answers():
        used |= rendering(project, values, what, findings)
    for leaf in asked.leaves():
        findings.expect(any(name == leaf.name or name.startswith(f"{leaf.name}.") for name in used),
                        f"questions.yaml: {leaf.name} is asked, and nothing reads it")
    files = sorted((project.app / "templates/test_values").glob("*.yaml"))
    findings.expect([file.name for file in files] == ["basic-values.yaml", "hostpath-values.yaml"], "test values")
    for file in files:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        findings.expect(values.get("run_as") == {"user": 568, "group": 568}, f"{file.name}: 568")
        paths = re.findall(r"(?m)^ +\w+: (/opt\S+|/mnt\S+)", file.read_text(encoding="utf-8"))
        findings.expect(all(path.startswith("/opt/tests/mnt/") for path in paths), f"{file.name}: paths")
        for name in sorted(set(values["langflix"]) ^ set(asked.defaults()["langflix"])):
            findings.append(f"{file.name}: langflix.{name} is asked or given alone")
        rendering(project, values, file.name, findings)


def rendering(project, values, what, findings):
    """Renders one set of answers and judges the outcome; returns what was read of them."""
    where = f"template with {what}"
    volumes = {name: f"/mnt/.ix-apps/app_mounts/langflix/{name}" for name in ("config", "media", "storage_entry")}
    try:
        document, seen = render.render(project.template, {"ix_volumes": volumes} | values | project.constants)
    except library.RenderError as error:
        findings.append(f"{where}: {error}")
        return set()
    check_schema(document, where, findings)
    check_service(project, document["services"]["langflix"], where, findings)
    for container in values["labels"]:
        findings.expect(set(container["containers"]) <= set(document["services"]), f"{where}: labels")
    for name, service in document["services"].items():
        if name != "langflix":
            sources = [volume["source"] for volume in service["volumes"]]
            own = [source for source in sources if source not in values.get("ix_volumes", volumes).values()]
            findings.expect(not own, f"{where}: the permissions container would change {own}")
    return seen


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    found = check(root if len(sys.argv) > 1 else root.parents[2])
    for text in found:
        print(f"truenas: {text}", file=sys.stderr)
    sys.exit(1 if found else 0)
