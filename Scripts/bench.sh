#!/usr/bin/env bash
# How long 30 clips of 12 s take from a ten-minute 1080p episode: `langflix process` (all that it does, from probing
# to publishing) and one `ffmpeg -c copy` for each of the same clips. Medians of RUNS (default 5) with a warm page
# cache; in memory (/dev/shm) where there is room, since a disk's sync is not what is measured.
# usage: Scripts/bench.sh            LANGFLIX=program RUNS=5 BENCH_FOLDER=folder
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$(realpath -e -- "${LANGFLIX:-.build/release/langflix}")
runs=${RUNS:-5}
clips=30
clip_s=12
episode_s=600
needed_kib=$((2 << 20))

room=${BENCH_FOLDER:-/dev/shm}
if [[ ! -w $room ]] || (($(df --output=avail "$room" | tail -n 1) < needed_kib)); then
  room=$PWD/build
  mkdir -p "$room"
fi
work=$(mktemp -d "$room/langflix-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# One idiom for each clip: a phrase that is repeated would get one clip only.
idioms=(
  "call it a day" "beat around the bush" "cut corners" "spill the beans" "hit the sack" "face the music"
  "turn a blind eye" "drop the ball" "pull the plug" "chicken out" "play it by ear" "freak out"
  "throw in the towel" "hit the roof" "fit the bill" "read between the lines" "see eye to eye"
  "bail out" "draw the line" "get rid of" "let the cat out of the bag" "hit the books" "back down"
  "go dutch" "pop the question" "call the shots" "hit the hay" "fall apart" "calm down" "keep an eye on"
)

# Every 20 s a sentence of 12 s in three cues, then silence, so that each context is those 12 s.
name="Bench"
episode=$work/$name.mkv
# Half a second after a keyframe, so that the pad before the context costs no lead-in.
clock() { printf '%02d:%02d:%02d,500' $(($1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60)); }
for ((i = 0; i < clips; i++)); do
  start=$((i * episode_s / clips + 4))
  texts=("When the old clock had struck again" "they said that they would ${idioms[i]}" "and nobody was surprised.")
  for j in 0 1 2; do
    at=$((start + j * clip_s / 3))
    printf '%d\n%s --> %s\n%s\n\n' $((i * 3 + j + 1)) \
      "$(clock $at)" "$(clock $((at + clip_s / 3)))" "${texts[j]}"
  done
done >"$work/$name.en.srt"

echo "making a 1080p episode of $episode_s s in $work"
piece_s=20
ffmpeg -nostdin -loglevel error -y \
  -f lavfi -i "testsrc2=size=1920x1080:rate=24:duration=$piece_s" \
  -f lavfi -i "sine=frequency=220:sample_rate=48000:duration=$piece_s" \
  -c:v libx264 -preset ultrafast -b:v 5M -maxrate 5M -bufsize 10M -bf 2 -pix_fmt yuv420p \
  -g 48 -keyint_min 48 -sc_threshold 0 -c:a aac -b:a 128k "$work/piece.mkv"
ffmpeg -nostdin -loglevel error -y -stream_loop $((episode_s / piece_s - 1)) -i "$work/piece.mkv" \
  -c copy "$episode"
rm "$work/piece.mkv"

while IFS= read -r variable; do unset "$variable"; done < <(compgen -e LANGFLIX_ || true)
printf 'log:\n  level: error\n' >"$work/langflix.yaml"
export LANGFLIX_SELECTION_CLIPS=$clips LANGFLIX_STATE_FOLDER=$work/state

langflix_once() {
  "$program" process --config "$work/langflix.yaml" "$episode" </dev/null >"$work/process.log" 2>&1
}

clip_list() { # the clips of langflix, as START DURATION lines
  python3 -c '
import json, sys
for group in json.load(open(sys.argv[1]))["groups"]:
    print(group["clip"]["source_start_s"], group["clip"]["duration_s"])
' "$1"
}

ffmpeg_once() {
  local start duration i=0
  mkdir -p "$work/ffmpeg"
  while read -r start duration; do
    i=$((i + 1))
    ffmpeg -nostdin -loglevel error -y -ss "$start" -i "$episode" -t "$duration" -c copy \
      -movflags +faststart "$work/ffmpeg/$i.mp4"
  done <"$work/list"
}

timed() { # COMMAND: leaves its time in microseconds in `took`
  local before=${EPOCHREALTIME/./}
  "$@"
  took=$((${EPOCHREALTIME/./} - before))
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }

# The first run is not measured: it warms the page cache and tells what was cut.
if ! langflix_once; then
  cat "$work/process.log" >&2
  exit 1
fi
manifest=$(find "$work/Shorts" -name expressions.json)
clip_list "$manifest" >"$work/list"
made=$(wc -l <"$work/list")
if ((made != clips)); then
  echo "bench: $made clips instead of $clips" >&2
  exit 1
fi

ours=() theirs=()
for ((run = 0; run < runs; run++)); do
  rm -rf "$work/Shorts" "$work/state" "$work/ffmpeg"
  timed langflix_once
  ours+=("$took")
  timed ffmpeg_once
  theirs+=("$took")
done
mine=$(printf '%s\n' "${ours[@]}" | median)
other=$(printf '%s\n' "${theirs[@]}" | median)
awk -v a="$mine" -v b="$other" -v n="$clips" -v r="$runs" -v l="$(awk '{ s += $2 } END { print s / NR }' "$work/list")" 'BEGIN {
  printf "%d clips of %.1f s in the mean, median of %d runs\n", n, l, r
  printf "langflix process        %7.3f s\n", a / 1e6
  printf "ffmpeg -c copy a clip   %7.3f s\n", b / 1e6
  printf "ratio                   %7.1f\n", b / a
}'
