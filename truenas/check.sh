#!/usr/bin/env bash
# Checks the compose file and the catalogue form in this folder, and the checks themselves by damaging a copy.
# usage: truenas/check.sh PYTHON    with Tests/TrueNAS/requirements.txt installed for it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=${1:?usage: truenas/check.sh PYTHON}
"$python" -B Tests/TrueNAS/check.py
echo "truenas: the compose file and the form are in order"
"$python" -B Tests/TrueNAS/damages.py
