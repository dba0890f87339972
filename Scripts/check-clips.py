#!/usr/bin/env python3
"""Checks published clips against their manifest, with ffprobe as the judge.

usage: check-clips.py [--least-clips N] [--least-shared N] FOLDER…

FOLDER holds an expressions.json. Each clip must be read by ffprobe to its last packet without an error, start
on a keyframe at 0 (within one frame) and be as long as the manifest says; its subtitles must hold the cues of its
expressions at the manifest's times, and the extract of each expression must hold them whole. The reel must be as long
as its clips, with a chapter for each. --least-shared asks for clips with 2 or 3 expressions.
Prints what is wrong and exits 1, or prints how many clips there are with 1, 2 and 3 expressions.
"""

import argparse
import collections
import fractions
import json
import pathlib
import re
import subprocess
import sys

MOST_EXPRESSIONS = 3
# Rounding of times in SubRip (milliseconds) and in the manifest.
CUE_TOLERANCE_S = 0.05
# A last packet's duration is not always written.
DURATION_TOLERANCE_S = 0.5


class Problem(Exception):
    """What is wrong with one clip."""


def require(condition, problem):
    if not condition:
        raise Problem(problem)


def ffprobe(file, *arguments):
    run = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *arguments, str(file)],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    require(run.returncode == 0 and not run.stderr.strip(), f"ffprobe: {run.stderr.strip()}")
    return json.loads(run.stdout)


def check_media(file, clip):
    probed = ffprobe(file, "-count_packets", "-show_streams", "-show_format")
    video = [s for s in probed["streams"] if s["codec_type"] == "video"]
    require(video, "no video stream")
    frame_s = float(1 / fractions.Fraction(video[0]["avg_frame_rate"]))
    first = ffprobe(
        file, "-select_streams", "v:0", "-read_intervals", "%+#1", "-show_packets")["packets"]
    require(first and "K" in first[0]["flags"], "the first video packet is no keyframe")
    start = float(first[0]["pts_time"])
    require(abs(start) <= frame_s, f"the first video packet is at {start} s, a frame takes {frame_s:.4f} s")
    duration = float(probed["format"]["duration"])
    require(
        abs(duration - clip["duration_s"]) <= DURATION_TOLERANCE_S,
        f"{duration} s long, the manifest says {clip['duration_s']} s")


def seconds(clock):
    hours, minutes, rest = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def words(text):
    """Text without markup and line breaks."""
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def read_subrip(file):
    return parse_subrip(file.read_text(encoding="utf-8-sig"), file.name)


def read_embedded(file):
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(file), "-map", "0:s", "-f", "srt", "-"],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    require(run.returncode == 0, f"ffmpeg: {run.stderr.strip()}")
    return parse_subrip(run.stdout, file.name)


def parse_subrip(text, name):
    """The cues of a text in SubRip: (start, end, text)."""
    cues = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        times = re.fullmatch(r"(\S+) --> (\S+)", lines[1].strip()) if len(lines) > 2 else None
        require(times, f"{name}: no SubRip: {block!r}")
        cues.append((seconds(times[1]), seconds(times[2]), words(" ".join(lines[2:]))))
    return cues


def check_cues(folder, group, language):
    clip = group["clip"]
    named = [s["file"] for s in clip["subtitles"] if s["language"] == language]
    # They may be switched off; the clip has them inside then.
    shown = read_subrip(folder / named[0]) if named else read_embedded(folder / clip["file"])
    cues = {cue["number"]: cue for cue in group["cues"]}
    for expression in group["expressions"]:
        phrase = expression["dictionary_form"]
        require(expression["cues"], f"'{phrase}' names no cue")
        for number in expression["cues"]:
            require(number in cues, f"'{phrase}' names cue {number}, which is not in its group")
            cue = cues[number]
            require(
                -CUE_TOLERANCE_S <= cue["start_s"] < cue["end_s"]
                <= clip["duration_s"] + CUE_TOLERANCE_S,
                f"cue {number} is at {cue['start_s']} to {cue['end_s']} s, outside of the clip")
            require(
                any(
                    words(cue["text"]) in text and abs(start - cue["start_s"]) <= CUE_TOLERANCE_S
                    for start, _, text in shown),
                f"{(named or ['its track'])[0]} lacks cue {number} at {cue['start_s']} s: {cue['text']!r}")
        for span in expression.get("spans", []):
            require(
                span["text"] and span["text"] in cues[span["cue"]]["text"],
                f"'{phrase}': cue {span['cue']} does not hold {span['text']!r}")


