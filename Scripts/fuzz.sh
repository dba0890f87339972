#!/usr/bin/env bash
# Feeds the parsers with random bytes, under AddressSanitizer.
# usage: Scripts/fuzz.sh SECONDS [TARGET…]     for each target
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:?usage: $0 SECONDS [TARGET…]}
shift
[[ $seconds =~ ^[1-9][0-9]*$ ]] || {
  echo "$0: '$seconds' is no number of seconds" >&2
  exit 64
}
targets=("$@")
((${#targets[@]})) ||
  targets=(subrip webvtt ass sami microdvd parser charset language embedded names)
build=.build/fuzz
zoo=${LANGFLIX_DATA:-../shared/data}/zoo
mkdir -p "$build/findings"

program=$build/fuzz
if [[ ! -x $program || -n $(find Sources/Subtitles Sources/CICU Fuzz -newer "$program" -name '*.*' -print -quit) ]]; then
  echo "building the fuzz targets"
  # shellcheck disable=SC2046 # no file of ours has a blank in its name
  "${SWIFTC:-swiftc}" -sanitize=fuzzer,address -parse-as-library -O -wmo -swift-version 6 \
    -package-name langflix -module-name Subtitles \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
    -I Sources/CICU -o "$program" Fuzz/FuzzTarget.swift $(find Sources/Subtitles -name '*.swift')
fi

findings=0
runs=0
for target in "${targets[@]}"; do
  corpus=$build/corpus/$target
  mkdir -p "$corpus"
  seeds=(Fuzz/Seeds)
  [[ -d $zoo ]] && seeds+=("$zoo")
  log=$build/$target.log
  status=0
  # Leaks are the operating system's to find: the runtime keeps its metadata.
  # The runtime's own crash handler is not made for AddressSanitizer.
  LANGFLIX_FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$program" "$corpus" "${seeds[@]}" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
    -dict=Fuzz/dictionary.txt -artifact_prefix="$build/findings/$target-" -print_final_stats=1 \
    >"$log" 2>&1 || status=$?
  count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  runs=$((runs + ${count:-0}))
  printf '%-9s %9s runs' "$target" "${count:-?}"
  if ((status)); then
    findings=$((findings + 1))
    file=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
    printf '  FOUND: %s\n' "$(grep -m1 -E 'Fatal error|ERROR:|Precondition|SUMMARY' "$log")"
    echo "  again: LANGFLIX_FUZZ_TARGET=$target $program ${file:-(see $log)}"
  else
    printf '\n'
  fi
done
echo "fuzz: ${#targets[@]} targets, $runs runs, $findings findings"
((findings == 0))
