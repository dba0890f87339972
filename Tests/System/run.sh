#!/usr/bin/env bash
# Installs the Debian package in a booted systemd and shows what docs/OPERATIONS.md promises. Each check is a line; the
# last line is 'N passed, N failed'.
# usage: Tests/System/run.sh PACKAGE.deb
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

package=$(realpath -e -- "$1")
# shellcheck source-path=SCRIPTDIR source=machine.sh
source "$here/machine.sh"
model=
end() {
  [[ -z $model ]] || kill "$model" 2>/dev/null || true
  tidy
}
trap end EXIT
trap 'exit 130' INT TERM
needs_a_machine

# --- A system to boot, and episodes

make_root "$package"

film() { # NAME SIZE
  [[ -s $cache/$1.mkv ]] ||
    ffmpeg -nostdin -v error -y -f lavfi -i "testsrc2=s=$2:r=24:d=60" -f lavfi -i sine=440:d=60 -c:v libx264 \
      -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p -c:a aac -b:a 64k "$cache/$1.mkv"
}
film small 320x180
film large 1280x720

number=0
drop() { # NAME SIZE [FOLDER]: another episode each time
  local folder=$root${3:-/srv/media/Show/Season 1}
  number=$((number + 1))
  mkdir -p "$folder"
  cp "$here/episode.srt" "$folder/$1.en.srt"
  shell 'chgrp -R media /srv/media /srv/films && chmod -R g+w /srv/media /srv/films'
  cp "$cache/$2.mkv" "$work/new.mkv"
  # A trailing Void element changes the fingerprint, not the picture.
  printf '%b' "\\xEC\\x81\\x$(printf %x "$number")" >>"$work/new.mkv"
  mv "$work/new.mkv" "$folder/$1.mkv"
}

# Episodes with a published set of clips; the names of folders and files look like no episode.
sets() { find "$root/srv/media" -type d -regex '.*/Shorts/langflix/[^/]*' | wc -l; }
is_done() { as_langflix langflix status | grep -qE "$1: done, [0-9]+ clip"; }
no_partial() { # nothing but whole clips, and each set with its manifest
  local folder
  [[ -z $(find "$root/srv/media" -name '.work*') ]] || { find "$root/srv/media" -name '.work*'; return 1; }
  while IFS= read -r folder; do
    [[ -s $folder/expressions.json ]] || { echo "$folder has no manifest"; return 1; }
  done < <(find "$root/srv/media" -type d -regex '.*/Shorts/langflix/[^/]*')
  while IFS= read -r folder; do
    ffmpeg -nostdin -v error -xerror -i "$folder" -f null - || return 1
  done < <(find "$root/srv/media" -path '*Shorts/*' \( -name '*.mkv' -o -name '*.mp4' \))
}

configure() { # more lines of configuration on standard input
  {
    cat <<'TEXT'
libraries:
  tv:
    path: /srv/media
watch:
  settle_seconds: 0.3
lexicon:
  clips: 24
# All episodes here have the same dialogue.
selection:
  repeat_after_episodes: 0
TEXT
    cat
  } | put /etc/langflix/langflix.yaml
}

# --- From here on as an operator would

boot
say "booted"
check "dpkg installs it without a question" shell 'dpkg --install /root/langflix.deb </dev/null && id langflix'
check "it does not start by itself before it is configured" not inside systemctl is-active langflix
# shellcheck disable=SC2016 # the inner shell's own
check "the unit is without a fault" shell \
  'said=$(systemd-analyze verify /lib/systemd/system/langflix.service 2>&1) && test -z "$said" || { echo "$said"; false; }'
check "its exposure is 1.5 or better" inside systemd-analyze security --no-pager --offline=yes --threshold=15 \
  /lib/systemd/system/langflix.service
check "the manual pages are there" shell 'man -w 1 langflix && man -w 5 langflix.yaml && man 5 langflix.yaml | grep -q selection.clips'
check "the shells' completions are there" shell \
  'bash -n /usr/share/bash-completion/completions/langflix && test -s /usr/share/zsh/vendor-completions/_langflix'

shell 'groupadd media; install -d -g media -m 2775 /srv/media /srv/films'
shell 'install -D -m 644 /usr/share/doc/langflix/examples/media.conf /etc/systemd/system/langflix.service.d/media.conf'
# The tests can't wait for an operator's limits.
put /etc/systemd/system/langflix.service.d/test.conf <<'TEXT'
[Service]
WatchdogSec=10
TimeoutStopSec=2
RestartSec=1
TEXT
configure </dev/null
check "it starts, and is ready when it watches" shell 'systemctl daemon-reload && systemctl enable --now langflix'
check "systemctl status says what it does" shell \
  'systemctl status --no-pager langflix | tee /dev/stderr | grep -q "active (running)" &&
   systemctl status --no-pager langflix | grep -q "Status: .Nothing in work, watching 1 library"'