def check_extracts(folder, group):
    """The extract of each expression holds its cues whole."""
    cues = {cue["number"]: cue for cue in group["cues"]}
    extracts = group["clip"].get("extracts", [])
    if not extracts:
        return
    require(
        [e["dictionary_form"] for e in extracts] == [e["dictionary_form"] for e in group["expressions"]],
        "its extracts are of other expressions")
    for extract, expression in zip(extracts, group["expressions"]):
        phrase = extract["dictionary_form"]
        require(extract.get("file"), f"'{phrase}': no extract: {extract.get('failure')}")
        probed = ffprobe(folder / extract["file"], "-count_packets", "-show_format")
        duration = float(probed["format"]["duration"])
        require(
            abs(duration - extract["duration_s"]) <= CUE_TOLERANCE_S,
            f"{extract['file']}: {duration} s long, the manifest says {extract['duration_s']} s")
        start, end = extract["start_s"], extract["start_s"] + duration
        spoken = [cues[number] for number in expression["cues"]]
        require(
            start <= min(cue["start_s"] for cue in spoken) + CUE_TOLERANCE_S
            and end >= max(cue["end_s"] for cue in spoken) - CUE_TOLERANCE_S,
            f"the extract of '{phrase}' is {start} to {end:.3f} s, its cues are longer")


def check_reel(folder, manifest):
    """The reel is as long as its clips, with a chapter for each."""
    reel = manifest.get("reel")
    if reel is None:
        return
    require(reel.get("file"), f"no reel: {reel.get('failure')}")
    left_out = {left["file"] for left in reel.get("left_out", [])}
    clips = [g["clip"] for g in manifest["groups"]
             if g["state"] == "published" and g["clip"]["file"] not in left_out]
    probed = ffprobe(folder / reel["file"], "-count_packets", "-show_format", "-show_chapters")
    duration, wanted = float(probed["format"]["duration"]), sum(clip["duration_s"] for clip in clips)
    require(
        abs(duration - wanted) <= DURATION_TOLERANCE_S * len(clips),
        f"the reel is {duration} s long, its clips are {wanted} s")
    require(len(probed["chapters"]) == len(clips), f"{len(probed['chapters'])} chapters for {len(clips)} clips")


def check_group(folder, group, language):
    clip = group["clip"]
    files = [clip["file"], *(s["file"] for s in clip["subtitles"] + clip["captions"])]
    for name in files:
        require((folder / name).is_file(), f"{name} is not there")
        stem = name.removeprefix("../../").split(".")[0]
        require(not re.search(r"\d", stem), f"'{name}' has a digit: a media server may take it for an episode")
    count = len(group["expressions"])
    require(1 <= count <= MOST_EXPRESSIONS, f"{count} expressions")
    check_media(folder / clip["file"], clip)
    check_cues(folder, group, language)
    check_extracts(folder, group)
    return count


def check_folder(folder):
    """How many clips have how many expressions, and the problems."""
    manifest = json.loads((folder / "expressions.json").read_text(encoding="utf-8"))
    language = manifest.get("languages", {}).get("source", "en")
    counts, problems = collections.Counter(), []
    named = set()
    for group in manifest["groups"]:
        if group["state"] in ("hidden", "known"):
            continue
        clip = group.get("clip")
        if not clip:
            problems.append(f"group {group['number']}: no clip: {group.get('failure')}")
            continue
        if clip["file"] in named:
            problems.append(f"{clip['file']}: two groups name it")
        named.add(clip["file"])
        try:
            counts[check_group(folder, group, language)] += 1
        except (Problem, KeyError, ValueError) as problem:
            problems.append(f"{clip['file']}: {problem!r}" if isinstance(problem, KeyError)
                            else f"{clip['file']}: {problem}")
    try:
        check_reel(folder, manifest)
    except (Problem, KeyError, ValueError) as problem:
        problems.append(f"reel: {problem!r}" if isinstance(problem, KeyError) else f"reel: {problem}")
    for file in sorted(folder.iterdir()):
        if file.name.startswith("."):
            problems.append(f"{file.name} was left over")
        elif file.suffix in (".mp4", ".mkv") and file.name not in named:
            problems.append(f"{file.name} is not in the manifest")
    return counts, problems


def main():
    parser = argparse.ArgumentParser(description="Checks published clips against their manifest.")
    parser.add_argument("--least-clips", type=int, default=0)
    parser.add_argument("--least-shared", type=int, default=0)
    parser.add_argument("folders", nargs="+", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    total, failed = collections.Counter(), False
    for folder in arguments.folders:
        try:
            counts, problems = check_folder(folder)
        except (OSError, KeyError, ValueError) as error:
            counts, problems = collections.Counter(), [f"expressions.json: {error!r}"]
        total += counts
        for problem in problems:
            print(f"{folder}: {problem}", file=sys.stderr)
            failed = True
    clips = sum(total.values())
    shared = sum(number for count, number in total.items() if count > 1)
    if clips < arguments.least_clips:
        print(f"{clips} good clips, {arguments.least_clips} are asked for", file=sys.stderr)
        failed = True
    if shared < arguments.least_shared:
        print(f"{shared} clips with 2 or 3 expressions, {arguments.least_shared} are asked for", file=sys.stderr)
        failed = True
    parts = [f"{total[n]} with {n}" for n in range(1, MOST_EXPRESSIONS + 1)]
    print(f"{clips} clips: {', '.join(parts)} expression(s)")
    sys.exit(1 if failed else 0)


main()
