#!/usr/bin/env bash
# Has `langflix process` work with a real model behind a real server, from an episode to clips.
# usage: Scripts/test-llm.sh PROGRAM PYTHON MODEL_FOLDER
#
# The model is small, so nothing is said of the quality of what it finds: what is checked is that every batch is
# answered or fails in words, that what is published occurs in the dialogue, and that a second run asks nothing.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=$1
python=$2
model=$(find -L "$3" -name '*.gguf' -print -quit)
work=$PWD/build/test-llm
media=$work/media
passed=0

fail() {
  echo "test-llm: $*" >&2
  [[ ! -e $work/process.err ]] || tail -n 40 "$work/process.err" >&2
  [[ ! -e $work/server.log ]] || tail -n 5 "$work/server.log" >&2
  echo "$passed passed, 1 failed"
  exit 1
}
ok() {
  echo "ok: $*"
  passed=$((passed + 1))
}

while IFS= read -r name; do unset "$name"; done < <(compgen -e LANGFLIX_ || true)
rm -rf "$work"
mkdir -p "$media"
Scripts/make-episode.sh "$media" "Radio Puddle - Dead Air"
# Enough for two requests; the model needs some 25 s for each.
subtitles="$media/Radio Puddle - Dead Air.en.srt"
awk -v RS= -v ORS='\n\n' 'NR <= 16' "$subtitles" >"$work/short.srt"
mv "$work/short.srt" "$subtitles"

# The server ends when this script does: it reads from the script's own pipe.
coproc SERVER { exec "$python" Scripts/llama-server.py "$model" 0 2>"$work/server.log"; }
while read -r -t 120 -u "${SERVER[0]}" word address; do
  [[ $word != listening ]] || break
done
[[ ${word:-} == listening ]] || fail "the model's server did not start"
address=${address#http://}
ok "the server listens at $address"

cat >"$work/langflix.yaml" <<YAML
state_folder: $work/state
languages:
  source: en
  target: es
extraction:
  provider: local
providers:
  local:
    kind: openai
    base_url: http://$address/v1
    model: smollm2
    limit: 1
    batch_cues: 8
    temperature: 0.7
    time_limit_seconds: 600
log:
  level: info
YAML
langflix() { "$program" "$@" --config "$work/langflix.yaml" </dev/null; }

# So small a model goes round in circles every other time, and the check has to say so then.
for try in 1 2 3; do
  langflix llm check | tee "$work/check.out" && break
  ((try < 3)) || grep -q 'did not fit' "$work/check.out" || fail "llm check"
done
ok "llm check"

episode="$media/Radio Puddle - Dead Air.mkv"
langflix process "$episode" >"$work/process.out" 2>"$work/process.err" || fail "process: $?"
cat "$work/process.out"
ok "process"

"$python" - "$media" <<'PYTHON' || fail "the manifest"
import json, pathlib, re, sys

manifests = list(pathlib.Path(sys.argv[1]).rglob("expressions.json"))
if not manifests:
    print("the model named nothing that occurs in the dialogue")
    sys.exit()
manifest = json.loads(manifests[0].read_text())
assert manifest["extractor"]["name"].startswith("openai@127.0.0.1"), manifest["extractor"]
assert manifest["groups"], "no group"
def words(text):
    return re.findall(r"[^\W_]+", text.replace("’", "").replace("'", "").lower())
count = 0
for group in manifest["groups"]:
    cues = {cue["number"]: cue["text"] for cue in group["cues"]}
    for expression in group["expressions"]:
        said = words(" ".join(cues[number] for number in expression["cues"]))
        phrase = words(expression["phrase"])
        assert any(said[i:i + len(phrase)] == phrase for i in range(len(said))), expression
        assert expression["meaning"], expression
        count += 1
print(f"{len(manifest['groups'])} clips, {count} expressions, dropped {manifest['dropped']}, "
      f"{manifest['failed_batches']} batches failed")
PYTHON
ok "every expression occurs in the cues that it names"

mapfile -t folders < <(find "$media" -name expressions.json -printf '%h\n')
if ((${#folders[@]} > 0)); then
  Scripts/check-clips.py --least-clips 1 "${folders[@]}" || fail "the clips"
  ok "the clips are whole"
fi
answered=$(langflix status --json | "$python" -c \
  'import json,sys; print(json.load(sys.stdin)["episodes"][0]["batches"]["done"])')
((answered > 0)) || fail "no batch was answered"
ok "$answered batches were answered"

requests() {
  langflix status --json | "$python" -c \
    'import json,sys; print(sum(p["requests_today"] for p in json.load(sys.stdin)["providers"]))'
}
before=$(requests)
((before > 0)) || fail "no request was counted"
failed=$(langflix status --json | "$python" -c \
  'import json,sys; print(json.load(sys.stdin)["episodes"][0]["batches"]["failed"])')
rm -rf "$media/Shorts"
langflix process "$episode" >"$work/process.out" 2>"$work/process.err" || fail "process again: $?"
# What has no answer may be asked again.
(($(requests) <= before + 5 * failed)) || fail "the second run asked for answers that are kept"
ok "the same again asks for nothing that is kept: $before requests, then $(requests)"

langflix answers
echo "$passed passed, 0 failed"
