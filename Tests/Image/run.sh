#!/usr/bin/env bash
# Builds the Dockerfile with buildah over stand-ins of its bases and tries the image with podman, where no engine runs
# and no base image can be pulled: as root, on Debian 12, with apt and the Swift toolchain of this machine.
# usage: Tests/Image/run.sh             builds the program on this machine, as far as that is not done, by the script that
#                                       the Dockerfile runs, and puts it in the place of the stage that compiles it
#        IN_IMAGE=1                     compiles it within the image instead, from nothing
#        PARTS=1                        runs the tests of media and charsets over its FFmpeg and ICU too: parts.sh
#        CACHE=FOLDER                   where layers and bases stay (.build/image): the second run takes a minute
#        STORAGE_DRIVER=vfs|overlay     how; by itself, overlay where that works
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cache=${CACHE:-$PWD/.build/image}
largest_addition_mb=140
largest_context_kb=1024

skip() {
  echo "skipped: $*"
  exit 0
}
((EUID == 0)) || skip "only root can build and start images here"
unshare --mount true 2>/dev/null || skip "no mount namespaces may be made here"
Scripts/deps.sh buildah podman runc mmdebstrap ffmpeg espeak-ng python3
mkdir -p "$cache"
# Upon an overlay (a container's own files) no other can lie.
overlays_work() {
  local folder worked=0
  folder=$(mktemp -d -p "$cache")
  mkdir "$folder"/{lower,upper,work,whole}
  # shellcheck disable=SC2016 # the inner shell's own
  unshare --mount sh -c 'mount -t overlay -o "lowerdir=$1/lower,upperdir=$1/upper,workdir=$1/work" overlay "$1/whole"' \
    sh "$folder" 2>/dev/null || worked=1
  rm -rf "$folder"
  return $worked
}
if [[ -z ${STORAGE_DRIVER:-} ]]; then
  STORAGE_DRIVER=vfs
  if overlays_work; then STORAGE_DRIVER=overlay; fi
fi
driver=(--root "$cache/storage-$STORAGE_DRIVER" --runroot "$cache/run" --storage-driver "$STORAGE_DRIVER")
export CONTAINERS_CONF=$cache/containers.conf
cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
buildah() { command buildah "${driver[@]}" "$@"; }
say() { # WHAT BEGINS, with the time and the processor's time until here
  times >"$cache/times" # in a subshell they would begin anew
  echo "=== $((SECONDS / 60)):$(printf %02d $((SECONDS % 60))), processor $(sed -n '2s/\.[0-9]*s//gp' "$cache/times"): $*"
}

