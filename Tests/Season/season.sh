#!/usr/bin/env bash
# A season of ten episodes in a booted systemd, with all that happens in a year: the daemon is killed, the disk fills up,
# a folder is renamed, an episode is replaced and another deleted, the network goes. Tests/Season/check.py judges what
# is there at the end. The last line is 'N passed, N failed'.
# usage: Tests/Season/season.sh PACKAGE.deb lexicon|'COMMAND…'
#        COMMAND [PORT] starts a model's server that speaks OpenAI's protocol, and prints 'listening URL'; it is run twice
# FILMS=/folder of films' subtitles, MINUTES=20 an episode, SPREAD=60 seconds for all drops, CUES=0 for all
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

package=$(realpath -e -- "$1")
extractor=$2
minutes=${MINUTES:-20}
spread=${SPREAD:-60}
gone_seconds=${GONE:-120}
# shellcheck source-path=SCRIPTDIR source=../System/machine.sh
source "$here/../System/machine.sh"
proxy=
model=
end() {
  [[ -z $proxy ]] || kill "$proxy" 2>/dev/null || true
  [[ -z $model ]] || kill "$model" 2>/dev/null || true
  tidy
}
trap end EXIT
trap 'exit 130' INT TERM
needs_a_machine

season=$work/season
mkdir "$season" "$work/proxy"
films=()
[[ ! -d ${FILMS:-} ]] || films=(--films "$FILMS")
python3 "$here/episodes.py" "$season" --minutes "$minutes" --cues "${CUES:-0}" "${films[@]}"
make_root "$package"
mv "$season" "$root/var/season"
season=$root/var/season

start_model() {
  coproc MODEL { exec $extractor 2>>"$work/model.log"; }
  model=$MODEL_PID
  local word address
  while read -r -t 120 -u "${MODEL[0]}" word address; do [[ $word != listening ]] || break; done
  [[ ${word:-} == listening ]] || { echo "the model's server did not start" >&2; tail "$work/model.log" >&2; exit 1; }
  upstream=${address%/}
}
key=sk-season-$(od -An -N 12 -tx1 /dev/urandom | tr -d ' \n')
if [[ $extractor != lexicon ]]; then
  start_model
  python3 "$here/faulty.py" "$upstream" "$work/proxy" &
  proxy=$!
  for ((i = 0; i < 100; i++)); do [[ ! -s $work/proxy/port ]] || break; sleep 0.1; done
fi

# --- The machine

boot
shell 'dpkg --install /root/langflix.deb </dev/null >/dev/null 2>&1'
# A file system of its own, so that it can be filled up.
shell 'groupadd media; install -d -g media -m 2775 /srv/media && mount -t tmpfs -o size=1500M,mode=2775,gid=media tmpfs /srv/media'
shell 'install -D -m 644 /usr/share/doc/langflix/examples/media.conf /etc/systemd/system/langflix.service.d/media.conf'
shell 'sed -i s,/srv/films,, /etc/systemd/system/langflix.service.d/media.conf'
# Seen from here; what happens in there is done inside, where people are.
media=/proc/$leader/root/srv/media
{
  cat <<'TEXT'
libraries:
  tv:
    path: /srv/media
watch:
  settle_seconds: 1
# The films' parts know each other's words.
selection:
  repeat_after_episodes: 0
  clips: 24
lexicon:
  clips: 24
languages:
  source: en
TEXT
  # So small a model writes one translation until it has no room for more.
  [[ $extractor != lexicon ]] || echo '  target: es'
  [[ $extractor == lexicon ]] || cat <<TEXT
extraction:
  provider: house
providers:
  house:
    kind: openai
    model: small
    base_url: http://127.0.0.1:$(<"$work/proxy/port")/v1
    limit: 1
    batch_cues: 8
    prompt_file: /etc/langflix/season-prompt.txt
    temperature: 0.7
    time_limit_seconds: 300
TEXT
} | put /etc/langflix/langflix.yaml
put /etc/langflix/season-prompt.txt <"$here/prompt.txt"
(umask 077; put /etc/langflix/keys/house <<<"$key")
put /etc/systemd/system/langflix.service.d/season.conf <<<"[Service]
LoadCredential=langflix.house.key:/etc/langflix/keys/house
RestartSec=1"
check "it starts" shell 'systemctl daemon-reload && systemctl enable --now langflix'

# --- What people and programs do

folder="/srv/media/Cary Street/Season 1"
inside mkdir -p "$folder"
own() { shell 'chgrp -R media /srv/media 2>/dev/null; chmod -R g+w /srv/media 2>/dev/null; true'; }
pause() { sleep "$((spread / 7))"; }
state() { # NAME: the episode's state
  as_langflix langflix status --json | python3 -c '
import json, sys
found = [e for e in json.load(sys.stdin)["episodes"] if sys.argv[1] in e["name"]]
print(found[0]["state"] if found else "unknown")' "$1"
}
is_done() { [[ $(state "$1") == "done" ]]; }
are_done() {
  local episode
  for episode in "$@"; do is_done "S01E$episode" || return 1; done
}
by_copy() { inside cp "/var/season/$1" "$folder/$1"; own; }
by_rsync() { inside rsync --bwlimit=20M "/var/season/$1" "$folder/"; own; }
by_rename() {
  inside cp "/var/season/$1" "/srv/media/$1.incoming"
  inside mv "/srv/media/$1.incoming" "$folder/$1"
  own
}
is_busy() { [[ $(property StatusText) == *' in work'* ]] && ! rests; }
rests() { property StatusText | grep -q '^Nothing in work'; }
kills=0
strike() { # while it works, where that comes soon
  for ((i = 0; i < 150; i++)); do ! is_busy || break; sleep 0.1; done
  kills=$((kills + 1))
  say "kill $kills: $(property StatusText)"
  inside systemctl kill --kill-whom=main -s KILL langflix
}
patience=${PATIENCE:-600}

