"""Damages truenas/ in every way that the checks are there for, and expects each to be found.

usage: damages.py
"""

import pathlib
import shutil
import sys
import tempfile

import check

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPOSE = "truenas/docker-compose.yaml"
APP = "truenas/community/langflix"
FORM, TEMPLATE = f"{APP}/questions.yaml", f"{APP}/templates/docker-compose.yaml"
ABOUT, CONSTANTS = f"{APP}/app.yaml", f"{APP}/ix_values.yaml"
VALUES = f"{APP}/templates/test_values/basic-values.yaml"

# (file, what is replaced, by what, part of what the checks then say)
DAMAGES = [
    (COMPOSE, "    init: true", "    initial: true", "('initial' was unexpected)"),
    (COMPOSE, "    read_only: true\n", "", "the root is not read-only"),
    (COMPOSE, "cap_drop: [ALL]", "cap_drop: [NET_RAW]", "capabilities are not dropped"),
    (COMPOSE, 'user: "568:568"', 'user: "root"', "no user"),
    (COMPOSE, ":0.2.0\n    user", ":latest\n    user", "is not 0.2.0"),
    (COMPOSE, "langflix, healthcheck]", "langflix, status]", "the health check is not the program's own"),
    (COMPOSE, "create_host_path: false", "create_host_path: true", "would be made by root"),
    (COMPOSE, "propagation: rslave", "propagation: rprivate", "child datasets"),
    (COMPOSE, "source: /mnt/tank/media/shows", "source: ./shows", "is not absolute"),
    (COMPOSE, "target: /media", "target: /data", "/data is refused"),
    (COMPOSE, "LANGFLIX_MEDIA: /media", "LANGFLIX_MEDIUM: /media", "no such setting: LANGFLIX_MEDIUM"),
    (COMPOSE, "TZ: Etc/UTC", "TZ: ${TZ}", "there is no .env"),
    (COMPOSE, "port: 30490", "port: 30491", "the Web UI button"),
    (COMPOSE, "stop_grace_period: 60s", "stop_grace_period: 10s", "grace period"),
    (COMPOSE, "uid=568,gid=568,", "", "is not the user's"),
    (ABOUT, "app_version: 0.2.0", "app_version: 0.9.0", "differ"),
    (ABOUT, "- media\nchangelog", "- media\n- productivity\nchangelog", "exactly one category"),
    (ABOUT, "train: community\n", "", "train is missing"),
    (ABOUT, "version: 1.0.0", "version: one", "version"),
    (ABOUT, "lib_version_hash: ''", "lib_version_hash: abc", "the hash left to the catalogue"),
    (CONSTANTS, "    tag: 0.2.0", "    tag: latest", "no pinned tag"),
    (CONSTANTS, "    tag: 1.0.2", "    tag: 1.0.3", "container_utils_image"),
    (CONSTANTS, "  web_port: 8080", "  port: 8080", "consts.web_port is read"),
    (FORM, "  - name: Network Configuration\n    description: Configure Network for Langflix\n", "", "is not in list"),
    (FORM, "        - variable: level\n", "        - variable: levels\n", "langflix.level is read, and nobody asks it"),
    (FORM, "        - variable: level\n", "        - variable: levels\n", "langflix.levels is asked, and nothing reads it"),
    (FORM, "            default: B1-B2", "            default: B3", "langflix.level: default"),
    (FORM, '            default: ""\n            private: true', '            default: ""', "a secret that is shown"),
    (FORM, 'show_if: [["backlog"', 'show_if: [["backlogs"', "which is not beside it"),
    (FORM, "            min: 568", "            min: 0", "568"),
    (FORM, "          description: The levels (CEFR) of the expressions that you want to meet.\n", "", "no description"),
    (FORM, "default: 30490", "default: 8080", "the port"),
    (FORM, "normalize/ix_volume", "normalize/ixVolume", "$ref normalize/ixVolume"),
    (FORM, "- value: langflix\n", "- value: app\n", "which is no container"),
    (TEMPLATE, "c1.set_read_only(true)", "c1.make_read_only()", "is not described"),
    (TEMPLATE, "c1.set_read_only(true)", "c1.set_read_only(false)", "the root is not read-only"),
    (TEMPLATE, "c1.set_init(true)", "c1.set_init(false)", "no init"),
    (TEMPLATE, "c1.set_grace_period(60)", "c1.set_grace_period(90)", "draws a warning"),
    (TEMPLATE, '"LANGFLIX_CLIP_LAYOUT"', '"LANGFLIX_LAYOUT"', "no such setting: LANGFLIX_LAYOUT"),
    (TEMPLATE, 'add_env("LANGFLIX_CLIP_LAYOUT"', 'add_env("TZ"', "set by the library already"),
    (TEMPLATE, 'add_env("LANGFLIX_CLIP_LAYOUT"', 'add_env("LANGFLIX_MEDIA"', "is set twice"),
    (TEMPLATE, "values.langflix.layout", "values.langflix.place", "langflix.place is read, and nobody asks it"),
    (TEMPLATE, '"mode": "0777"', '"mode": "1777"', "tmpfs mode"),
    (TEMPLATE, "values.consts.media_path, values", '"/mnt", values', "is refused"),
    (TEMPLATE, '["CMD", "langflix", "healthcheck"]', '"langflix healthcheck"', "must need no shell"),
    (TEMPLATE, "{{ tpl.render() | tojson }}", "{{ tpl.show() | tojson }}", "render.show is not described"),
    (VALUES, "  layout: beside\n", "", "langflix.layout"),
    (VALUES, "/opt/tests/mnt/langflix/media", "/mnt/tank/media", "paths"),
    (VALUES, "  user: 568", "  user: 1000", "568"),
]


def damaged(file, old, new):
    """What the checks say of a copy with one thing replaced."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        shutil.copytree(ROOT / "truenas", copy / "truenas")
        for name in ("Sources/Settings/ProgramVersion.swift", "docs/configuration.md"):
            (copy / name).parent.mkdir(parents=True)
            shutil.copy(ROOT / name, copy / name)
        text = (copy / file).read_text(encoding="utf-8")
        if old not in text:
            return [f"the damage does not fit: {old!r} is not in {file}"]
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
        try:
            return check.check(copy)
        except (KeyError, ValueError) as error:
            return [f"{type(error).__name__}: {error}"]


def main():
    # A finding that is always there would prove nothing.
    whole = check.check(ROOT)
    results = [("undamaged", not whole, whole)]
    for file, old, new, expected in DAMAGES:
        found = damaged(file, old, new)
        results.append((f"{file}: {old.strip()!r} → {new.strip()!r}", any(expected in text for text in found), found))
    for name, is_good, found in results:
        if not is_good:
            print(f"not as expected: {name}\n  found: {found[:5]}", file=sys.stderr)
    bad = sum(not is_good for _, is_good, _ in results)
    print(f"{len(results) - bad} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
