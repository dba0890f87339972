#!/usr/bin/env python3
"""Shows that Tests/Season/check.py notices: a small season without a fault passes, each damage fails the check for it.

usage: check_the_checks.py

The season is made with ffmpeg alone: one episode of 40 s with two clips, a reel and a deck, and one without subtitles.
The last line is 'N passed, N failed'.
"""

import hashlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
FIRST, SECOND = "Cary Street - S01E01.mkv", "Cary Street - S01E02.mkv"
CUES = [[3.0, 5.0, "Do not give up now."], [5.2, 7.0, "We are so close."], [22.5, 24.0, "I came across it."],
        [24.2, 26.0, "By accident, of course."]]
# Number, start in the source, seconds, first and last cue, what is learnt, the cue it is in.
CLIPS = [(1, 2.0, 6.0, 1, 2, "give up", 1), (2, 22.0, 6.0, 3, 4, "came across", 3)]
KEY = "sk-season-0123456789"
SET = "media/Shorts/langflix/one"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def cut(source, start, length, clip):
    # The keyframe at or before that time; Matroska begins one sound frame late.
    ffmpeg("-ss", start + 0.1, "-i", source, "-t", length, "-c", "copy", "-avoid_negative_ts", "make_zero", clip)


def clock(time):
    return f"00:00:{time:06.3f}".replace(".", ",")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_deck(path, notes):
    collection = path.with_suffix(".anki2")
    with sqlite3.connect(collection) as database:
        database.execute("create table notes (guid text, flds text)")
        database.executemany("insert into notes values (?, ?)", notes)
    database.close()
    with zipfile.ZipFile(path, "w") as package:
        package.write(collection, "collection.anki2")
    collection.unlink()


def made_group(folder, source, number, start, length, first, last, phrase, said_in):
    name = f"{number} {phrase}.mp4"
    cut(source, start, length, folder / name)
    subtitles = f"{number} {phrase}.en.srt"
    cues = [{"number": n, "start_s": CUES[n - 1][0] - start, "end_s": CUES[n - 1][1] - start, "text": CUES[n - 1][2]}
            for n in range(first, last + 1)]
    write(folder / subtitles, "".join(
        f"{place}\n{clock(c['start_s'])} --> {clock(c['end_s'])}\n{c['text']}\n\n" for place, c in enumerate(cues, 1)))
    return {
        "number": number, "state": "published", "context": {"first_cue": first, "last_cue": last}, "cues": cues,
        "expressions": [{"dictionary_form": phrase, "cues": [said_in], "spans": [{"cue": said_in, "text": phrase}]}],
        "clip": {"file": name, "source_start_s": start, "lead_in_s": 0.5, "method": "copy",
                 "subtitles": [{"language": "en", "file": subtitles}]}}


def make(work):
    """media, season (with season.json), journal, requests and state, all without a fault."""
    season, media, out = work / "season", work / "media", work / SET
    for folder in (season, out, work / "state"):
        folder.mkdir(parents=True)
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=96x54:r=12:d=40", "-f", "lavfi", "-i", "sine=330:r=48000:d=40", "-pix_fmt",
           "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-c:a", "aac", season / FIRST)
    ffmpeg("-i", season / FIRST, "-c", "copy", "-metadata", "title=Two", season / SECOND)
    hashes = {name: hashlib.sha256((season / name).read_bytes()).hexdigest() for name in (FIRST, SECOND)}
    for name in hashes:
        shutil.copy(season / name, media / name)
    write(season / "season.json", json.dumps({"left": 2, "better": "", "episodes": [
        {"name": "Cary Street - S01E01", "files": {FIRST: hashes[FIRST]}, "cues": CUES, "takes_subtitles": True},
        {"name": "Cary Street - S01E02", "files": {SECOND: hashes[SECOND]}, "cues": [], "takes_subtitles": False}]}))
    groups = [made_group(out, season / FIRST, *clip) for clip in CLIPS]
    write(work / "list", "".join(f"file '{out / g['clip']['file']}'\n" for g in groups))
    ffmpeg("-f", "concat", "-safe", "0", "-i", work / "list", "-c", "copy", media / "Shorts/one.mp4")
    write(out / "index.html", "")
    write(out.parent / ".ignore", "")
    write_deck(out.parent / "Anki.apkg", [(str(g["number"]), g["expressions"][0]["dictionary_form"]) for g in groups])
    write(out / "expressions.json", json.dumps({
        "episode": {"file": FIRST}, "languages": {"source": "en"}, "groups": groups,
        "reel": {"file": "../../one.mp4", "left_out": []}}))
    write(work / "journal", "MESSAGE=Nothing in work\n")
    write(work / "state/langflix.sqlite", "rows")
    write(work / "requests", "".join(json.dumps({"key": KEY, "body": body, "outcome": "200"}) + "\n" for body in "abc"))


