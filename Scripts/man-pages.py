#!/usr/bin/env python3
"""Writes langflix(1) and langflix.yaml(5) from what the program says of itself.

usage: man-pages.py PROGRAM OUT_FOLDER

The commands come from --experimental-dump-help, the keys from `config --keys`: the same sources as --help and
docs/configuration.md.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time


def ask(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def roff(text):
    """Plain text, such that troff takes nothing for a request or a dash."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return re.sub(r"(?m)^\.", r"\\&.", text)


def marked(text):
    """A cell of the tables: `code` is bold."""
    parts = text.split("`")
    return "".join(
        f"\\fB{roff(part)}\\fR" if index % 2 else roff(part) for index, part in enumerate(parts))


def heading(name, section, version):
    # The date of the sources, where a builder gives one, for the same pages from the same sources.
    day = time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))
    return [f'.TH "{name}" "{section}" "{day}" "langflix {version}" ""']


def flags(argument):
    names = [("--" if n["kind"].startswith("long") else "-") + n["name"] for n in argument.get("names", [])]
    text = ", ".join(f"\\fB{roff(name)}\\fR" for name in names)
    if argument["kind"] == "option":
        text += f" \\fI{roff(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        text = f"\\fI{roff(argument['valueName'])}\\fR"
    return text


def usage(path, arguments):
    parts = [f"\\fB{roff(' '.join(path))}\\fR"]
    for argument in arguments:
        text = flags(argument).split(", ")[0]
        if argument.get("isRepeating"):
            text += " ..."
        parts.append(f"[{text}]" if argument.get("isOptional") else text)
    return " ".join(parts)


def commands(command, path):
    """Every command that does something itself, with its path."""
    path = [*path, command["commandName"]]
    below = [c for c in command.get("subcommands", []) if c.get("shouldDisplay", True) and c["commandName"] != "help"]
    if not below:
        yield path, command
    for child in below:
        yield from commands(child, path)


def own(command):
    hidden = {"help", "version"}
    return [
        a for a in command.get("arguments", [])
        if a.get("shouldDisplay", True) and a.get("valueName") not in hidden]


def section_1(program, version):
    root = json.loads(ask(program, "--experimental-dump-help"))["command"]
    lines = heading("LANGFLIX", "1", version)
    lines += [".SH NAME", f"langflix \\- {roff(root['abstract'][0].lower() + root['abstract'][1:].rstrip('.'))}"]
    lines += [".SH SYNOPSIS", ".B langflix", ".I command", "[options]", ".SH COMMANDS"]
    common = None
    for path, command in commands(root, []):
        arguments = own(command)
        shared = [a for a in arguments if a["valueName"] in ("config", "state-folder", "log-level")]
        common = common or shared
        arguments = [a for a in arguments if a not in shared]
        lines += [".SS " + f'"{roff(" ".join(path[1:]))}"', usage(path, arguments), ".PP", roff(command.get("abstract", ""))]
        if command.get("discussion"):
            lines += [".PP", roff(command["discussion"])]
        for argument in arguments:
            lines += [".TP", flags(argument), roff(argument.get("abstract", ""))]
    lines += [".SH OPTIONS OF EVERY COMMAND"]
    for argument in common or []:
        lines += [".TP", flags(argument), roff(argument.get("abstract", ""))]
    lines += [".SH EXIT STATUS"]
    codes = root["discussion"].removeprefix("Exit codes: ").rstrip(".")
    for code in codes.split("; "):
        number, meaning = code.split(" ", 1)
        lines += [".TP", f"\\fB{number}\\fR", roff(meaning)]
    lines += [
        ".SH FILES",
        ".TP", ".I /etc/langflix/langflix.yaml", "The configuration; see langflix.yaml(5).",
        ".TP", ".I /var/lib/langflix", "The store of the service.",
        ".TP", ".I /run/langflix", "Where the service answers these commands.",
        ".TP", ".I /etc/systemd/system/langflix.service.d/media.conf",
        "The folders that the service may write to; there is an example in",
        ".IR /usr/share/doc/langflix/examples .",
        ".SH SEE ALSO", ".BR langflix.yaml (5),", ".BR systemctl (1),", ".BR journalctl (1)", ".PP",
        "Status, logs, reload, keys, backup and upgrade:", ".IR /usr/share/doc/langflix/OPERATIONS.md .",
    ]
    return "\n".join(lines) + "\n"


def tables(markdown):
    """(title, header, rows) of each table."""
    title, rows = "", []
    for line in [*markdown.splitlines(), "### "]:
        if line.startswith("### "):
            if rows:
                yield title, rows[0], rows[2:]
            title, rows = line[4:], []
        elif line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])


def section_5(program, version):
    lines = heading("LANGFLIX.YAML", "5", version)
    lines += [
        ".SH NAME", "langflix.yaml \\- configuration of langflix", ".SH DESCRIPTION",
        "YAML with the keys below. A dot in a key stands for a section: \\fBlog.level\\fR is \\fBlevel\\fR below",
        "\\fBlog\\fR. Options win over variables, variables over the file, the file over defaults.",
        "\\fBlangflix config\\fR prints what is in force and where each value comes from;",
        "\\fBlangflix reload\\fR has the daemon read it anew. An example with every key is",
        ".IR /usr/share/doc/langflix/langflix.example.yaml .",
    ]
    for title, header, rows in tables(ask(program, "config", "--keys")):
        lines += [".SH " + f'"{roff(title.replace("`", "")).upper()}"']
        for row in rows:
            cells = dict(zip(header, row))
            key = cells.pop("Key")
            lines += [".TP", marked(key)]
            help_text = cells.pop("What it decides", "")
            facts = [f"{name.replace('`', '')}: {cells[name]}" for name in cells if cells[name]]
            if help_text:
                lines += [marked(help_text)]
            if facts:
                lines += [".br"] if help_text else []
                lines += [marked("; ".join(facts)) + "."]
    lines += [".SH SEE ALSO", ".BR langflix (1)"]
    return "\n".join(lines) + "\n"


def main():
    program, out = sys.argv[1], pathlib.Path(sys.argv[2])
    version = ask(program, "--version").split()[-1]
    out.mkdir(parents=True, exist_ok=True)
    (out / "langflix.1").write_text(section_1(program, version), encoding="utf-8")
    (out / "langflix.yaml.5").write_text(section_5(program, version), encoding="utf-8")


main()
