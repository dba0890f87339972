#!/usr/bin/env bash
# Tests with a sanitizer, in a build of its own: the rooms, the media worker in its process, and a daemon at work.
# usage: Scripts/sanitize.sh address|thread [PART…]     parts are rooms, media and daemon; all of them if none is named
#
# Left out are tests whose subject a sanitizer takes away (the limit of memory), those that would last for hours (media of
# all kinds, players, what is timed), and those of the test server, which is no part of the product.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sanitizer=${1:-}
[[ $sanitizer == address || $sanitizer == thread ]] || {
  echo "usage: $0 address|thread [rooms] [media] [daemon]" >&2
  exit 64
}
shift
parts=("$@")
((${#parts[@]})) || parts=(rooms media daemon)

flags=(--explicit-target-dependency-import-check error --sanitize "$sanitizer" --scratch-path ".build-$sanitizer")
swift build "${flags[@]}" --build-tests
folder=$(swift build "${flags[@]}" --show-bin-path)

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
lists=$PWD/Tests/Sanitizers
export LSAN_OPTIONS=suppressions=$lists/leaks.txt:print_suppressions=0
export TSAN_OPTIONS=suppressions=$lists/races.txt:print_suppressions=0:history_size=4
# The runtime's own handler of crashes is not made for sanitizers.
export SWIFT_BACKTRACE=enable=no
# Nobody reads what a worker or a daemon says of itself, so each writes down what it finds.
cat >"$reports/langflix" <<EOF
#!/bin/sh
export LSAN_OPTIONS=$LSAN_OPTIONS ASAN_OPTIONS=log_path=$reports/found
export TSAN_OPTIONS=$TSAN_OPTIONS:log_path=$reports/found SWIFT_BACKTRACE=enable=no
exec "$folder/langflix" "\$@"
EOF
chmod +x "$reports/langflix"

failed=()
run() { # PART ARGUMENTS…
  local part=$1
  shift
  [[ " ${parts[*]} " == *" $part "* ]] || return 0
  echo "sanitize: $sanitizer: $part"
  LANGFLIX_PROGRAM=$reports/langflix LANGFLIX_DAMAGED=20 \
    swift test "${flags[@]}" --skip-build --disable-xctest --parallel "$@" || failed+=("$part")
  if compgen -G "$reports/found*" >/dev/null; then
    cat "$reports"/found*
    rm -f "$reports"/found*
    failed+=("$part, in a process of its own")
  fi
}
run rooms --skip '^(EndToEnd|Media|ModelServer)Tests\.'
run media --filter '^MediaTests\.' --skip '(Matrix|Playback|RealFile|SampleFile)Tests/|/(memoryIsLimited|noNetworkNoKeysLimitsOfItsOwn|theTimeLimitKills)'
run daemon --filter '^EndToEndTests\.(Daemon|Dashboard|Move|Process|Provider|Reload|Upkeep)Tests/'

((${#failed[@]} == 0)) || {
  printf 'sanitize: %s: failed: %s\n' "$sanitizer" "${failed[*]}" >&2
  exit 1
}
echo "sanitize: $sanitizer: nothing was found"
