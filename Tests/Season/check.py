#!/usr/bin/env python3
"""Checks what a season left behind; shares nothing with the program.

usage: check.py MEDIA SEASON.json [--journal FILE] [--state FOLDER] [--secret TEXT] [--requests FILE] [--kills N]
                [--least-clips N]

MEDIA is the watched folder after the season, SEASON.json lies beside the files that were dropped into it. Each line
is a check; the last is 'N passed, N failed'. Tests/Season/check_the_checks.py damages a season in each way.
"""

import argparse
import collections
import contextlib
import hashlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

# A cue's time passes through SubRip, Matroska and the manifest, each with its own rounding.
TIME_TOLERANCE_S = 0.2
# A copy begins with a keyframe, so much before its dialogue at most: `clip.lead_in_max_seconds`, and what is left free.
LEAD_IN_MAX_S = 6
# The last frames of a copy may refer to some that are not in it.
LAST_FRAMES = 6
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


def shown(manifest):
    return [group for group in manifest["groups"] if group["state"] == "published"]


def wrong_expressions(manifest, cues):
    for group in shown(manifest):
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


def seconds(clock):
    hours, minutes, rest = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def wrong_subtitles(folder, manifest, cues):
    """What the SubRip files beside the clips say that is not said then."""
    for group in shown(manifest):
        clip = group["clip"]
        names = [s["file"] for s in clip["subtitles"]
                 if s["language"] == manifest["languages"]["source"] and (folder / s["file"]).is_file()]
        if not names:
            yield f"{clip['file']} has no subtitles"
        for name in names:
            found = collections.defaultdict(list)
            for block in re.split(r"\n\s*\n", (folder / name).read_text(encoding="utf-8-sig").strip()):
                _, times, *lines = block.splitlines()
                start, end = (clip["source_start_s"] + seconds(clock) for clock in times.split(" --> "))
                near = [t for s, e, t in cues if s < end + TIME_TOLERANCE_S and e > start - TIME_TOLERANCE_S]
                text = words(re.sub(r"<[^>]*>", "", " ".join(lines)))
                found[round(start - clip["source_start_s"], 1)] += text
                if not set(text) <= set(words(" ".join(near))):
                    yield f"{name}: '{' '.join(text)}' is not said at {start:.1f} s"
            for cue in group["cues"]:
                # Two who speak at a time share a line.
                near = [w for at, text in found.items() if abs(at - cue["start_s"]) <= TIME_TOLERANCE_S for w in text]
                if not set(words(cue["text"])) <= set(near):
                    yield f"{name}: '{cue['text']}' is missing at {cue['start_s']:.1f} s"


def duration(file):
    run = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file],
                         capture_output=True, text=True, check=False)
    return float(run.stdout) if run.returncode == 0 else 0.0


def said_twice(folder, manifest, cues):
    """Lines that two clips hold whole, or that stand in none of a clip's own time but its lead-in."""
    seen = {}
    for group in shown(manifest):
        clip = group["clip"]
        begin = clip["source_start_s"] + clip["lead_in_s"]
        end = clip["source_start_s"] + duration(folder / clip["file"])
        if clip["lead_in_s"] > LEAD_IN_MAX_S:
            yield f"{clip['file']} has a lead-in of {clip['lead_in_s']} s"
        for number in {n for e in group["expressions"] for n in e["cues"]}:
            at = next(cue["start_s"] for cue in group["cues"] if cue["number"] == number)
            if at < clip["lead_in_s"] - TIME_TOLERANCE_S:
                yield f"{clip['file']}: cue {number} of an expression is in the lead-in"
        for start, stop, text in cues:
            if begin - TIME_TOLERANCE_S < start and stop < end + TIME_TOLERANCE_S:
                if start in seen:
                    yield f"{manifest['episode']['file']}: '{text}' is in {seen[start]} and in {clip['file']}"
                seen[start] = clip["file"]


def repeated(manifest):
    seen = {}
    for group in manifest["groups"]:
        for cue in range(group["context"]["first_cue"], group["context"]["last_cue"] + 1):
            if cue in seen and group["state"] == "published":
                yield f"{manifest['episode']['file']}: cue {cue} is in groups {seen[cue]} and {group['number']}"
            seen[cue] = group["number"]
    forms = collections.Counter(e["dictionary_form"] for g in shown(manifest) for e in g["expressions"])
    for form, count in forms.items():
        if count > 1:
            yield f"{manifest['episode']['file']}: '{form}' is in {count} clips"


def named(manifest):
    """The files that a manifest answers for, relative to its folder."""
    # What has no clip has no page.
    files = {"expressions.json"} | ({"index.html"} if shown(manifest) else set())
    for group in shown(manifest):
        clip = group["clip"]
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


def frames(file):
    """Its pictures, decoded: (seconds since the first, hash)."""
    run = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough",
                          "-enc_time_base:v", "1:1000", "-f", "framemd5", "-"], capture_output=True, text=True, check=False)
    rows = [line.split(",") for line in run.stdout.splitlines() if not line.startswith("#")]
    return [((int(row[2]) - int(rows[0][2])) / 1000, row[5].strip()) for row in rows]


