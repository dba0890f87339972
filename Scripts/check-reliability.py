#!/usr/bin/env python3
"""Fails when docs/reliability.md, SECURITY.md or docs/DEPLOYMENT_TRUENAS.md names a test or a target of make that does not
exist, or a fault or a threat without either.

usage: Scripts/check-reliability.py
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reliability.md"


def tests():
    """Every test as Suite.name, by the suite that it stands in."""
    found = set()
    for file in (ROOT / "Tests").rglob("*.swift"):
        suite = None
        for line in file.read_text().splitlines():
            if match := re.match(r"(?:@Suite.*\)? )?(?:final )?(?:struct|class|extension) (\w+)", line):
                suite = match[1]
            elif match := re.search(r"^\) struct (\w+)|^@Suite.* struct (\w+)|^struct (\w+)", line):
                suite = next(name for name in match.groups() if name)
            if (match := re.search(r"\bfunc (\w+)\(", line)) and suite:
                found.add(f"{suite}.{match[1]}")
    return found


def threats(targets):
    """What SECURITY.md and the page for TrueNAS say that shows an answer: a suite, a folder of suites, a file or a target."""
    names = {path.stem for path in (ROOT / "Tests").rglob("*") if path.is_dir() or path.suffix == ".swift"}
    for page in (ROOT / "SECURITY.md", ROOT / "docs/DEPLOYMENT_TRUENAS.md"):
        seen, is_threat = 0, False
        for number, line in enumerate(page.read_text().splitlines(), 1):
            if line.startswith("## "):
                is_threat = line == "## What answers each"
            where = f"{page.name}:{number}"
            named = [name for name in re.findall(r"`([\w/.]+)`", line) if "Tests" in name]
            seen += len(named)
            for name in named:
                path = ROOT / "Tests" / name.removeprefix("Tests/")
                if not (path.exists() or path.with_name(path.name + ".swift").exists() or name in names):
                    yield f"{where}: there is no test {name}"
            for target in re.findall(r"`make ([a-z-]+)", line):
                if target not in targets:
                    yield f"{where}: there is no target {target}"
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            if is_threat and len(cells) == 3 and cells[0] not in ("---", "threat") and not named and "`make " not in line:
                yield f"{where}: nothing shows this"
        if seen < 8:
            yield f"{page.name}: only {seen} tests are named; has its form changed?"


def main():
    known = tests()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    problems, count = [], 0
    for number, line in enumerate(PAGE.read_text().splitlines(), 1):
        for target in re.findall(r"`make ([a-z-]+)", line):
            if target not in targets:
                problems.append(f"{PAGE.name}:{number}: there is no target {target}")
        if not line.startswith("| ") or line.startswith(("| ---", "| fault")):
            continue
        shown = line.rstrip(" |").rsplit("|", 1)[-1]
        names = re.findall(r"`(\w+\.\w+)`", shown)
        count += len(names)
        problems += [f"{PAGE.name}:{number}: there is no test {name}" for name in names if name not in known]
        if line.count("|") == 4 and not names and "`make " not in shown:
            problems.append(f"{PAGE.name}:{number}: nothing shows this")
    if count < 20:
        problems.append(f"{PAGE.name}: only {count} tests are named; has its form changed?")
    problems += threats(targets)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