drop "Show - S01E01" small
seen=$work/status
for ((i = 0; i < 600; i++)); do
  property StatusText >>"$seen"
  tail -n 1 "$seen" | grep -q '^Nothing in work.* [1-9][0-9]* clips\? today' && break
  sleep 0.1
done
check "an episode becomes clips" test "$(sets)" = 1
check "the status says how many clips there are" grep -qE '^Nothing in work.* [0-9]+ clips today' "$seen"
check "the clips have the library's group" shell \
  'find /srv/media -path "*Shorts*" -name "*.mkv" -o -path "*Shorts*" -name "*.mp4" | head -n 1 | xargs -d "\n" stat -c %G | grep -x media'

published=$(event clipsPublished)
check "journalctl finds the event by its MESSAGE_ID" logs "$published" LANGFLIX_EPISODE '^Show - S01E01.mkv$'
for pair in 'LANGFLIX_SERIES=^Show$' 'LANGFLIX_STATE=^cutting$' 'LANGFLIX_CLIPS=^[0-9]+$' 'PRIORITY=^5$' \
  'SYSLOG_IDENTIFIER=^langflix$' 'CODE_FILE=\.swift$' 'CODE_LINE=^[0-9]+$' 'CODE_FUNC=.' 'MESSAGE=^clips published '; do
  check "journalctl -o json shows ${pair%%=*}" logs "$published" "${pair%%=*}" "${pair#*=}"
done
check "journalctl -x explains it, with its values" shell \
  "journalctl -x --no-pager MESSAGE_ID=$published | grep -A 4 'Subject: Clips were published' | grep -q 'clips of Show - S01E01.mkv are in'"

# --- Reload

pid=$(property MainPID)
configure <<<$'clip:\n  cut: exact\n  quality: 12\nlog:\n  level: debug'
check "a good configuration is put in force" inside systemctl reload langflix
check "the log tells what has changed" logs "$(event reloaded)" LANGFLIX_CHANGED 'clip\.cut.*log\.level'
configure <<<$'clip:\n  cut: sideways'
check "a wrong configuration makes the reload fail" not inside systemctl reload langflix
check "the log tells what is wrong, and where" logs "$(event reloadRefused)" LANGFLIX_REASON 'langflix\.yaml:[0-9]+: clip\.cut'
check "it runs on" test "$(property ActiveState)/$(property SubState)" = active/running
check "it is the same process" test "$(property MainPID)" = "$pid"
configure <<<$'clip:\n  cut: exact\n  quality: 12\nshutdown_seconds: 1'
check "what needs a restart is told" shell 'langflix reload | grep -q "only after a restart: shutdown_seconds"'

# --- Stops

is_cutting() { [[ $(property StatusText) == '1 episode in work'*cutting* ]]; }
drop "Show - S01E02" large
check "the status says that it is in work, and cutting" within 60 is_cutting
check "a stop waits for the cut, longer than TimeoutStopSec" shell 'systemctl stop langflix && systemctl show -P Result langflix | grep -x success'
check "what was cut is published" logs "$published" LANGFLIX_EPISODE 'S01E02'
check "nothing partial is left" no_partial
inside systemctl start langflix
drop "Show - S01E03" large
within 60 is_cutting || true
check "with a second for it, a stop cuts the step short" shell 'systemctl stop langflix && systemctl show -P Result langflix | grep -x success'
check "the log tells so" logs "$(event stepCutShort)" LANGFLIX_EPISODE 'S01E03'
check "nothing partial is left then either" no_partial
check "there are no clips of it yet" test "$(sets)" = 2
configure </dev/null
inside systemctl start langflix
check "the next start does it again" within 90 is_done 'Show - S01E03'

# --- The watchdog

for stage in providers store watcher; do
  put /etc/systemd/system/langflix.service.d/stall.conf <<<"[Service]
Environment=LANGFLIX_TEST_STALL=$stage"
  shell 'systemctl daemon-reload && systemctl restart langflix'
  before=$(property NRestarts)
  shell 'touch /var/lib/langflix/stall'
  drop "Show - S02E0$number" small
  restarted() { (($(property NRestarts) > before)) && [[ $(property SubState) == running ]]; }
  check "a stuck $stage has systemd start it again" within 60 restarted
  check "the log names the $stage" logs "$(event stageStuck)" LANGFLIX_STAGE "$stage"
  check "the work goes on" within 60 is_done "Show - S02E0$((number - 1))"
