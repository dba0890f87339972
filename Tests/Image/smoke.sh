#!/usr/bin/env bash
# Starts an image as a NAS does (uid 568, read-only root, no capability), drops an episode into the mounted share, waits for
# its clips, asks the health check, and stops it within its grace period.
# usage: Tests/Image/smoke.sh ENGINE IMAGE      ENGINE is docker, or podman with its options as one word
#        RUN_OPTIONS=…                          further options of 'run'; without any, the dashboard's port is published
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

read -ra engine <<<"${1:?usage: smoke.sh ENGINE IMAGE}"
image=${2:?usage: smoke.sh ENGINE IMAGE}
read -ra more <<<"${RUN_OPTIONS:---publish 127.0.0.1::8080}"
name=langflix-smoke-$$
limit_s=300
grace_s=60
least_clips=5

Scripts/deps.sh ffmpeg espeak-ng python3 curl
work=$(mktemp -d)
episode="Radio Puddle - S01E01 - Dead Air"
mkdir "$work/state" "$work/media" "$work/made"
tidy() {
  "${engine[@]}" rm --force "$name" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap tidy EXIT

passed=0 failed=0
check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $what"
  else
    failed=$((failed + 1))
    echo "BAD   $what"
    tail -n 15 "$work/said" | sed 's/^/      /'
  fi
}
soon() { # COMMAND…     again and again, until it succeeds
  local deadline=$((SECONDS + limit_s))
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.5
  done
}
inspect() { "${engine[@]}" inspect --format "$1" "$image"; }
inside() { "${engine[@]}" exec "$name" "$@"; }

user_is_568() { [[ $(inspect '{{.Config.User}}') == 568:568 ]]; }
has_check() { [[ $(inspect '{{json .Config.Healthcheck}}{{json .HealthCheck}}' 2>/dev/null || inspect '{{json .}}') == *healthcheck* ]]; }
has_labels() { inspect '{{json .Config.Labels}}' | grep -q org.opencontainers.image.source; }
is_healthy() { [[ $(inside langflix healthcheck) == healthy ]]; }
has_clips() { (($(find "$work/media/Shorts/langflix" -name '*.mp4' 2>/dev/null | wc -l) >= least_clips)); }
is_done() { inside langflix status --json | grep -q '"state" : "done"'; }
plays() {
  local clip
  while IFS= read -r -d '' clip; do
    [[ $(ffprobe -v error -show_entries stream=codec_name -of csv=p=0 "$clip" | grep -cxE 'aac|h264') == 2 ]] || return 1
  done < <(find "$work/media/Shorts/langflix" -maxdepth 2 -name '*.mp4' -print0)
}
belongs_to_568() { [[ -z $(find "$work/media/Shorts" ! \( -uid 568 -gid 568 \) -print -quit) ]]; }
# SQLite's own mask is 022, so a stricter one is seen.
honours_umask() { ls -l "$work/state" && [[ $(stat -c %a "$work/state/langflix.sqlite3") == 640 ]]; }
# In host's network it tells its own port; else the engine knows which port of this machine leads to it.
shows_its_page() {
  local url
  url=$("${engine[@]}" port "$name" 8080/tcp 2>/dev/null | sed -n '1s|.*:|http://127.0.0.1:|p')
  url=${url:-$(inside langflix status --json | sed -nE 's/.*"dashboard" : "(.*)\/".*/\1/p' | tr -d '\134')}
  curl --fail --silent --show-error --max-time 10 "$url/" | grep -q langflix
}
reads_old_charsets() { grep -rqs '안녕하세요' "$work/media/Shorts/langflix" --include '*.ko.srt'; }
has_no_shell() { ! inside sh -c true && ! inside bash -c true; }
buries_its_dead() {
  local first
  first=$("${engine[@]}" inspect --format '{{.State.Pid}}' "$name") && ((first > 1)) &&
    ! pgrep --parent "$first" --runstates Z
}
can_not_write() { ! inside langflix --help >/dev/null || ! inside touch /usr/x 2>/dev/null; }
encodes() {
  # In a library of its own: the daemon works in the other.
  mkdir "$work/second"
  cp "$work/made/$episode.mkv" "$work/second/Second.mkv"
  cp "$work/made/$episode.en.srt" "$work/second/Second.en.srt"
  chown -R 12345:12345 "$work/second"
  "${engine[@]}" run --rm "${options[@]/$work\/media:/$work/second:}" --user 12345:12345 \
    --env LANGFLIX_CLIP_CUT=exact --env LANGFLIX_STATE_FOLDER=/tmp/state "$image" process /media/Second.mkv &&
    grep -q '"method" : "encode' -r "$work/second/Shorts/langflix/Second"
}
stops_in_time() {
  local before=$SECONDS
  "${engine[@]}" stop --time "$grace_s" "$name" || return 1
  echo "it took $((SECONDS - before)) s"
  ((SECONDS - before < grace_s)) && [[ $("${engine[@]}" inspect --format '{{.State.ExitCode}}' "$name") == 0 ]]
}
# A signal from outside is handled as a fault is, but that the program lives on. The lists of images make addresses of use.
has_backtrace() {
  "${engine[@]}" logs "$name" >"$work/log" 2>&1
  grep -qE '^ *[0-9]+ .* in langflix$' "$work/log" && grep -qE '^0x.* [0-9a-f]{40} langflix ' "$work/log"
}
crash_tells_where() {
  "${engine[@]}" start "$name" && soon is_healthy && "${engine[@]}" kill --signal SEGV "$name" && soon has_backtrace
}