def judge(work):
    """What the checks say: {check: whether it passed}."""
    run = subprocess.run(
        [sys.executable, HERE / "check.py", work / "media", work / "season/season.json", "--journal", work / "journal",
         "--state", work / "state", "--secret", KEY, "--requests", work / "requests", "--kills", "0"],
        capture_output=True, text=True, check=False)
    lines = [line for line in run.stdout.splitlines() if line.startswith(("ok   ", "FAIL "))]
    return {line[6:]: line.startswith("ok") for line in lines}, run


def append(path, text):
    with path.open("ab") as file:
        file.write(text.encode())


def manifest(change):
    """A damage of the manifest."""
    def damage(work):
        path = work / SET / "expressions.json"
        content = json.loads(path.read_text())
        change(content)
        path.write_text(json.dumps(content))
    return damage


def replaced(path, old, new):
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(text.replace(old, new))


def overwritten(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2:len(data) // 2 + 2000] = bytes(2000)
    path.write_bytes(data)


def other_part(work):
    cut(work / "season" / FIRST, 10, 6, work / SET / "2 came across.mp4")


def longer(work):
    cut(work / "season" / FIRST, 2, 26, work / SET / "1 give up.mp4")


def group(number, key, value):
    return manifest(lambda m: m["groups"][number - 1][key].update(value))


def expression(number, key, value):
    return manifest(lambda m: m["groups"][number - 1]["expressions"][0].update({key: value}))


# What is wrong, the damage that makes it so, the check (its beginning) that must fail.
DAMAGES = [
    ("a byte more in a source", lambda w: append(w / "media" / FIRST, "x"), "sources are untouched"),
    ("a source is gone", lambda w: (w / "media" / SECOND).unlink(), "there are the sources"),
    ("a set twice", lambda w: shutil.copytree(w / SET, w / "media/Shorts/langflix/two"), "each episode has one set"),
    ("no set", lambda w: shutil.rmtree(w / SET), "each episode with subtitles has clips"),
    ("a set of another episode", manifest(lambda m: m["episode"].update(file=SECOND)), "an episode without subtitles"),
    ("an invented cue", manifest(lambda m: m["groups"][0]["cues"][0].update(text="Do not give in now.")), "every cue"),
    ("an invented expression", expression(1, "spans", [{"cue": 1, "text": "give in"}]), "every cue"),
    ("an expression of another cue", expression(1, "cues", [2]), "every cue"),
    ("a cue at another time", manifest(lambda m: m["groups"][0]["cues"][0].update(start_s=6, end_s=8)), "every cue"),
    ("subtitles that nobody says", lambda w: replaced(w / SET / "1 give up.en.srt", "close", "far"), "the clips' subtitles"),
    ("subtitles too late", lambda w: replaced(w / SET / "1 give up.en.srt", "00:00:03,200 --> 00:00:05,000",
                                              "00:00:06,200 --> 00:00:08,000"), "the clips' subtitles"),
    ("a line is missing", lambda w: replaced(w / SET / "2 came across.en.srt", (
        "2\n00:00:02,200 --> 00:00:04,000\nBy accident, of course.\n\n"), ""), "the clips' subtitles"),
    ("contexts meet", group(2, "context", {"first_cue": 2}), "no context and no expression"),
    ("an expression twice", expression(2, "dictionary_form", "give up"), "no context and no expression"),
    ("a clip reaches into the next", longer, "no line is in two clips"),
    ("an expression in the lead-in", group(1, "clip", {"lead_in_s": 3.5}), "no line is in two clips"),
    ("a file more in a set", lambda w: write(w / SET / "temp.mp4", ""), "nothing is missing and nothing is left over"),
    ("a file less in a set", lambda w: (w / SET / "2 came across.en.srt").unlink(), "nothing is missing"),
    ("a temporary folder", lambda w: write(w / "media/Shorts/.langflix-1/x", ""), "nothing is left over beside"),
    ("a damaged clip", lambda w: overwritten(w / SET / "1 give up.mp4"), "2 clips and 1 reels decode"),
    ("a damaged reel", lambda w: overwritten(w / "media/Shorts/one.mp4"), "2 clips and 1 reels decode"),
    ("a clip of another part", other_part, "copied clips show"),
    ("a reel of one clip", lambda w: shutil.copy(w / SET / "1 give up.mp4", w / "media/Shorts/one.mp4"), "each set has a reel"),
    ("no reel", manifest(lambda m: m.pop("reel")), "each set has a reel"),
    ("a note twice", lambda w: write_deck(w / "media/Shorts/langflix/Anki.apkg", [("1", "a"), ("1", "b")]), "each season's deck"),
    ("a note less", lambda w: write_deck(w / "media/Shorts/langflix/Anki.apkg", [("1", "give up")]), "each season's deck"),
    ("no deck", lambda w: (w / "media/Shorts/langflix/Anki.apkg").unlink(), "each season's deck"),
    ("the key in the journal", lambda w: append(w / "journal", f"Bearer {KEY}"), "the key is in no log"),
    ("the key in the state", lambda w: append(w / "state/langflix.sqlite", KEY), "the key is in no log"),
    ("the key in a page", lambda w: append(w / SET / "index.html", KEY), "the key is in no log"),
    ("a crash in the journal", lambda w: append(w / "journal", "Fatal error: Index out of range"), "nothing crashed"),
    ("an answer twice", lambda w: append(w / "requests", json.dumps(
        {"key": KEY, "body": "a", "outcome": "200"}) + "\n"), "no answer was paid for twice"),
    ("a request without the key", lambda w: append(w / "requests", json.dumps(
        {"key": "", "body": "d", "outcome": "429"}) + "\n"), "every request had the key"),
]


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sound = pathlib.Path(folder) / "sound"
        sound.mkdir()
        make(sound)
        seen, run = judge(sound)
        unseen = set(seen)
        if not seen or not all(seen.values()):
            print("FAIL  a season without a fault passes:\n", run.stdout, run.stderr)
            failed += 1
        else:
            print("ok    a season without a fault passes", len(seen), "checks")
            passed += 1
        for what, damage, check in DAMAGES:
            work = pathlib.Path(folder) / "damaged"
            shutil.copytree(sound, work)
            damage(work)
            judged, run = judge(work)
            noticed = [name for name, holds in judged.items() if not holds]
            unseen -= set(noticed)
            if any(name.startswith(check) for name in noticed):
                passed += 1
                print("ok   ", what)
            else:
                failed += 1
                print(f"FAIL  {what}: '{check}' should fail, what does: {noticed}", run.stderr[-500:])
            shutil.rmtree(work)
    print("ok   " if not unseen else "FAIL ", "each check has failed once", sorted(unseen) or "")
    passed, failed = passed + (not unseen), failed + bool(unseen)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
