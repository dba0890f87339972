#!/usr/bin/env python3
"""Checks what a season left behind; shares nothing with the program.

usage: check.py MEDIA SEASON.json [--journal FILE] [--secret TEXT] [--requests FILE] [--kills N] [--least-clips N]

MEDIA is the watched folder after the season. Each line is a check; the last is 'N passed, N failed'.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import subprocess
import sys

# A cue's time passes through SubRip, Matroska and the manifest, each with its own rounding.
TIME_TOLERANCE_S = 0.2
MARKERS = {".ignore", ".embyignore", ".plexignore", ".nomedia"}
PAGES = {"index.html", "Anki.apkg"}

passed = failed = 0


def expect(what, problems):
    """problems: a list of what is wrong; empty where all is well."""
    global passed, failed
    problems = list(problems)
    if problems:
        failed += 1
        print("FAIL ", what)
        for problem in problems[:8]:
            print("       ", problem)
        if len(problems) > 8:
            print("        and", len(problems) - 8, "more")
    else:
        passed += 1
        print("ok   ", what)


def words(text):
    return re.findall(r"[^\W_]+", text.replace("’", "'").replace("'", "").lower())


def holds(said, phrase):
    return any(said[i:i + len(phrase)] == phrase for i in range(len(said) - len(phrase) + 1))


def number(name):
    found = re.search(r"S\d+E(\d+)", name)
    return int(found.group(1)) if found else None


def wrong_expressions(manifest, cues):
    for group in manifest["groups"]:
        if group["state"] != "published":
            continue
        begin = group["clip"]["source_start_s"]
        said = {}
        for cue in group["cues"]:
            start, end = begin + cue["start_s"], begin + cue["end_s"]
            near = [text for s, e, text in cues if s < end + TIME_TOLERANCE_S and e > start - TIME_TOLERANCE_S]
            said[cue["number"]] = words(" ".join(near))
            if not set(words(cue["text"])) <= set(said[cue["number"]]):
                yield f"{manifest['episode']['file']}: cue {cue['number']} '{cue['text']}' is not said at {start:.1f} s"
        for expression in group["expressions"]:
            all_words = [w for n in expression["cues"] for w in said.get(n, [])]
            for span in expression["spans"]:
                if not holds(all_words, words(span["text"])):
                    yield f"{manifest['episode']['file']}: '{span['text']}' is not said in cues {expression['cues']}"


def repeated(manifest):
    seen = {}
    for group in manifest["groups"]:
        for cue in range(group["context"]["first_cue"], group["context"]["last_cue"] + 1):
            if cue in seen and group["state"] == "published":
                yield f"{manifest['episode']['file']}: cue {cue} is in groups {seen[cue]} and {group['number']}"
            seen[cue] = group["number"]
    forms = collections.Counter(
        e["dictionary_form"] for g in manifest["groups"] if g["state"] == "published" for e in g["expressions"])
    for form, count in forms.items():
        if count > 1:
            yield f"{manifest['episode']['file']}: '{form}' is in {count} clips"


def named(manifest):
    """The files that a manifest answers for, relative to its folder."""
    files = {"expressions.json", "index.html"}
    for group in manifest["groups"]:
        clip = group.get("clip")
        if group["state"] != "published" or not clip:
            continue
        files |= {clip["file"], clip["poster"]} if clip.get("poster") else {clip["file"]}
        for kind in ("subtitles", "captions", "extracts"):
            files |= {entry["file"] for entry in clip.get(kind, [])}
    return files


def leftovers(folder, manifest):
    present = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    expected = named(manifest)
    return ([f"{folder.name}: {name} is in no manifest" for name in present - expected if pathlib.Path(name).name != "known"]
            + [f"{folder.name}: {name} is missing" for name in expected - present])


def does_not_decode(file):
    # Frames keep their own times: on a grid of the frame rate, two could meet after a join.
    run = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", file, "-fps_mode", "passthrough",
                          "-enc_time_base:v", "-1", "-f", "null", "-"], capture_output=True, text=True, check=False)
    return run.returncode != 0 or run.stderr.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("media", type=pathlib.Path)
    parser.add_argument("season", type=pathlib.Path)
    parser.add_argument("--journal", type=pathlib.Path)
    parser.add_argument("--secret", default="")
    parser.add_argument("--requests", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--least-clips", type=int, default=1)
    options = parser.parse_args()
    season = json.loads(options.season.read_text())
    by_number = {number(e["name"]): e for e in season["episodes"]}
    manifests = [(p.parent, json.loads(p.read_text())) for p in sorted(options.media.rglob("expressions.json"))]
    by_episode = collections.defaultdict(list)
    for folder, manifest in manifests:
        by_episode[number(manifest["episode"]["file"])].append((folder, manifest))

    known = {h for e in season["episodes"] for h in e["files"].values()} | {season["better"]}
    sources = [p for p in options.media.rglob("*") if p.is_file() and "Shorts" not in p.parts]
    expect("sources are untouched", (
        f"{p.name} has changed" for p in sources if hashlib.sha256(p.read_bytes()).hexdigest() not in known))
    expect("there are the sources that a person left there", (
        [] if len(sources) == season["left"] else [f"{len(sources)} files, not {season['left']}"]))
    expect("each episode has one set of clips", (
        f"episode {n}: {[str(f) for f, _ in sets]}" for n, sets in by_episode.items() if len(sets) != 1))
    expect("each episode with subtitles has clips", (
        f"episode {n} has {published(by_episode[n])}" for n, e in by_number.items()
        if e["takes_subtitles"] and published(by_episode[n]) < options.least_clips))
    expect("an episode without subtitles has none", (
        f"episode {n}" for n, e in by_number.items() if not e["takes_subtitles"] and published(by_episode[n])))
    expect("every cue and expression is said, where it is said to be", (
        problem for _, m in manifests for problem in wrong_expressions(m, by_number[number(m["episode"]["file"])]["cues"])))
    expect("no dialogue and no expression is there twice", (problem for _, m in manifests for problem in repeated(m)))
    expect("nothing is missing and nothing is left over in a set", (
        problem for folder, m in manifests for problem in leftovers(folder, m)))
    sets = {folder for folder, _ in manifests}
    reels = {(folder / m["reel"]["file"]).resolve() for folder, m in manifests if m.get("reel")}
    expect("nothing is left over beside the sets", (
        str(p) for p in options.media.rglob("*")
        if p.is_file() and "Shorts" in p.parts and not any(s in p.parents for s in sets)
        and p.name not in MARKERS | PAGES and p.resolve() not in reels))
    clips = [folder / g["clip"]["file"] for folder, m in manifests for g in m["groups"] if g["state"] == "published"]
    expect(f"{len(clips)} clips and {len(reels)} reels decode without an error", (
        str(c) for c in [*clips, *reels] if does_not_decode(c)))
    if options.journal:
        text = options.journal.read_bytes()
        expect("no log has the key", ["it is there"] if options.secret and options.secret.encode() in text else [])
        expect("nothing crashed in words", re.findall(rb"Fatal error[^\n]*|precondition[^\n]*failed", text))
    if options.requests:
        lines = [json.loads(line) for line in options.requests.read_text().splitlines()]
        answered = collections.Counter(line["body"] for line in lines if line["outcome"] == "200")
        again = sum(count - 1 for count in answered.values())
        print("       requests:", dict(collections.Counter(line["outcome"] for line in lines)), "answered again:", again)
        expect("no answer was paid for twice, but what was under way at a kill", (
            [] if again <= options.kills * 4 else [f"{again} answers came twice, with {options.kills} kills"]))
        expect("every request had the key", {line["key"] for line in lines} - {options.secret})
    print(f"{passed} passed, {failed} failed")
    return failed != 0


def published(sets):
    return sum(g["state"] == "published" for _, m in sets for g in m["groups"])


if __name__ == "__main__":
    sys.exit(main())
