#!/usr/bin/env bash
# How long 30 clips of 12 s take from a 20-minute 1080p episode: langflix's media worker, one `ffmpeg -c copy` for each
# clip, `mkvmerge --split parts:`, and libx264 slow CRF 18. Medians of RUNS (default 5), alternating, with a warm page
# cache; without sync in memory (/dev/shm) where there is room, and with every file and their folder synced on the disk
# of DISK_FOLDER (default build/). Bytes are those of system calls.
# usage: Scripts/bench.sh       LANGFLIX=program BENCHMARK=MediaBenchmark RUNS=5 BENCH_FOLDER=folder DISK_FOLDER=folder
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$(realpath -e -- "${LANGFLIX:-.build/release/langflix}")
benchmark=$(realpath -e -- "${BENCHMARK:-.build/release/MediaBenchmark}")
runs=${RUNS:-5}
clips=30
clip_s=12
encoded_clips=2
episode_s=1200
needed_kib=$((3 << 20))

has_room() { [[ -w $1 ]] && (($(df --output=avail -- "$1" | tail -n 1) >= needed_kib)); }

disk=${DISK_FOLDER:-$PWD/build}
mkdir -p -- "$disk"
room=${BENCH_FOLDER:-/dev/shm}
has_room "$room" || room=$disk
has_room "$room" || { echo "bench: $room needs $((needed_kib >> 20)) GiB of room" >&2; exit 1; }
work=$(mktemp -d -- "$room/langflix-bench.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
disk_work=$(mktemp -d -- "$disk/langflix-bench.XXXXXX")
trap 'rm -rf -- "$work" "$disk_work"' EXIT

echo "making a 1080p episode of $episode_s s in $work"
piece_s=20
# Grain, or else the rate is never reached.
ffmpeg -nostdin -loglevel error -y \
  -f lavfi -i "testsrc2=size=1920x1080:rate=24:duration=$piece_s" \
  -f lavfi -i "sine=frequency=220:sample_rate=48000:duration=$piece_s" \
  -vf "noise=alls=6:allf=t" -c:v libx264 -preset ultrafast -b:v 5M -minrate 5M -maxrate 5M -bufsize 10M \
  -x264-params nal-hrd=cbr -bf 2 -pix_fmt yuv420p -g 48 -keyint_min 48 -sc_threshold 0 \
  -c:a aac -b:a 128k "$work/piece.mkv"
ffmpeg -nostdin -loglevel error -y -stream_loop $((episode_s / piece_s - 1)) -i "$work/piece.mkv" \
  -c copy "$work/episode.mkv"
rm -- "$work/piece.mkv"

# START LENGTH lines, each half a second after a keyframe of every 2 s, which is what the clips begin with.
for ((i = 0; i < clips; i++)); do
  echo "$((i * episode_s / clips + 4)).5 $((clip_s - 1)).5"
done >"$work/list"
head -n "$encoded_clips" "$work/list" >"$work/encoded-list"

# What is measured but langflix, as bash -c reads it; $0 is the episode, $1 the output folder, $2 the list.
# shellcheck disable=SC2016
ffmpeg_copy='i=0; while read -r start length; do i=$((i + 1))
  ffmpeg -nostdin -loglevel error -y -ss "$start" -i "$0" -t "$length" -c copy -movflags +faststart "$1/$i.mp4"
done <"$2"'
# shellcheck disable=SC2016
ffmpeg_encode='i=0; while read -r start length; do i=$((i + 1))
  ffmpeg -nostdin -loglevel error -y -ss "$start" -i "$0" -t "$length" -c:v libx264 -preset slow -crf 18 \
    -c:a aac -movflags +faststart "$1/$i.mp4"
done <"$2"'
parts=$(awk '{
  parts = parts (NR > 1 ? "," : "") sprintf("%ds-%ds", $1, $1 + $2 + 0.5)
} END { print parts }' "$work/list")
# shellcheck disable=SC2016
mkvmerge_split='mkvmerge --quiet -o "$1/part.mkv" --split "parts:$2" "$0"'

measure() { # NAME FOLDER
  local out=$2/out list=$work/list
  rm -rf -- "$out"
  mkdir -- "$out"
  case $1 in
  langflix) "$benchmark" cut "$work/episode.mkv" "$program" "$list" "$out" ;;
  ffmpeg) "$benchmark" run "$out" /bin/bash -c "$ffmpeg_copy" "$work/episode.mkv" "$out" "$list" ;;
  mkvmerge) "$benchmark" run "$out" /bin/bash -c "$mkvmerge_split" "$work/episode.mkv" "$out" "$parts" ;;
  x264) "$benchmark" run "$out" /bin/bash -c "$ffmpeg_encode" "$work/episode.mkv" "$out" "$work/encoded-list" ;;
  esac
}

methods=(langflix ffmpeg)
if command -v mkvmerge >/dev/null; then
  methods+=(mkvmerge)
else
  echo "skipped: mkvmerge is not installed (apt install mkvtoolnix)"
fi

# The first run is not measured: it warms the page cache.
cat -- "$work/episode.mkv" >/dev/null
for method in "${methods[@]}"; do measure "$method" "$work" >/dev/null; done
for ((run = 0; run < runs; run++)); do
  for method in "${methods[@]}"; do
    measure "$method" "$work" >>"$work/$method.memory"
    measure "$method" "$disk_work" >>"$work/$method.disk"
  done
done
echo "encoding $encoded_clips clips with libx264, once"
measure x264 "$work" >"$work/x264.memory"
measure x264 "$disk_work" >"$work/x264.disk"

python3 - "$work" "$clips" "$clip_s" "$runs" "$encoded_clips" "$room" "$disk" "${methods[@]}" <<'PYTHON'
import json, os, statistics, sys

work, clips, length, runs, encoded, room, disk, *methods = sys.argv[1:]
scale = int(clips) / int(encoded)
names = {
    "langflix": "langflix, one worker", "ffmpeg": "ffmpeg -c copy a clip", "mkvmerge": "mkvmerge --split parts:",
    "x264": f"libx264 slow CRF 18, {encoded} clips scaled",
}


def median(method, place, key):
    with open(f"{work}/{method}.{place}") as rows:
        value = statistics.median(json.loads(row)[key] for row in rows)
    return value * scale if method == "x264" and key != "peak_bytes" else value


size = os.path.getsize(f"{work}/episode.mkv") / 1e6
print(f"{clips} clips of {length} s from {size:.0f} MB; medians of {runs}, libx264 once; clips in {room}, synced on {disk}")
print(f"{'':38} {'s':>8} {'ratio':>7} {'synced s':>9} {'read MB':>8} {'written MB':>10} {'clips MB':>8} {'peak MB':>8}")
base = median("langflix", "memory", "seconds")
for method in methods + ["x264"]:
    seconds = median(method, "memory", "seconds")
    megabytes = [median(method, "memory", f"{key}_bytes") / 1e6 for key in ("read", "written", "clip", "peak")]
    print(
        f"{names[method]:38} {seconds:8.3f} {seconds / base:7.1f} {median(method, 'disk', 'synced_seconds'):9.3f} "
        f"{megabytes[0]:8.1f} {megabytes[1]:10.1f} {megabytes[2]:8.1f} {megabytes[3]:8.1f}")
PYTHON
