#!/usr/bin/env bash
# Builds the Dockerfile with buildah over stand-ins of its bases and tries the image with podman, where no engine runs and no
# base image can be pulled: as root, on Debian 12, with apt and the Swift toolchain of this machine.
# usage: Tests/Image/run.sh                   compiles the program within the image
#        PROGRAM=FILE Tests/Image/run.sh      takes one that is built already
#        FFMPEG=FOLDER Tests/Image/run.sh     takes what build-ffmpeg.sh made already
# Layers and bases stay in .build/image: the second run takes a minute.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cache=$PWD/.build/image
largest_addition_mb=140
largest_context_kb=1024

if ((EUID != 0)); then
  echo "skipped: only root can build and start images here"
  exit 0
fi
Scripts/deps.sh buildah podman runc mmdebstrap ffmpeg espeak-ng python3
mkdir -p "$cache"
driver=(--root "$cache/storage" --runroot "$cache/run" --storage-driver "${STORAGE_DRIVER:-vfs}")
export CONTAINERS_CONF=$cache/containers.conf
cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
buildah() { command buildah "${driver[@]}" "$@"; }
say() { echo "=== $(date +%T) $*"; }

# A base of this machine's distribution under the name that the Dockerfile asks for.
stand_in() { # NAME PACKAGES
  buildah inspect --type image "$1" >/dev/null 2>&1 && return
  say "base $1"
  local root container
  root=$(mktemp -d -p "$cache")
  mmdebstrap --quiet --variant=minbase --include="$2" --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' bookworm - <"$cache/sources" 2>/dev/null | tar -C "$root" -x
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$root" / >/dev/null
  buildah commit --quiet --rm "$container" "$1" >/dev/null
  rm -rf "$root"
}
cat >"$cache/sources" <<'SOURCES'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
SOURCES
slim=localhost/debian:bookworm-slim
stand_in "$slim" ca-certificates

arguments=(--build-arg "DEBIAN_IMAGE=$slim")
if [[ -n ${PROGRAM:-} ]]; then
  say "the program that is built already"
  container=$(buildah from scratch)
  mkdir -p "$cache/staging"
  install -s -m 755 "$PROGRAM" "$cache/staging/langflix"
  toolchain=$(dirname "$(readlink -f "$(command -v swift)")")
  install -m 755 "$toolchain/../libexec/swift/linux/swift-backtrace-static" "$cache/staging/"
  buildah add --quiet "$container" "$cache/staging" /staging >/dev/null
  buildah commit --quiet --rm "$container" localhost/langflix-program:test >/dev/null
  arguments+=(--build-arg PROGRAM=localhost/langflix-program:test)
else
  swift_image=localhost/swift:6.3-bookworm
  stand_in "$swift_image" "binutils,git,ca-certificates,gcc,libc6-dev,libcurl4-openssl-dev,libedit2,libgcc-12-dev,libncurses6,\
libpython3.11,libsqlite3-0,libstdc++-12-dev,libxml2-dev,libz3-4,pkg-config,tzdata,zlib1g-dev"
  toolchain=$(realpath "$(dirname "$(readlink -f "$(command -v swift)")")/../..")
  arguments+=(--build-arg "SWIFT_IMAGE=$swift_image" --volume "$toolchain:$toolchain:ro"
    --env "PATH=$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
  # Where git is told to take packages from a folder of this machine.
  while read -r _ folder; do
    [[ -d $folder ]] && arguments+=(--volume "$folder:$folder:ro" --volume /etc/gitconfig:/etc/gitconfig:ro)
  done < <(git config --system --get-regexp '^url\..*\.insteadof$' 2>/dev/null |
    sed -n 's|^url\.\(/[^ ]*\)\.insteadof .*|x \1|p' | sort -u)
fi

if [[ -n ${FFMPEG:-} ]]; then
  say "the FFmpeg that is built already"
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$FFMPEG" /staging >/dev/null
  buildah commit --quiet --rm "$container" localhost/langflix-ffmpeg:test >/dev/null
  arguments+=(--build-arg FFMPEG=localhost/langflix-ffmpeg:test)
fi

say "image"
# Without docker's format the health check would be dropped.
buildah build --quiet --format docker --isolation chroot --network host --layers "${arguments[@]}" \
  --tag localhost/langflix:test .

passed=0 failed=0
expect() { # WHAT CONDITION…
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok    $what"
  else
    failed=$((failed + 1))
    echo "BAD   $what"
  fi
}
size_of() { # IMAGE     what its files take
  local container mount
  container=$(buildah from "$1")
  mount=$(buildah mount "$container")
  du -s --block-size=1000000 "$mount" | cut -f 1
  buildah rm "$container" >/dev/null
}
say "size"
command podman "${driver[@]}" history --format '{{.Size}}\t{{.CreatedBy}}' localhost/langflix:test | cut -c 1-110
base_mb=$(size_of "$slim")
whole_mb=$(size_of localhost/langflix:test)
echo "base $base_mb MB, image $whole_mb MB"
expect "$((whole_mb - base_mb)) MB over the base, at most $largest_addition_mb" \
  test $((whole_mb - base_mb)) -le $largest_addition_mb
context_kb=$(($(tar --create --gzip LICENSE NOTICE Package.swift Sources Tests Benchmarks packaging/image | wc -c) / 1024))
expect "a context of $context_kb KB packed, at most $largest_context_kb" test "$context_kb" -le $largest_context_kb

say "at work"
RUN_OPTIONS="--network host --pids-limit 0 --no-healthcheck" \
  Tests/Image/smoke.sh "podman ${driver[*]} --runtime runc" localhost/langflix:test | tee "$cache/smoke.log" || true
read -r smoke_passed smoke_failed < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$cache/smoke.log" | tail -n 1)
passed=$((passed + ${smoke_passed:-0}))
failed=$((failed + ${smoke_failed:-1}))
echo "$passed passed, $failed failed"
((failed == 0))
