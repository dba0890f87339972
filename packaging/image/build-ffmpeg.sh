#!/usr/bin/env bash
# Builds FFmpeg from Debian's source package with the parts of ffmpeg-parts.txt alone: shared libraries of Debian's
# sonames, ffmpeg and ffprobe, and a record for scanners. Security patches are Debian's.
# usage: packaging/image/build-ffmpeg.sh DESTINATION    as root, on Debian, with deb-src sources and network
set -euo pipefail

destination=${1:?usage: build-ffmpeg.sh DESTINATION}
parts=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/ffmpeg-parts.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get source --download-only ffmpeg
dpkg-source --extract ffmpeg_*.dsc source
cd source
# What debuggers need would be stripped in the end anyway.
export DEB_CFLAGS_MAINT_STRIP=-g
version=$(dpkg-parsechangelog --show-field Version)
arch=$(dpkg-architecture --query DEB_HOST_ARCH)
libdir=/usr/lib/$(dpkg-architecture --query DEB_HOST_MULTIARCH)

options=()
while read -r kind names; do
  for name in $names; do
    [[ $name == '#'* ]] && break
    case $kind in
      library) options+=("--enable-$name") ;;
      *) options+=("--enable-$kind=$name") ;;
    esac
  done
done < <(grep -vE '^(#|$)' "$parts")

./configure --prefix=/usr --libdir="$libdir" --shlibdir="$libdir" --extra-version="${version##*-}" \
  --disable-everything --disable-autodetect --disable-doc --disable-debug --disable-static --disable-avdevice \
  --disable-network --disable-ffplay --disable-postproc --enable-shared --enable-gpl --enable-pthreads --enable-zlib \
  --enable-swresample --enable-swscale "${options[@]}" \
  --extra-cflags="$(dpkg-buildflags --get CFLAGS) $(dpkg-buildflags --get CPPFLAGS)" \
  --extra-ldflags="$(dpkg-buildflags --get LDFLAGS)" 2>&1 | tee "$work/configure.log"
# A name that configure does not know is only a warning there.
if grep -i '^WARNING:.*did not match anything' "$work/configure.log"; then exit 1; fi
make --jobs="$(nproc)"
make DESTDIR="$destination" install-libs install-progs
rm -rf "$destination/usr/share/ffmpeg" "$destination/usr/share/man"
find "$destination" -type f \( -name '*.so.*' -o -path '*/bin/*' \) -exec strip --strip-unneeded {} +
# The plain .so links are for building, not for running.
find "$destination" -name '*.so' -delete

# Scanners find it by this record, as they do in images without dpkg.
install -D -m 644 /dev/stdin "$destination/var/lib/dpkg/status.d/ffmpeg" <<RECORD
Package: ffmpeg
Status: install ok installed
Architecture: $arch
Version: $version
Maintainer: langflix
Source: ffmpeg ($version)
Description: FFmpeg with the parts that langflix uses
 Built from Debian's source package; packaging/image/ffmpeg-parts.txt lists them.
RECORD
install -D -m 644 "$parts" "$destination/usr/share/doc/ffmpeg/parts.txt"
install -m 644 debian/copyright "$destination/usr/share/doc/ffmpeg/copyright"
printf '%s\n' "$version" >"$destination/usr/share/doc/ffmpeg/version"
