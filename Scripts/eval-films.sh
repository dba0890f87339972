#!/usr/bin/env bash
# Has full films mined by the lexicon, and by the recorded answers of a large language model; reports what clips share.
# usage: Scripts/eval-films.sh PROGRAM SUBTITLES_FOLDER RECORDED_FOLDER OUTPUT_FOLDER
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$(realpath "$1") subtitles=$(realpath "$2") recorded=$(realpath "$3")
mkdir -p "$4"
out=$(realpath "$4")
films=(charade-1963 his-girl-friday-1940 doa-1949)

while IFS= read -r name; do unset "$name"; done < <(compgen -e LANGFLIX_ || true)
unset NOTIFY_SOCKET WATCHDOG_USEC JOURNAL_STREAM RUNTIME_DIRECTORY

work=$(mktemp -d "${TMPDIR:-/tmp}/langflix-films.XXXXXX")
server=
tidy() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap tidy EXIT
trap 'exit 130' INT TERM

# The pictures are not public here: a grey one of the same length stands in.
mkdir "$work/films"
for film in "${films[@]}"; do
  length=$(awk -F '[:, ]' '/-->/ { last = $0 } END { $0 = last; print $6 * 3600 + $7 * 60 + $8 + 5 }' "$subtitles/$film.en.srt")
  ffmpeg -nostdin -v error -y -f lavfi -i "color=c=gray:s=64x36:r=2:d=$length" -f lavfi \
    -i "anullsrc=r=8000:cl=mono" -t "$length" -c:v libx264 -preset ultrafast -g 4 -c:a aac -b:a 8k "$work/films/$film.mkv"
done

# NAME: processes every film with what the environment says, and reports.
run() {
  local name=$1 film arguments=()
  mkdir -p "$work/$name"
  for film in "${films[@]}"; do
    ln "$work/films/$film.mkv" "$work/$name/$film.mkv"
    cp "$subtitles/$film.en.srt" "$work/$name/"
    "$program" process --state-folder "$work/$name-state" --config /dev/null "$work/$name/$film.mkv" \
      </dev/null 2>>"$work/$name.log" >&2 || { tail "$work/$name.log" >&2; exit 1; }
  done
  while IFS= read -r -d '' manifest; do
    film=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["episode"]["name"])' "$manifest")
    cp "$manifest" "$out/$name-$film.json"
    arguments+=("$film=$manifest=$subtitles/$film.en.srt")
  done < <(find "$work/$name" -name expressions.json -print0 | sort -z)
  Scripts/film-report.py --json "$out/$name.json" "${arguments[@]}"
}

echo "## Films with the lexicon"
echo
run lexicon
echo
echo "## Films with recorded answers of a large language model"
echo
python3 Scripts/recorded-model.py "$recorded" "$work/port" &
server=$!
for ((i = 0; i < 100; i++)); do [[ ! -s $work/port ]] || break; sleep 0.1; done
port=$(<"$work/port")
export LANGFLIX_EXTRACTION_PROVIDER=openai LANGFLIX_PROVIDERS_OPENAI_API_KEY=none \
  LANGFLIX_PROVIDERS_OPENAI_BASE_URL="http://127.0.0.1:$port/v1" \
  LANGFLIX_PROVIDERS_OPENAI_MODEL=recorded LANGFLIX_LANGUAGES_TARGET=de
run recorded
