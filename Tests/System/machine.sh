#!/usr/bin/env bash
# Boots a Debian of its own with systemd in it, for the tests that want a whole machine. Is read by them, in the
# repository's folder; makes $work, $root and $cache.
# shellcheck shell=bash disable=SC2034 # what it sets is used by who reads it

cache=$PWD/.build/system
passed=0
failed=0
leader=
nspawn=

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

skip() {
  echo "skipped: $*"
  echo "0 passed, 0 failed"
  exit 0
}

check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@" >"$work/check.log" 2>&1; then
    passed=$((passed + 1))
    say "ok    $what"
  else
    failed=$((failed + 1))
    say "FAIL  $what: $*"
    sed 's/^/          /' "$work/check.log" | tail -n 12
  fi
}

tidy() {
  if [[ -n $nspawn ]]; then
    kill -TERM "$nspawn" 2>/dev/null || true
    wait "$nspawn" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$work"
}

work=$(mktemp -d "${TMPDIR:-/tmp}/langflix-system.XXXXXX")

needs_a_machine() { # skips the test where none can be booted
  ((EUID == 0)) || skip "a system is booted by root only"
  for tool in systemd-nspawn mmdebstrap unshare nsenter ffmpeg python3; do
    command -v "$tool" >/dev/null || skip "there is no $tool here: apt-get install systemd-container mmdebstrap ffmpeg"
  done
  unshare -m true 2>/dev/null || skip "no mount namespaces may be made here"
  unshare -m --propagation private bash -c 'umount -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup' \
    2>/dev/null || skip "no control groups may be mounted here"
}

make_root() { # PACKAGE: into $root
  system_packages=systemd,systemd-sysv,dbus,man-db,ca-certificates,ffmpeg,wordnet-base,libcurl4,libicu72,libsqlite3-0,libsystemd0,rsync
  root_archive=$cache/root-$(printf '%s' "$system_packages" | cksum | cut -d ' ' -f 1).tar
  if [[ ! -s $root_archive ]]; then
    say "making a Debian to boot (kept in ${cache#"$PWD"/})"
    mkdir -p "$cache"
    mmdebstrap --quiet --variant=minbase --mode=root --include="$system_packages" bookworm "${root_archive%.tar}.new.tar" \
      >"$work/mmdebstrap.log" 2>&1 || {
      cat "$work/mmdebstrap.log" >&2
      exit 1
    }
    mv "${root_archive%.tar}.new.tar" "$root_archive"
  fi
  root=$work/root
  mkdir "$root"
  tar -C "$root" -xpf "$root_archive" --numeric-owner --exclude=./dev/*
  install -m 644 "$1" "$root/root/langflix.deb"
  # What would only slow it down.
  ln -sf /dev/null "$root/etc/systemd/system/systemd-resolved.service"
  ln -sf /dev/null "$root/etc/systemd/system/apt-daily.timer"
  ln -sf /dev/null "$root/etc/systemd/system/apt-daily-upgrade.timer"
  mkdir -p "$root/var/log/journal"
}

boot() {
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
  # shellcheck disable=SC2016 # the inner shell's own
  unshare -m --propagation private bash -c '
    umount -l /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup
    exec systemd-nspawn -D "$1" -b --register=no --keep-unit --console=pipe --machine=langflix-test' \
    boot "$root" </dev/null >"$work/console.log" 2>&1 &
  nspawn=$!
  # The machine's own PID 1 is nspawn's child; nothing is looked for by name.
  for ((i = 0; i < 300; i++)); do
    leader=$(pgrep -P "$nspawn" | head -n 1 || true)
    [[ -n $leader ]] && inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded' && return
    sleep 0.1
  done
  cat "$work/console.log" >&2
  return 1
}

inside() { nsenter -t "$leader" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }
as_langflix() { inside runuser -u langflix -- "$@"; }
shell() { inside bash -c "$1"; }

within() { # SECONDS COMMAND…: until it succeeds
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || {
      echo "not in time: $*"
      shell 'systemctl status --no-pager langflix; journalctl -u langflix -n 15 --no-pager' || true
      return 1
    }
    sleep 0.2
  done
}

put() { # FILE, its text on standard input
  mkdir -p "$root$(dirname "$1")"
  cat >"$root$1"
}

property() { inside systemctl show langflix -P "$1"; }
entries() { inside journalctl -u langflix -o json --no-pager "$@"; }
# shellcheck disable=SC2329 # called by name
field() { # FIELD REGEX ENTRIES…: whether an entry has such a field
  python3 -c '
import json, re, sys
name, pattern = sys.argv[1:]
if any([re.search(pattern, str(json.loads(line).get(name, ""))) for line in sys.stdin]): sys.exit(0)
sys.exit(f"no entry has {name} like {pattern}")' "$1" "$2"
}
logs() { # MESSAGE_ID FIELD REGEX
  entries "MESSAGE_ID=$1" | field "$2" "$3"
}
event() { sed -nE "s/^  case $1 = \"([0-9a-f]+)\"/\1/p" Sources/ServiceHost/EventKind.swift; }
not() { ! "$@"; }
