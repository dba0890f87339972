#!/usr/bin/env bash
# Which lines the rooms' own tests reach: one run, for each one begins its count anew.
# usage: Scripts/coverage.sh FILE    the report is written there; the total is printed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

report=${1:?usage: coverage.sh FILE}
flags=(--explicit-target-dependency-import-check error --enable-code-coverage --scratch-path .build-coverage)
swift build "${flags[@]}" --build-tests
swift test "${flags[@]}" --skip-build --disable-xctest --parallel --skip '^EndToEndTests\.'
folder=$(swift build "${flags[@]}" --show-bin-path)
# The toolchain's own: another's may not read this profile. The bundle of tests holds every room.
"$(dirname "$(readlink -f "$(command -v swift)")")/llvm-cov" report "$folder"/*PackageTests.xctest --instr-profile "$folder/codecov/default.profdata" \
  --ignore-filename-regex '(\.build|/Tests/|/Benchmarks/)' >"$report"
tail -n 1 "$report"