# A base of this machine's distribution under the name that the Dockerfile asks for.
stand_in() { # NAME PACKAGES [FOLDER OF PROGRAMS]
  buildah inspect --type image "$1" >/dev/null 2>&1 && return
  say "base $1"
  local root container
  root=$(mktemp -d -p "$cache")
  mmdebstrap --quiet --variant=minbase --include="$2" --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' --aptopt='APT::Install-Recommends "false"' bookworm - \
    <"$cache/sources" 2>"$cache/base.log" | tar -C "$root" -x || {
    tail -n 20 "$cache/base.log" >&2
    exit 1
  }
  # As the real ones are, lest the image seem smaller over them than it is.
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/*.log
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$root" / >/dev/null
  buildah config --env "PATH=${3:+$3:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$container"
  buildah commit --quiet --rm "$container" "$1" >/dev/null
  rm -rf "$root"
}
cat >"$cache/sources" <<'SOURCES'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
SOURCES
slim=localhost/debian:bookworm-slim
stand_in "$slim" debian-archive-keyring
container=$(buildah from "$slim")
said=$(buildah run --isolation chroot "$container" true 2>&1) || skip "no image can be built here: $said"
buildah rm "$container" >/dev/null

arguments=(--build-arg "DEBIAN_IMAGE=$slim")
if [[ -z ${IN_IMAGE:-} ]]; then
  say "program"
  mkdir -p "$cache/built"
  packaging/image/build-program.sh "$cache/built/staging" >"$cache/program.log" 2>&1 || {
    tail -n 40 "$cache/program.log" >&2
    exit 1
  }
  arguments+=(--build-context "build=$cache/built")
else
  swift_image=localhost/swift:6.3-bookworm
  toolchain=$(realpath "$(dirname "$(readlink -f "$(command -v swift)")")/../..")
  stand_in "$swift_image" "binutils,git,ca-certificates,gcc,libc6-dev,libcurl4-openssl-dev,libedit2,libgcc-12-dev,libncurses6,\
libpython3.11,libsqlite3-0,libstdc++-12-dev,libxml2-dev,libz3-4,pkg-config,tzdata,zlib1g-dev" "$toolchain/usr/bin"
  arguments+=(--build-arg "SWIFT_IMAGE=$swift_image" --volume "$toolchain:$toolchain:ro")
  # Where git is told to take packages from a folder of this machine.
  while read -r _ folder; do
    [[ -d $folder ]] && arguments+=(--volume "$folder:$folder:ro" --volume /etc/gitconfig:/etc/gitconfig:ro)
  done < <(git config --system --get-regexp '^url\..*\.insteadof$' 2>/dev/null |
    sed -n 's|^url\.\(/[^ ]*\)\.insteadof .*|x \1|p' | sort -u)
fi

say "image"
# Without docker's format the health check would be dropped.
buildah build --quiet --format docker --isolation chroot --network host --layers "${arguments[@]}" \
  --tag localhost/langflix:test . >"$cache/build.log" 2>&1 || {
  tail -n 40 "$cache/build.log" >&2
  exit 1
}

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
# What the builder is sent is what the ignore file lets through; it counts as packed, as it travels.
printf 'FROM scratch\nCOPY . /\n' |
  buildah build --quiet --ignorefile .dockerignore --file - --tag localhost/langflix-context:test . >/dev/null
container=$(buildah from localhost/langflix-context:test)
mount=$(buildah mount "$container")
context_kb=$(($(tar --create --gzip --directory "$mount" . | wc -c) / 1024))
strangers=$(find "$mount" -mindepth 1 \( -name Tests -o -name '.*' -o -name '*.key' \) -printf '%P ')
buildah rm "$container" >/dev/null
expect "a context of $context_kb KB packed, at most $largest_context_kb" test "$context_kb" -le $largest_context_kb
expect "nothing in it that is not the program's${strangers:+: $strangers}" test -z "$strangers"

say "list of contents"
if [[ ! -x $cache/venv/bin/syft ]]; then
  Scripts/deps.sh python3-venv
  python3 -m venv --clear "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check --requirement Tests/Image/requirements.txt
fi
container=$(buildah from localhost/langflix:test)
root=$(buildah mount "$container")
"$cache/venv/bin/syft" scan --quiet "dir:$root" --output "spdx-json=$cache/langflix.spdx.json"
for package in ffmpeg libicu72 libcurl4; do
  expect "scanners see $package" grep -q "pkg:deb/debian/$package@" "$cache/langflix.spdx.json"
done
if [[ -n ${PARTS:-} ]]; then
  say "parts"
  expect "its FFmpeg and ICU pass the tests of media and charsets" Tests/Image/parts.sh "$root"
fi
buildah rm "$container" >/dev/null

say "at work"
podman=(command podman "${driver[@]}" --runtime runc)
options=(--network host --pids-limit 0 --no-healthcheck)
if said=$("${podman[@]}" run --rm "${options[@]}" "$slim" true 2>&1); then
  RUN_OPTIONS="${options[*]} --env LANGFLIX_DASHBOARD_LISTEN=127.0.0.1:0" \
    Tests/Image/smoke.sh "${podman[*]:1}" localhost/langflix:test | tee "$cache/smoke.log" || true
  read -r smoke_passed smoke_failed < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$cache/smoke.log" | tail -n 1)
  passed=$((passed + ${smoke_passed:-0}))
  failed=$((failed + ${smoke_failed:-1}))
else
  echo "skipped: no container can be started here: $said"
fi
say "done"
echo "$passed passed, $failed failed"
((failed == 0))
