#!/usr/bin/env bash
# Tests the rooms with a sanitizer in a build of its own; the program's own tests start it without one, so they stay out.
# usage: Scripts/sanitize.sh address|thread
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sanitizer=${1:?usage: sanitize.sh address|thread}
flags=(--explicit-target-dependency-import-check error --sanitize "$sanitizer" --scratch-path ".build-$sanitizer")
# The worker limits its address space, which a sanitizer needs terabytes of.
swift build "${flags[@]}" --build-tests
swift test "${flags[@]}" --skip-build --disable-xctest --parallel --skip '^(EndToEnd|Media|ModelServer)Tests\.'
