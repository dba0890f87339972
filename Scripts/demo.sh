#!/usr/bin/env bash
# Shows langflix at work: starts the daemon, drops an episode into its library, waits for the clips, checks them.
# usage: Scripts/demo.sh            with the generated episode, in demo-library/
#        Scripts/demo.sh FOLDER     with the videos of your own folder (the newest three)
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$PWD/.build/release/langflix
work=$PWD/build/demo
log=$work/daemon.log
limit_s=300
stop_limit_s=60
least_clips=5
least_shared=2

if [[ ! -x $program ]]; then
  echo "$program is not there: run 'make build'" >&2
  exit 69
fi
mkdir -p "$work"
if (($# > 0)); then
  library=$(realpath -e -- "$1")
  # One state for each folder: a second demo goes on where the first was.
  state=$work/state-$(printf '%s' "$library" | cksum | cut -d ' ' -f 1)
  limit_s=${LIMIT_SECONDS:-3600}
else
  library=$PWD/demo-library
  state=$work/state
  rm -rf "$library" "$state"
  mkdir "$library"
fi

# Only what is set here counts, whatever this machine has configured.
while IFS= read -r name; do unset "$name"; done < <(compgen -e LANGFLIX_ || true)
unset NOTIFY_SOCKET WATCHDOG_USEC JOURNAL_STREAM
printf 'log:\n  level: info\n' >"$work/langflix.yaml"
export LANGFLIX_MEDIA=$library LANGFLIX_STATE_FOLDER=$state
# The generated episode is made of expressions; three minutes of any other would give three clips.
(($# > 0)) || export LANGFLIX_LEXICON_CLIPS=24
export LANGFLIX_WATCH_SETTLE_SECONDS=0.5 LANGFLIX_LOG_FORMAT=human
# The control socket's path has to be short.
RUNTIME_DIRECTORY=$(mktemp -d "${TMPDIR:-/tmp}/langflix-demo.XXXXXX")
export RUNTIME_DIRECTORY

daemon=
started=${EPOCHREALTIME/./}
say() { printf '%6.1f s  %s\n' "$(((${EPOCHREALTIME/./} - started) / 100000))e-1" "$*"; }

fail() {
  {
    echo "demo: $*"
    echo "--- status"
    langflix status || true
    echo "--- the end of $log"
    tail -n 40 "$log"
  } >&2
  exit 1
}

langflix() { "$program" "$@" --config "$work/langflix.yaml" </dev/null; }
is_alive() { kill -0 "$daemon" 2>/dev/null; }

tidy() {
  if [[ -n $daemon ]] && is_alive; then kill -TERM "$daemon" && wait "$daemon" || true; fi
  rm -rf "$RUNTIME_DIRECTORY"
}
trap tidy EXIT
trap 'exit 130' INT TERM

# Asks the daemon and prints the lines that are new since the last time.
declare -A told=()
watched=0 known=0 working=0 failed=0 finished=0
look() {
  local answer line
  is_alive || fail "the daemon ended"
  answer=$(langflix status --json 2>>"$work/status.log" | Scripts/status-lines.py) ||
    fail "langflix status: $(tail -n 1 "$work/status.log")"
  {
    read -r watched known working failed finished
    while IFS= read -r line; do
      [[ -v "told[$line]" ]] || say "$line"
      told[$line]=1
    done
  } <<<"$answer"
}

# Waits until a condition on what `look` found is true; the condition is asked again after every look.
wait_until() { # WHAT CONDITION…
  local what=$1 end=$((SECONDS + limit_s))
  shift
  until look && "$@"; do
    ((SECONDS < end)) || fail "not after $limit_s s: $what"
    sleep 0.3
  done
}

is_watching() { ((watched)); }
has_ended() { ((known > 0 && working == 0 && failed + finished == known)); }
# Also true for a folder without videos: nothing new and nothing in work for a while.
quiet_since=0
is_quiet() {
  if [[ "$known $working $finished" != "${last_seen:-}" ]] || ((working > 0)); then
    last_seen="$known $working $finished"
    quiet_since=$SECONDS
  fi
  ((SECONDS - quiet_since > 5))
}

: >"$work/status.log"
say "starting the daemon on $library"
"$program" serve --config "$work/langflix.yaml" </dev/null >"$log" 2>&1 &
daemon=$!
# Before it listens, `status` would open the store in its place.
for ((i = 0; i < 300; i++)); do
  [[ -z $(find "$RUNTIME_DIRECTORY" -type s) ]] || break
  is_alive || fail "the daemon did not start"
  sleep 0.1
done
wait_until "the library is watched" is_watching
say "it watches"

if (($# > 0)); then
  wait_until "nothing is in work" is_quiet
else
  say "making an episode"
  name="Radio Puddle - S01E01 - Dead Air"
  Scripts/make-episode.sh "$work/episode" "$name" >/dev/null
  folder="$library/Radio Puddle/Season 01"
  mkdir -p "$folder"
  cp "$work/episode/$name.en.srt" "$work/episode/$name.mkv" "$folder/"
  say "dropped it into ${folder#"$PWD"/}"
  wait_until "the episode's clips" has_ended
  ((finished == 1)) || fail "the episode has no clips"
fi

clips=()
while IFS= read -r -d '' folder; do clips+=("$folder"); done < <(
  langflix status --json 2>>"$work/status.log" | Scripts/status-lines.py --folders)

say "stopping the daemon"
kill -TERM "$daemon"
for ((i = 0; i < stop_limit_s * 10; i++)); do
  is_alive || break
  sleep 0.1
done
if is_alive; then
  kill -KILL "$daemon"
  fail "the daemon did not stop within $stop_limit_s s"
fi
code=0
wait "$daemon" || code=$?
daemon=
((code == 0)) || fail "the daemon's exit code is $code"
say "stopped, exit code 0"

if ((${#clips[@]} == 0)); then
  (($# > 0)) || fail "no clips"
  echo "No clips were made in $library: the lines above say why (log: $log)."
  exit 0
fi
least=()
(($# > 0)) || least=(--least-clips "$least_clips" --least-shared "$least_shared")
echo
Scripts/check-clips.py "${least[@]}" "${clips[@]}" || fail "the clips are not as they should be"
for folder in "${clips[@]}"; do
  echo
  echo "$folder"
  (cd "$folder" && find . -maxdepth 1 -type f \( -name '*.mp4' -o -name '*.mkv' \) -printf '  %f\n' | sort)
  echo "watch:  mpv --sub-auto=fuzzy $(printf '%q' "$folder")      (or open the folder with VLC)"
  echo "read:   $(printf '%q' "$folder/expressions.json")"
done
