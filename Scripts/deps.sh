#!/usr/bin/env bash
# Installs those of the given Debian packages that are missing; asks for nothing when none is.
# usage: Scripts/deps.sh PACKAGE…
set -euo pipefail

if ! command -v apt-get >/dev/null; then
  echo "this is not Debian or a relative of it: install what corresponds to: $*" >&2
  exit 69
fi

missing=()
for package in "$@"; do
  status=$(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null || true)
  [[ " $status" == *" installed "* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "not root and no sudo: as root, run: apt-get install ${missing[*]}" >&2
    exit 77
  fi
  as_root=(sudo)
fi

echo "installing ${missing[*]}"
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null
}
# The package lists may be absent (a fresh image) or too old to be served any more.
if ! apt install -y -qq --no-install-recommends "${missing[@]}" 2>/dev/null; then
  apt update -qq
  apt install -y -qq --no-install-recommends "${missing[@]}"
fi
