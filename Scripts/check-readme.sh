#!/usr/bin/env bash
# Runs the commands of the READMEs' sh blocks as they stand there, in a private copy of this machine's file system: what
# they install is gone afterwards. What builds or shows the demo is CI's own step and only looked for there.
# usage: Scripts/check-readme.sh README…    as root; the program is built already
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ((EUID != 0)); then
  echo "skipped: only root can make a private copy of the file system"
  exit 0
fi
if [[ -z ${LANGFLIX_README_INSIDE:-} ]]; then
  export LANGFLIX_README_INSIDE=1
  exec unshare --mount --propagation private "$0" "$@"
fi

layers=$(mktemp -d)
mount -t tmpfs none "$layers"
for folder in /usr/local /srv; do
  mkdir -p "$layers$folder/upper" "$layers$folder/work"
  mount -t overlay none -o "lowerdir=$folder,upperdir=$layers$folder/upper,workdir=$layers$folder/work" "$folder"
done
# Nothing that this machine has set or done counts.
while IFS= read -r name; do unset "$name"; done < <(compgen -e LANGFLIX_ | grep -v _INSIDE || true)
unset RUNTIME_DIRECTORY STATE_DIRECTORY XDG_STATE_HOME XDG_CONFIG_HOME
export HOME="$layers/home" SWIFT="${SWIFT:-swift}" PATH=/usr/local/bin:$PATH
mkdir -p "$HOME" /srv/series
Scripts/make-episode.sh /srv/series Pilot >/dev/null

passed=0 failed=0
serving=
trap '[[ -z $serving ]] || kill "$serving" 2>/dev/null || true' EXIT

wait_for() { # WHAT COMMAND…
  local what=$1
  shift
  for _ in $(seq 600); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "$what never came" >&2
  return 1
}

run() { # LINE
  case $1 in
    'make demo'*)
      # CI's own step; MEDIA is the same script.
      grep -q '^step "demo" make demo$' .ci/run
      ;;
    'langflix serve'*)
      bash -c "exec $1" >"$layers/log" 2>&1 &
      serving=$!
      # What lay there is backlog, and taken.
      wait_for "a healthy daemon" langflix healthcheck
      wait_for "the episode's clips" compgen -G '/srv/series/Shorts/langflix/*/expressions.json'
      ;;
    export*) eval "$1" ;;
    make*) bash -c "$1" ;;
    *) (cd /srv/series && bash -c "$1") ;;
  esac
}

for readme in "$@"; do
  # Each page begins anew.
  [[ -z $serving ]] || kill "$serving"
  [[ -z $serving ]] || wait "$serving" || true
  serving=
  while IFS= read -r line; do
    [[ -n $line ]] || continue
    if run "$line" >"$layers/out" 2>&1; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      printf '%s: this does not work: %s\n' "$readme" "$line" >&2
      tail -n 20 "$layers/out" >&2
    fi
  done < <(awk '/^```/ { inside = $0 == "```sh"; next } inside' "$readme")
done
echo "$passed passed, $failed failed"
((failed == 0))
