#!/usr/bin/env bash
# Runs the tests of media (every kind of source, cut, copied, encoded) and of charsets over the FFmpeg and the ICU data
# of the image: the worker, and the ffmpeg program that it starts, get the image's; the sources are made, and the clips
# judged, by the machine's own FFmpeg.
# usage: Tests/Image/parts.sh ROOT      ROOT has the image's files
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

root=${1:?usage: parts.sh ROOT}
flags=(--explicit-target-dependency-import-check error)
swift build "${flags[@]}" --build-tests
program=$(readlink -f .build/debug/langflix)
# What these link against besides: H.264, AV1 and HDR, of the same packages as in the image.
Scripts/deps.sh ffmpeg libx264-164 libdav1d6 libzimg2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/ffmpeg" "$work/icu" "$work/bin"
cp -P "$root"/usr/lib/*/lib{av,sw}*.so.* "$work/ffmpeg/"
cp -P "$root"/usr/lib/*/libicudata.so.* "$work/icu/"
wrap() { # NAME PROGRAM
  cat >"$work/bin/$1" <<WRAPPER
#!/bin/sh
export LD_LIBRARY_PATH="$work/ffmpeg:$work/icu" PATH="$work/bin:\$PATH"
exec "$2" "\$@"
WRAPPER
  chmod 755 "$work/bin/$1"
}
cp "$root/usr/bin/ffmpeg" "$work/ffmpeg-program"
wrap ffmpeg "$work/ffmpeg-program"
wrap langflix "$program"

# Were the machine's own taken, all would be well and nothing seen.
LD_LIBRARY_PATH=$work/ffmpeg:$work/icu ldd "$program" >"$work/libraries"
for library in libavformat libavcodec libavutil libicudata; do
  grep -q "$library.*$work/" "$work/libraries" || {
    echo "$program does not take $library from the image" >&2
    exit 1
  }
done
# What the program lets in, the build must know.
containers=$(sed -n 's/^ *"\(matroska,[a-z0-9,]*\)"$/\1/p' Sources/Media/MediaFile.swift)
[[ -n $containers ]]
"$work/bin/ffmpeg" -hide_banner -demuxers >"$work/demuxers"
for container in ${containers//,/ }; do
  grep -qE "(^ D  |,)${container}[, ]" "$work/demuxers" || {
    echo "the image's ffmpeg does not open $container, which Sources/Media/MediaFile.swift lets in" >&2
    exit 1
  }
done
if grep -qw hls "$work/demuxers"; then
  echo "the image's ffmpeg has parts that packaging/image/ffmpeg-parts.txt does not name" >&2
  exit 1
fi

tests() { # FILTER
  swift test "${flags[@]}" --skip-build --disable-xctest --filter "$1"
}
LANGFLIX_PROGRAM="$work/bin/langflix" tests '^MediaTests\.(Matrix|Cut|Keyframe|Poster|Probe|Reel|SampleFile|RealFile)Tests'
LD_LIBRARY_PATH=$work/icu tests '^SubtitlesTests\.(Charset|CharsetMatrix|ForeignFormat|SAMI|SharedData|Zoo)Tests'
