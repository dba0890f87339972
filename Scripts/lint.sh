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
  if ! command -v systemd-analyze >/dev/null; then
    echo "  skipped: there is no systemd-analyze here"
    return
  fi
  local copy said
  copy=$(mktemp -d)
  # Where langflix is built it is not installed: the program's path has to exist.
  sed "s|^ExecStart=/usr/bin/langflix|ExecStart=/bin/true|" systemd/langflix.service \
    >"$copy/langflix.service"
  said=$(systemd-analyze verify "$copy/langflix.service" 2>&1) || said+=" (it failed)"
  rm -rf "$copy"
  [[ -z $said ]] || {
    echo "$said" >&2
    return 1
  }
}

check "Swift format" "$swift" format lint --strict --parallel --recursive Sources Tests Benchmarks Fuzz \
  Package.swift
check "layers" Scripts/check-layers.sh
check "layers, the check itself" Scripts/check-layers.sh --self-test
check "tree" Scripts/check-tree.sh
mapfile -t scripts < <(git ls-files '*.sh')
check "shell scripts" "$linters/shellcheck" "${scripts[@]}" .ci/run
check "YAML" "$linters/yamllint" --strict .yamllint.yaml .github truenas
check "Dockerfile" "$linters/hadolint" Dockerfile
check "workflows" "$linters/actionlint" -shellcheck "$linters/shellcheck" -pyflakes '' .github/workflows/*.yml
check "workflows, security" "$linters/zizmor" --offline --no-progress --quiet .github
# It looks up nothing: what it judges lies here.
check "Dockerfile and workflows, habits" "$linters/checkov" --directory . --framework dockerfile github_actions \
  --compact --quiet --skip-download --skip-path '\.build' --skip-path '\.venv'
check "secrets" env SECRETS="$secrets" Scripts/check-secrets.sh
check "systemd unit" verify_unit

if ((${#broken[@]} > 0)); then
  echo "lint failed: ${broken[*]}" >&2
  exit 1
fi
echo "lint: all is well"
