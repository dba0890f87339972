#!/usr/bin/env python3
"""Counts what an episode's clips share, and checks every expression against the subtitle file itself.

usage: film-report.py [--json FILE] NAME=MANIFEST=SUBTITLES…

It knows nothing of the program's code: it reads SubRip and expressions.json and searches words as text, with
inflection allowed. Prints a table, a line for each expression that does not hold, and exits 1 if there is one or if
two clips of an episode repeat each other's dialogue.
"""

import argparse
import collections
import difflib
import json
import pathlib
import re
import sys

FREE = {"someone", "somebody", "something", "one's", "oneself", "someone's", "one", "sb", "sth", "do", "be", "to", "a", "an",
        "the", "it", "your", "my"}
IRREGULAR = {
    tuple(line.split()) for line in """be am is are was were been being
    have has had having|do does did done doing|go goes went gone going|get got gotten getting|make made making
    take took taken taking|come came coming|give gave given giving|keep kept|let letting|put putting|run ran running
    say said|see saw seen|tell told|think thought|know knew known|find found|leave left|feel felt|bring brought
    begin began begun|hold held|write wrote written|stand stood|hear heard|mean meant|meet met|pay paid|sit sat
    speak spoke spoken|lie lay lain lying|lead led|read|grow grew grown|lose lost|fall fell fallen|send sent
    build built|understand understood|draw drew drawn|break broke broken|spend spent|cut cutting|rise rose risen
    drive drove driven|buy bought|wear wore worn|choose chose chosen|throw threw thrown|catch caught|teach taught
    win won|forget forgot forgotten|shoot shot|sell sold|fight fought|hang hung|strike struck|stick stuck
    steal stole stolen|swear swore sworn|tear tore torn|wake woke woken|bite bit bitten|blow blew blown|eat ate eaten
    fly flew flown|hide hid hidden|ride rode ridden|ring rang rung|shake shook shaken|sing sang sung|sleep slept
    swim swam swum|bear bore borne born|bend bent|bet|bind bound|burn burnt|burst|deal dealt|dig dug|dream dreamt
    good better best|have got|no none any|not never|bad worse worst|foot feet|man men|woman women|tooth teeth|child children|life lives|wife wives
    knife knives|die dying|tie tying|set setting|quit quitting|hit hitting|shut shutting|slip slipped|stop stopped
    """.replace("\n", "|").split("|") if line.strip()}


def words(text):
    text = re.sub(r"<[^>]*>", "", text).lower().replace("’", "'").replace("-", " ")
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text)


def same(form, said):
    """Whether a word of the dialogue may be a form of a dictionary's word."""
    if form == said or form in FREE or said.split("'")[0] == form:
        return True
    if any(form in forms and said in forms for forms in IRREGULAR):
        return True
    common = len(form) if said.startswith(form) else next(
        (i for i, (a, b) in enumerate(zip(form, said)) if a != b), min(len(form), len(said)))
    # "carry" and "carries", "make" and "making", "stop" and "stopping".
    return common >= max(2, len(form) - 1) and len(said) - common <= 5


def read_subrip(file):
    cues = []
    for block in re.split(r"\r?\n\s*\r?\n", file.read_text(encoding="utf-8-sig").strip()):
        lines = block.splitlines()
        start = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if start is None:
            continue
        clock = re.findall(r"(\d+):(\d+):(\d+)[,.](\d+)", lines[start])
        times = [int(h) * 3600 + int(m) * 60 + int(s) + int(f) / 1000 for h, m, s, f in clock]
        cues.append((times[0], times[1], " ".join(lines[start + 1:])))
    return cues


def problem(expression, group, cues):
    """Why an expression does not stand where it is said to; None when it does."""
    origin = group["context"]["start_s"] - group["cues"][0]["start_s"]
    shown = {cue["number"]: cue for cue in group["cues"]}
    said = []
    for span in expression["spans"]:
        cue = shown.get(span["cue"])
        if cue is None:
            return f"cue {span['cue']} is not in its clip"
        begin = cue["start_s"] + origin
        text = " ".join(text for start, _, text in cues if abs(start - begin) < 0.6)
        if not set(words(span["text"])) <= set(words(text)):
            return f"{span['text']!r} is not in {text!r} at {begin:.1f} s"
        for word in words(span["text"]):
            said += [word, "not"] if word.endswith("n't") else [word]
    parts = [part for word in said for part in {word, *word.split("'")}] + said
    spoken = " ".join(said)
    missing = [form for form in words(expression["dictionary_form"])
               if not any(same(form, part) for part in parts)
               and not difflib.get_close_matches(form, parts, 1, 0.75)]
    if missing:
        return f"{' '.join(missing)!r} of {expression['dictionary_form']!r} is not in {spoken!r}"
    return None


def report(name, manifest, cues):
    groups = [group for group in manifest["groups"] if group["state"] in ("published", "pending")]
    numbers = [cue["number"] for group in groups for cue in group["cues"]]
    counts = collections.Counter(len(group["expressions"]) for group in groups)
    expressions = sum(number * count for number, count in counts.items())
    problems = [
        f"{name}: {expression['dictionary_form']}: {found}"
        for group in groups for expression in group["expressions"] + group["also_here"]
        if (found := problem(expression, group, cues))]
    repeated = sum(1 for group in groups if any(numbers.count(cue["number"]) > 1 for cue in group["cues"]))
    shared = sum(count for number, count in counts.items() if number > 1)
    shared_expressions = sum(number * count for number, count in counts.items() if number > 1)
    return {
        "film": name, "clips": len(groups), "expressions": expressions,
        "one": counts[1], "two": counts[2], "three": counts[3],
        "clips_that_repeat": repeated, "shared_clips": shared,
        "clips_without_sharing": shared_expressions,
        "seconds": round(sum(g["context"]["end_s"] - g["context"]["start_s"] for g in groups) / max(1, len(groups)), 1),
        "also_here": sum(len(group["also_here"]) for group in groups),
        "dropped": sum(manifest["dropped"].values()),
        "mended": sum(e["was_mended"] for g in groups for e in g["expressions"]),
    }, problems


def main():
    parser = argparse.ArgumentParser(description="Counts and checks what clips share.")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("films", nargs="+", metavar="NAME=MANIFEST=SUBTITLES")
    arguments = parser.parse_args()
    rows, problems = [], []
    for film in arguments.films:
        name, manifest, subtitles = film.split("=")
        row, found = report(
            name, json.loads(pathlib.Path(manifest).read_text(encoding="utf-8")),
            read_subrip(pathlib.Path(subtitles)))
        rows.append(row)
        problems += found
    print("| film | clips | expressions | with 1, 2, 3 | clips that repeat dialogue | shared clips | of so many expressions "
          "| mean length | also here | not in the dialogue | cue mended |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        print(f"| {row['film']} | {row['clips']} | {row['expressions']} | {row['one']}, {row['two']}, {row['three']} "
              f"| {row['clips_that_repeat']} | {row['shared_clips']} | {row['clips_without_sharing']} "
              f"| {row['seconds']} s | {row['also_here']} | {row['dropped']} | {row['mended']} |")
    for line in problems:
        print(line, file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if problems or any(row["clips_that_repeat"] for row in rows) else 0)


main()