check "its user is 568" user_is_568
check "it has a health check" has_check
check "it has labels" has_labels
Scripts/make-episode.sh "$work/made" "$episode" >/dev/null
# A second language as Korean sites have it: SAMI in CP949, which the cut ICU data must still know.
python3 - "$work/made/$episode.en.srt" "$work/made/$episode.ko.smi" <<'PYTHON'
import re
import sys

times = re.findall(r"(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)", open(sys.argv[1]).read())
body = ""
for time in times:
    first, last = (((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in (time[:4], time[4:]))
    body += f"<SYNC Start={first}><P Class=KRCC>안녕하세요, 똠방각하\r\n<SYNC Start={last}><P Class=KRCC>&nbsp;\r\n"
text = f"<SAMI><HEAD></HEAD><BODY>\r\n{body}</BODY></SAMI>\r\n"
open(sys.argv[2], "wb").write(text.encode("cp949"))
PYTHON
chown -R 568:568 "$work/state" "$work/media"
chmod 755 "$work"
# In the place of its shells, which it does without.
install -m 000 /dev/null "$work/nothing"
options=(--user 568:568 --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:mode=1777
  --volume "$work/state:/config" --volume "$work/media:/media" --volume "$work/nothing:/usr/bin/dash:ro"
  --volume "$work/nothing:/usr/bin/bash:ro" "${more[@]}")
check "it starts" "${engine[@]}" run --detach --name "$name" "${options[@]}" \
  --env LANGFLIX_WATCH_SETTLE_SECONDS=1 --env LANGFLIX_LEXICON_CLIPS=24 --env LANGFLIX_LANGUAGES_TARGET=ko \
  --env UMASK=027 "$image"
check "it gets healthy" soon is_healthy
install -o 568 -g 568 "$work/made/$episode.en.srt" "$work/made/$episode.ko.smi" "$work/media/"
install -o 568 -g 568 "$work/made/$episode.mkv" "$work/media/.part"
mv "$work/media/.part" "$work/media/$episode.mkv"
check "an episode gives clips" soon has_clips
check "the episode gets done" soon is_done
check "the clips are H.264 and AAC" plays
check "subtitles in CP949 are read" reads_old_charsets
check "what it makes belongs to 568" belongs_to_568
check "UMASK is honoured" honours_umask
check "the dashboard answers" shows_its_page
check "its root can't be written" can_not_write
check "it had no shell" has_no_shell
check "no dead process is left" buries_its_dead
check "it sees all that it needs" inside langflix doctor
check "it is healthy still" is_healthy
check "clips can be encoded in it, by any user" encodes
check "it stops within its grace period" stops_in_time
check "a crash tells where it was" crash_tells_where
((failed == 0)) || "${engine[@]}" logs --tail 40 "$name" || true
echo "$passed passed, $failed failed"
((failed == 0))
