#!/usr/bin/env bash
# Prints what CHANGELOG.md says of a version; fails when it says nothing or the program has another version.
# usage: Scripts/release-notes.sh VERSION
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=${1:?usage: release-notes.sh VERSION}
grep -q "current = \"$version\"" Sources/Settings/ProgramVersion.swift || {
  echo "Sources/Settings/ProgramVersion.swift does not say $version" >&2
  exit 1
}
notes=$(awk -v head="## [$version]" 'index($0, "## [") == 1 { inside = index($0, head) == 1; next } inside' CHANGELOG.md)
[[ -n ${notes//[[:space:]]/} ]] || {
  echo "CHANGELOG.md has no section for $version" >&2
  exit 1
}
printf '%s\n' "$notes"
