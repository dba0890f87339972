#!/usr/bin/env bash
# Looks for secrets in what is committed, and compares with .secrets.baseline, whose findings were looked at.
# Lines may move: a finding is its file, its kind and its hash.
# usage: Scripts/check-secrets.sh [--accept]    with detect-secrets in $SECRETS/bin (default .venv-secrets)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scan() {
  git ls-files -z | grep -zvE '^(\.secrets\.baseline|Tests/.*/Golden/)' |
    xargs -0 "${SECRETS:-.venv-secrets}/bin/detect-secrets" scan --slim
}

if [[ ${1:-} == --accept ]]; then
  scan >.secrets.baseline
  exit 0
fi
found=$(mktemp)
trap 'rm -f "$found"' EXIT
scan >"$found"
python3 - .secrets.baseline "$found" <<'COMPARE'
import json, sys

def findings(file):
    with open(file, encoding="utf-8") as text:
        results = json.load(text)["results"]
    return {(name, item["type"], item["hashed_secret"]) for name, items in results.items() for item in items}

new = sorted(findings(sys.argv[2]) - findings(sys.argv[1]))
for name, kind, _ in new:
    print(f"{name}: error: looks like a secret ({kind}); if it is none, Scripts/check-secrets.sh --accept",
          file=sys.stderr)
sys.exit(1 if new else 0)
COMPARE