by_copy "Cary Street - S01E01.mkv"
by_rsync "Cary Street - S01E02.mkv"
strike
pause
by_rename "Cary Street - S01E03.mp4"
pause
by_copy "Cary Street - S01E04.en.srt"
by_copy "Cary Street - S01E04.ts"
by_rsync "Cary Street - S01E05.mkv"
pause
check "the first episode is done" within "$patience" is_done S01E01
say "the season's folder is renamed"
inside mv "$folder" "/srv/media/Cary Street/Season 01"
folder="/srv/media/Cary Street/Season 01"
by_copy "Cary Street - S01E06.smi"
by_rename "Cary Street - S01E06.mkv"
strike
pause
by_copy "Cary Street - S01E07.mkv"
say "an episode without its subtitles, and one without any"
by_copy "Cary Street - S01E08.mkv"
by_copy "Cary Street - S01E09.mkv"
pause
check "the second and the third are done" within "$patience" are_done 02 03
say "the second is deleted, the third replaced by a better file of another name"
inside rm "$folder/Cary Street - S01E02.mkv" "$folder/Cary Street - S01E03.mp4"
inside cp "/var/season/better/Cary Street - S01E03.mp4" "$folder/Cary Street - S01E03 - 1080p.mp4"
own
pause
say "the disk fills up"
# The tenth lies there under another name already: what is full takes no copy, but a rename.
by_copy "Cary Street - S01E10.en.vtt"
inside cp "/var/season/Cary Street - S01E10.mkv" "$folder/Cary Street - S01E10.mkv.incoming"
own
shell '! head -c 2G /dev/zero >/srv/media/filler 2>/dev/null'
inside mv "$folder/Cary Street - S01E10.mkv.incoming" "$folder/Cary Street - S01E10.mkv"
is_full() { as_langflix langflix status | grep -qiE 'no space left|disk is full'; }
check "the status says that the disk is full" within "$patience" is_full
inside rm /srv/media/filler
if [[ $extractor != lexicon ]]; then
  say "the network goes for $gone_seconds s, and the model's server is restarted"
  touch "$work/proxy/gone"
  kill "$model"
  gone=$SECONDS
  is_unreachable() { as_langflix langflix status | grep -q "can't connect"; }
  check "the status says that nobody can connect" within "$gone_seconds" is_unreachable
  sleep "$((gone + gone_seconds > SECONDS ? gone + gone_seconds - SECONDS : 0))"
  extractor="$extractor ${upstream##*:}"
  start_model
  rm "$work/proxy/gone"
fi
pause
say "the subtitles of the eighth come"
by_copy "Cary Street - S01E08.en.srt"
strike

check "every episode with subtitles is done" within "${PATIENCE_ALL:-1800}" are_done 01 03 04 05 06 07 08 10
say "the episode without subtitles is: $(state S01E09)"
check "it was killed $kills times, and runs" test "$(property ActiveState)/$(property NRestarts)" = "active/$kills"
check "it does nothing more" within 60 rests
as_langflix langflix status --json >"$work/status.json"
check "nothing failed" python3 -c '
import json, sys
failed = [e["name"] for e in json.load(open(sys.argv[1]))["episodes"] if e["state"] == "failed"]
sys.exit(f"failed: {failed}" if failed else 0)' "$work/status.json"
check "doctor finds nothing wrong" as_langflix langflix doctor
inside journalctl -o export --all --no-pager >"$work/journal"

# --- What is there

python3 - "$season/season.json" <<'PYTHON'
import json, sys
season = json.load(open(sys.argv[1]))
# One was deleted, one replaced by another.
season["left"] = sum(len(e["files"]) for e in season["episodes"]) - 1
json.dump(season, open(sys.argv[1], "w"))
PYTHON
cp -a "/proc/$leader/root/var/lib/langflix/" "$work/state"
options=(--journal "$work/journal" --state "$work/state" --kills "$kills" --secret "$key")
# So small a model finds nothing in some episodes.
[[ $extractor == lexicon ]] || options+=(--requests "$work/proxy/requests" --least-clips 0)
cp -a "$media" "$work/media"
python3 "$here/check.py" "$work/media" "$season/season.json" "${options[@]}" | tee "$work/judged" || true
read -r more _ less _ < <(tail -n 1 "$work/judged")
passed=$((passed + more)) failed=$((failed + less))
[[ -z ${KEEP:-} ]] || cp -a "$work/media" "$work/state" "$work/status.json" "$work/journal" "$work/judged" "$season/season.json" "$KEEP"/
say "done"
echo "$passed passed, $failed failed"
((failed == 0))
