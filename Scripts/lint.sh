#!/usr/bin/env bash
# All checks that need no build. Runs every one of them, then fails if any failed.
# usage: Scripts/lint.sh SWIFT LINTERS_FOLDER SECRETS_VENV
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

swift=$1
linters=$2
secrets=$3
broken=()

check() { # NAME COMMAND…
  local name=$1
  shift
  echo "lint: $name"
  "$@" || broken+=("$name")
}

# systemd-analyze only warns of an unknown key or a bad value, so anything that it prints is a failure.
verify_unit() {
  local said
  said=$(systemd-analyze verify "$unit" 2>&1) || said+=" (it failed)"
  [[ -z $said ]] || {
    echo "$said" >&2
    return 1
  }
}

# The threshold is ten times the exposure.
unit_exposure() {
  systemd-analyze security --offline=yes --no-pager --threshold=15 "$unit" >"$unit.exposure" || {
    grep -e '✗' -e 'Overall' "$unit.exposure" >&2
    return 1
  }
  grep 'Overall' "$unit.exposure"
}

# Each explains its lines; a catalogue that can't be read is found here, not at an operator's.
catalogue() {
  local folder
  folder=$(mktemp -d)
  install -D -m 644 systemd/langflix.catalog "$folder/usr/lib/systemd/catalog/langflix.catalog"
  journalctl --update-catalog --root="$folder" &&
    (($(journalctl --list-catalog --root="$folder" | wc -l) == $(grep -c '^-- ' systemd/langflix.catalog)))
}

check "Swift format" "$swift" format lint --strict --parallel --recursive Sources Tests Benchmarks Fuzz \
  Package.swift
check "layers" Scripts/check-layers.sh
check "layers, the check itself" Scripts/check-layers.sh --self-test
check "tree" Scripts/check-tree.sh
check "tests that documents name" Scripts/check-reliability.py
mapfile -t scripts < <(git ls-files '*.sh')
check "shell scripts" "$linters/shellcheck" "${scripts[@]}" packaging/debian/{postinst,prerm,postrm} .ci/run
check "YAML" "$linters/yamllint" --strict .yamllint.yaml .github truenas
check "Dockerfile" "$linters/hadolint" Dockerfile
check "workflows" "$linters/actionlint" -shellcheck "$linters/shellcheck" -pyflakes '' .github/workflows/*.yml
check "workflows, security" "$linters/zizmor" --offline --no-progress --quiet .github
# It looks up nothing: what it judges lies here.
check "Dockerfile and workflows, habits" "$linters/checkov" --directory . --framework dockerfile github_actions \
  --compact --quiet --skip-download --skip-path '\.build' --skip-path '\.venv'
check "secrets" env SECRETS="$secrets" Scripts/check-secrets.sh
if command -v systemd-analyze >/dev/null; then
  unit=$(mktemp -d)/langflix.service
  # Where langflix is built it is not installed: programs and manual pages have to exist.
  sed -E 's#^(Exec[A-Za-z]+)=/usr/bin/langflix.*#\1=/bin/true#; /^Documentation=/d' systemd/langflix.service >"$unit"
  check "systemd unit" verify_unit
  check "systemd unit, exposure" unit_exposure
  check "systemd catalogue" catalogue
else
  echo "lint: systemd unit skipped: there is no systemd-analyze here"
fi

if ((${#broken[@]} > 0)); then
  echo "lint failed: ${broken[*]}" >&2
  exit 1
fi
echo "lint: all is well"