def shows_something_else(folder, manifest, source):
    """Copied clips whose pictures are not the source's from the second on that the manifest names."""
    whole = frames(source)
    for group in shown(manifest):
        clip = group["clip"]
        if clip["method"] != "copy":
            continue
        pictures = [picture for _, picture in frames(folder / clip["file"])]
        begins = [n for n, (_, picture) in enumerate(whole) if pictures and picture == pictures[0]]
        # A picture may stand still: one of the places must do.
        if not any(abs(whole[n][0] - clip["source_start_s"]) <= TIME_TOLERANCE_S
                   and [p for _, p in whole[n:n + len(pictures)]][:-LAST_FRAMES] == pictures[:-LAST_FRAMES]
                   for n in begins):
            yield f"{clip['file']} is not what is seen at {clip['source_start_s']:.2f} s"


def wrong_reel(folder, manifest):
    reel, clips = manifest.get("reel"), [g["clip"]["file"] for g in shown(manifest)]
    if not clips:
        return
    if not reel or not reel.get("file"):
        yield f"{folder.name} has no reel: {reel}"
        return
    left_out = {clip["file"] for clip in reel["left_out"]}
    lengths = sum(duration(folder / clip) for clip in clips if clip not in left_out)
    # A clip's last frame and last sound end at different times.
    if abs(duration(folder / reel["file"]) - lengths) > 0.2 * len(clips):
        yield f"{reel['file']} takes {duration(folder / reel['file']):.1f} s, its clips {lengths:.1f} s"


def wrong_deck(deck, manifests):
    """An Anki deck has a note for each expression of its season's clips, and each once."""
    with tempfile.NamedTemporaryFile() as file, zipfile.ZipFile(deck) as package:
        file.write(package.read("collection.anki2"))
        file.flush()
        with contextlib.closing(sqlite3.connect(file.name)) as collection:
            notes = [row for row in collection.execute("select guid, flds from notes")]
    if len({guid for guid, _ in notes}) < len(notes) or len({fields for _, fields in notes}) < len(notes):
        yield f"{deck.name} has a note twice"
    wanted = sum(len(g["expressions"]) for m in manifests for g in shown(m))
    if len(notes) != wanted:
        yield f"{deck.name} has {len(notes)} notes for {wanted} expressions"


def holding(secret, *places):
    """Files that hold it."""
    files = [f for place in places if place for f in ([place] if place.is_file() else place.rglob("*")) if f.is_file()]
    return [str(f) for f in files if secret and secret.encode() in f.read_bytes()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("media", type=pathlib.Path)
    parser.add_argument("season", type=pathlib.Path)
    parser.add_argument("--journal", type=pathlib.Path)
    parser.add_argument("--state", type=pathlib.Path, help="the service's state folder")
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
    expect("the clips' subtitles are what is said", (
        problem for f, m in manifests for problem in wrong_subtitles(f, m, by_number[number(m["episode"]["file"])]["cues"])))
    expect("no context and no expression is there twice", (problem for _, m in manifests for problem in repeated(m)))
    expect("no line is in two clips, but in a lead-in", (
        problem for f, m in manifests for problem in said_twice(f, m, by_number[number(m["episode"]["file"])]["cues"])))
    expect("nothing is missing and nothing is left over in a set", (
        problem for folder, m in manifests for problem in leftovers(folder, m)))
    sets = {folder for folder, _ in manifests}
    reels = {(folder / m["reel"]["file"]).resolve() for folder, m in manifests if m.get("reel")}
    expect("nothing is left over beside the sets", (
        str(p) for p in options.media.rglob("*")
        if p.is_file() and "Shorts" in p.parts and not any(s in p.parents for s in sets)
        and p.name not in MARKERS | PAGES and p.resolve() not in reels))
    clips = [folder / g["clip"]["file"] for folder, m in manifests for g in shown(m)]
    expect(f"{len(clips)} clips and {len(reels)} reels decode without an error", (
        str(c) for c in [*clips, *reels] if does_not_decode(c)))
    where = {p.name: p for p in [*options.season.parent.iterdir(), *sources]}
    expect("copied clips show what their episode shows there", (
        problem for f, m in manifests for problem in shows_something_else(f, m, where[m["episode"]["file"]])))
    expect("each set has a reel of its clips, as long as they are", (p for f, m in manifests for p in wrong_reel(f, m)))
    decks = list(options.media.rglob("Anki.apkg"))
    expect("each season's deck has each expression once", (
        [problem for deck in decks for problem in wrong_deck(deck, [m for f, m in manifests if deck.parent in f.parents])]
        + ([] if decks or not clips else ["there is no deck"])))
    expect("the key is in no log, no state and no file", holding(
        options.secret, options.journal, options.state, options.media))
    if options.journal:
        text = options.journal.read_bytes()
        expect("nothing crashed in words", re.findall(rb"Fatal error[^\n]*|[Pp]recondition[^\n]*failed", text))
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
    return sum(len(shown(m)) for _, m in sets)


if __name__ == "__main__":
    sys.exit(main())
