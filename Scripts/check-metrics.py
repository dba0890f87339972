#!/usr/bin/env python3
"""Checks that docs/metrics.md lists the metrics that a daemon has, and that the Grafana dashboard uses no others.

usage: check-metrics.py METRICS_TEXT   (a file, or - for standard input)
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAME = re.compile(r"\b(?:langflix|process)_[a-z_]+")
PARTS = ("_bucket", "_sum", "_count")


def base(name: str, known: set[str]) -> str:
    """The metric that a sample of a histogram belongs to."""
    for part in PARTS:
        if name.endswith(part) and name.removesuffix(part) in known:
            return name.removesuffix(part)
    return name


def main() -> int:
    text = sys.stdin.read() if sys.argv[1] == "-" else pathlib.Path(sys.argv[1]).read_text()
    served = {line.split()[2]: line.split()[3] for line in text.splitlines() if line.startswith("# TYPE ")}
    page = (ROOT / "docs/metrics.md").read_text()
    listed = dict(re.findall(r"^\| `([a-z_]+)` \| (gauge|counter|histogram) \|", page, re.M))
    problems = [f"docs/metrics.md lists {name} as {kind}, served is {served.get(name)}"
                for name, kind in listed.items() if served.get(name) != kind]
    problems += [f"docs/metrics.md does not list {name}" for name in served if name not in listed]
    for name, kind in served.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or (kind == "counter") != name.endswith("_total"):
            problems.append(f"{name} is no usual name for a {kind}")
    board = json.loads((ROOT / "docs/grafana-dashboard.json").read_text())
    expressions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    used = {base(name, set(served)) for text in expressions for name in NAME.findall(text)}
    problems += [f"docs/grafana-dashboard.json uses {name}, which is not served" for name in used - set(served)]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(served)} metrics, {len(used)} of them in the Grafana dashboard")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
