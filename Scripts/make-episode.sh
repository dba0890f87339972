#!/usr/bin/env bash
# Builds the demo episode: Demo/dead-air.txt, spoken by espeak-ng over a moving test picture, with its subtitles.
# usage: Scripts/make-episode.sh OUT_FOLDER [NAME]      writes NAME.mkv and NAME.en.srt
set -euo pipefail
export LC_ALL=C.UTF-8

if (($# < 1 || $# > 2)); then
  echo "usage: $0 OUT_FOLDER [NAME]" >&2
  exit 64
fi
out=$1
name=${2:-Radio Puddle - S01E01 - Dead Air}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=$here/Demo/dead-air.txt

for tool in espeak-ng ffmpeg; do
  if ! command -v "$tool" >/dev/null; then
    echo "$0: $tool is missing: run 'make deps'" >&2
    exit 69
  fi
done

# espeak-ng speaks 16-bit mono at this rate, so time is a count of bytes.
rate=22050
bytes_per_second=$((rate * 2))
scene_pause_ms=3000
line_pause_ms=200
line_width=42

mkdir -p "$out"
work=$(mktemp -d "$out/.make-episode.XXXXXX")
trap 'rm -rf "$work"' EXIT
speech=$work/speech.pcm
subtitles=$work/episode.srt
: >"$speech"
: >"$subtitles"

now_ms() { echo $(($(stat -c %s "$speech") * 1000 / bytes_per_second)); }

silence() { # MILLISECONDS
  local samples=$(($1 * rate / 1000))
  head -c $((samples * 2)) /dev/zero >>"$speech"
}

clock() { # MILLISECONDS
  printf '%02d:%02d:%02d,%03d' \
    $(($1 / 3600000)) $(($1 / 60000 % 60)) $(($1 / 1000 % 60)) $(($1 % 1000))
}

wav_header_bytes=44
cues=0
declare -A voices

say() { # NAME TEXT
  local start cue voice pitch speed
  if [[ -z ${voices[$1]:-} ]]; then
    echo "$script: $1 has no VOICE line" >&2
    return 1
  fi
  cue=$(fold -s -w $line_width <<<"$2" | sed 's/ *$//')
  if (($(wc -l <<<"$cue") > 2)); then
    echo "$script: too long for one cue: $2" >&2
    return 1
  fi
  read -r voice pitch speed <<<"${voices[$1]}"
  start=$(now_ms)
  espeak-ng -z -v "$voice" -p "$pitch" -s "$speed" --stdout -- "$2" |
    tail -c +$((wav_header_bytes + 1)) >>"$speech"
  cues=$((cues + 1))
  printf '%d\n%s --> %s\n%s\n\n' \
    $cues "$(clock "$start")" "$(clock "$(now_ms)")" "$cue" >>"$subtitles"
  silence $line_pause_ms
}

# A brightness that changes with every scene, so that a scene is told from the next at a glance.
scenes_ms=()
while IFS= read -r line || [[ -n $line ]]; do
  case $line in
    '' | '#'*) ;;
    'VOICE '*)
      read -r _ who voice <<<"$line"
      voices[$who]=$voice
      ;;
    '== '*)
      silence $scene_pause_ms
      scenes_ms+=("$(now_ms)")
      ;;
    '('*')')
      seconds=${line//[()]/}
      silence "$(awk -v s="$seconds" 'BEGIN { printf "%d", s * 1000 }')"
      ;;
    *': '*) say "${line%%: *}" "${line#*: }" ;;
    *)
      echo "$script: what is this line? $line" >&2
      exit 65
      ;;
  esac
done <"$script"
silence $scene_pause_ms

# The test picture shows the running second; its hue turns at every scene, and the voice is drawn below.
hue=0
for start in "${scenes_ms[@]}"; do
  hue="$hue+40*gte(t\\,$(awk -v ms="$start" 'BEGIN { printf "%.3f", ms / 1000 }'))"
done
seconds=$(awk -v ms="$(now_ms)" 'BEGIN { printf "%.3f", ms / 1000 }')
ffmpeg -nostdin -loglevel error -y \
  -f s16le -ar $rate -ac 1 -i "$speech" \
  -f lavfi -i "testsrc2=size=854x480:rate=24:duration=$seconds" \
  -filter_complex "[0:a]asplit[voice][drawn];
    [drawn]showwaves=size=854x96:rate=24:mode=cline:colors=white[wave];
    [1:v]format=yuv420p,hue=h=${hue}[picture];
    [picture][wave]overlay=y=H-h-16:shortest=1,format=yuv420p[video];
    [voice]aresample=48000,pan=stereo|c0=c0|c1=c0[audio]" \
  -map '[video]' -map '[audio]' \
  -c:v libx264 -preset superfast -crf 30 -bf 2 -g 48 -keyint_min 48 -sc_threshold 0 \
  -c:a aac -b:a 96k -metadata:s:a:0 language=eng -metadata title="Dead Air" \
  -t "$seconds" "$work/episode.mkv"

mv -f "$work/episode.srt" "$out/$name.en.srt"
mv -f "$work/episode.mkv" "$out/$name.mkv"
echo "$out/$name.mkv: $seconds s, $cues cues, ${#scenes_ms[@]} scenes"