done
check "it was the watchdog" shell 'journalctl --no-pager -u langflix | grep -q "Watchdog timeout"'
rm "$root/etc/systemd/system/langflix.service.d/stall.conf"

# libdispatch says once for each process that a service's threads may not be of a higher class.
# shellcheck disable=SC2016 # the inner shell's own
check "no library fills the log" not shell \
  'journalctl --no-pager -u langflix | grep "thread priority" | sed "s/.*langflix.\([0-9]*\).*/\1/" | sort | uniq -c | awk "\$1 > 2" | grep .'

# --- A key

key=sk-$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')
: >"$work/requests"
python3 "$here/model.py" "$key" "$work/port" "$work/requests" &
model=$!
for ((i = 0; i < 100; i++)); do [[ ! -s $work/port ]] || break; sleep 0.1; done
port=$(<"$work/port")
(umask 077; put /etc/langflix/keys/house <<<"$key")
check "only root may look at keys" test "$(shell 'stat -c %a:%U /etc/langflix/keys')" = 700:root
put /etc/systemd/system/langflix.service.d/key.conf <<<'[Service]
LoadCredential=langflix.house.key:/etc/langflix/keys/house'
provider() { # ADDRESS
  configure <<<"extraction:
  provider: house
providers:
  house:
    kind: openai
    model: test
    base_url: $1
log:
  level: trace"
}
provider "http://127.0.0.1:$port/v1"
check "it starts with a credential" shell 'systemctl daemon-reload && systemctl restart langflix'
check "the key is used" as_langflix langflix llm check
drop "Show - S03E01" small
check "an episode is answered with it" within 60 is_done 'Show - S03E01'
check "the server was asked with the key" test "$(wc -l <"$work/requests")" -ge 2
provider "http://127.0.0.1:$port/refuse/v1"
inside systemctl reload langflix
check "a server that refuses it, and repeats it, is told of" not as_langflix langflix llm check
as_langflix langflix llm check >"$work/said" 2>&1 || true
as_langflix langflix status --json >>"$work/said" 2>&1 || true
as_langflix langflix config >>"$work/said" 2>&1 || true
inside systemctl show langflix >>"$work/said"
inside systemctl status --no-pager --full langflix >>"$work/said" 2>&1 || true
inside journalctl -o export --all >>"$work/said"
pid=$(property MainPID)
cat "$root/proc/1/cmdline" "/proc/$leader/root/proc/$pid/cmdline" "/proc/$leader/root/proc/$pid/environ" >>"$work/said" 2>/dev/null || true
check "nothing that it says, logs or passes on has the key" not grep -qaF "$key" "$work/said"
check "no file of its store or of the library has the key" not grep -rqaF "$key" "$root/var/lib/langflix" "$root/srv"

# --- Where it may write

put /etc/langflix/langflix.yaml <<'TEXT'
libraries:
  tv:
    path: /srv/media
  films:
    path: /srv/films
watch:
  settle_seconds: 0.3
selection:
  repeat_after_episodes: 0
TEXT
check "another library is taken by a reload" inside systemctl reload langflix
drop "A Film" small /srv/films
names_the_file() {
  as_langflix langflix status | grep 'A Film' | grep -q 'ReadWritePaths=.*/etc/systemd/system/langflix.service.d/media.conf'
}
check "where it may not write it says which file to edit" within 60 names_the_file
check "the log says so too" logs "$(event stepPostponed)" LANGFLIX_REASON 'ReadWritePaths'
check "nothing was written there" test ! -e "$root/srv/films/Shorts"

# --- Removal

check "dpkg removes it" shell 'dpkg --remove langflix </dev/null'
check "it runs no more" not inside systemctl is-active langflix
check "the store is kept" test -s "$root/var/lib/langflix/langflix.sqlite3"
check "the configuration is kept" test -s "$root/etc/langflix/langflix.yaml"
before=$(find "$root/srv/media" -type f | sort | cksum)
check "dpkg purges it without a question" shell 'dpkg --purge langflix </dev/null'
check "the store is gone" shell 'find /var/lib/langflix; test ! -e /var/lib/langflix'
check "the configuration is gone" test ! -e "$root/etc/langflix/langflix.yaml"
check "not one clip is gone" test "$(find "$root/srv/media" -type f | sort | cksum)" = "$before"

say "done"
echo "$passed passed, $failed failed"
((failed == 0))
