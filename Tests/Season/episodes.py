#!/usr/bin/env python3
"""Makes a season of ten episodes in ten different dresses, and writes down what is in them.

usage: episodes.py OUT_FOLDER [--films FOLDER] [--minutes N] [--cues N]

FILMS holds films' English subtitles (SubRip); without it the dialogue is made up. Each episode takes a part of its
own. The pictures are small. OUT_FOLDER gets season.json: a list of
{name, files: {path: sha256}, cues: [[start_s, end_s, text]], takes_subtitles}, where path is relative to OUT_FOLDER.
"""

import argparse
import hashlib
import itertools
import json
import pathlib
import random
import re
import subprocess

SERIES = "Cary Street"
SPANISH = ["No me digas.", "¿Qué quieres decir con eso?", "Ya veremos.", "De acuerdo, vámonos.", "No tengo ni idea."]
KOREAN = ["무슨 말이에요?", "알겠어요.", "그건 좀 곤란한데요.", "같이 가요.", "정말 모르겠어요."]
LINES = [
    "You really let the cat out of the bag this time.", "I have to get over it, I suppose.",
    "Shall we call it a day and go home?", "I will figure out how she did it.", "Do not give up now, we are so close.",
    "He got away with it again.", "We ran out of coffee on {day}.", "She made up her mind on {day}.",
    "They put off the meeting until {day}.", "Look after the {thing} while I am gone.",
    "I came across this {thing} by accident.", "He turned down the offer for the {thing}.",
    "It is about time you fixed the {thing}.", "Keep an eye on the {thing}, will you?",
    "You can count on me, the {thing} is safe.", "All of a sudden the {thing} was gone.",
    "Who is in charge of the {thing} here?", "I look forward to {day}.", "Never mind the {thing}.",
    "That {thing} cost an arm and a leg."]
THINGS = ["boat", "piano", "lamp", "letter", "garden", "car", "camera", "clock", "ladder", "radio", "suitcase", "door"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
TIME = re.compile(r"(\d+):(\d\d):(\d\d)[,.](\d+) --> (\d+):(\d\d):(\d\d)[,.](\d+)")


def seconds(hours, minutes, rest, thousandths):
    return int(hours) * 3600 + int(minutes) * 60 + int(rest) + int(thousandths) / 1000


def film_parts(folder, minutes, wanted):
    """Parts of `minutes` of films, each moved to begin at 1 s."""
    parts = []
    for film in sorted(folder.glob("*.en.srt")):
        cues = []
        for block in re.split(r"\n\s*\n", film.read_text(encoding="utf-8-sig", errors="replace")):
            found = TIME.search(block)
            if found:
                text = " ".join(block[found.end():].split())
                cues.append((seconds(*found.groups()[:4]), seconds(*found.groups()[4:]), text))
        begin = 0.0
        while cues and begin + minutes * 60 <= cues[-1][1]:
            part = [(round(s - begin + 1, 3), round(e - begin + 1, 3), t) for s, e, t in cues
                    if begin <= s and e <= begin + minutes * 60 - 2]
            parts.append([c for c in part if c[2]])
            begin += minutes * 60
    return parts[:wanted]


def made_up(minutes, number):
    chance = random.Random(number)
    cues, now = [], 2.0
    for place in itertools.count():
        text = chance.choice(LINES).format(thing=chance.choice(THINGS), day=chance.choice(DAYS))
        end = now + 1 + len(text) / 18
        if end > minutes * 60 - 2:
            return cues
        cues.append((round(now, 3), round(end, 3), text))
        now = end + (chance.uniform(4, 9) if place % 6 == 5 else 0.2)


def clock(time, mark=","):
    whole, thousandths = divmod(round(time * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"


def subrip(cues):
    return "".join(f"{n}\n{clock(s)} --> {clock(e)}\n{t}\n\n" for n, (s, e, t) in enumerate(cues, 1))


def webvtt(cues):
    return "WEBVTT\n\n" + "".join(f"{clock(s, '.')} --> {clock(e, '.')}\n{t}\n\n" for s, e, t in cues)


def ass(cues):
    def short(time):
        return clock(time, ".")[1:-1]
    head = ("[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
            "Style: Default,Arial,20\n\n[Events]\n"
            "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n")
    return head + "".join(f"Dialogue: 0,{short(s)},{short(e)},Default,,0,0,0,,{t}\n" for s, e, t in cues)


def sami(english, korean):
    lines = ["<SAMI><HEAD><STYLE TYPE=\"text/css\"><!--\n.ENCC {Name:English; lang:en-US;}\n"
             ".KRCC {Name:Korean; lang:ko-KR;}\n--></STYLE></HEAD><BODY>"]
    for (start, end, text), other in zip(english, itertools.cycle(korean)):
        for name, said in (("ENCC", text), ("KRCC", other)):
            lines.append(f"<SYNC Start={round(start * 1000)}><P Class={name}>{said}")
            lines.append(f"<SYNC Start={round(end * 1000)}><P Class={name}>&nbsp;")
    return "\n".join(lines) + "\n</BODY></SAMI>\n"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


class Season:
    def __init__(self, out, minutes):
        self.out, self.work, self.length = out, out / ".parts", minutes * 60
        self.work.mkdir(parents=True, exist_ok=True)
        self.episodes = []
        self.picture = self.film("picture.mkv", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-c:a", "aac")
        self.modern = self.film("modern.mkv", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
                                "log-level=error", "-c:a", "eac3")

    def film(self, name, *codecs):
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=s=192x108:r=12:d={self.length}", "-f", "lavfi", "-i",
               f"sine=330:r=48000:d={self.length}", "-pix_fmt", "yuv420p", "-g", "24", *codecs, "-b:a", "48k",
               self.work / name)
        return self.work / name

    def text(self, name, content, encoding="utf-8"):
        (self.work / name).write_bytes(content.encode(encoding, "replace"))
        return self.work / name

    def video(self, number, ending, picture, *tracks):
        """tracks: (file, language, codec). Returns the path within the folder."""
        name = f"{SERIES} - S01E{number:02}{ending}"
        arguments = ["-i", picture]
        for file, _, _ in tracks:
            arguments += ["-i", file]
        arguments += ["-map", "0:v", "-map", "0:a", "-c", "copy"]
        for place, (_, language, codec) in enumerate(tracks):
            arguments += ["-map", str(place + 1), f"-c:s:{place}", codec, f"-metadata:s:s:{place}", f"language={language}"]
        ffmpeg(*arguments, "-metadata:s:a:0", "language=eng", "-metadata", f"title=Part {number}", self.out / name)
        return name

    def sidecar(self, number, ending, content, encoding="utf-8"):
        name = f"{SERIES} - S01E{number:02}{ending}"
        (self.out / name).write_bytes(content.encode(encoding, "replace"))
        return name

    def add(self, number, cues, *files, takes_subtitles=True):
        self.episodes.append({
            "name": f"{SERIES} - S01E{number:02}", "takes_subtitles": takes_subtitles, "cues": cues,
            "files": {f: hashlib.sha256((self.out / f).read_bytes()).hexdigest() for f in files}})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--films", type=pathlib.Path)
    parser.add_argument("--minutes", type=int, default=20)
    parser.add_argument("--cues", type=int, default=0, help="at most so many in each episode; 0 for all")
    options = parser.parse_args()
    parts = []
    if options.films and options.films.is_dir():
        parts = film_parts(options.films, options.minutes, 10)
    while len(parts) < 10:
        parts.append(made_up(options.minutes, len(parts)))
    if options.cues:
        parts = [part[:options.cues] for part in parts]
    season = Season(options.out, options.minutes)
    cues = dict(enumerate(parts, 1))

    def srt(number):
        return season.text(f"{number}.srt", subrip(cues[number]))

    season.add(1, cues[1], season.video(1, ".mkv", season.picture, (srt(1), "eng", "srt")))
    season.add(2, cues[2], season.video(2, ".mkv", season.picture, (season.text("2.ass", ass(cues[2])), "eng", "ass")))
    season.add(3, cues[3], season.video(3, ".mp4", season.picture, (srt(3), "eng", "mov_text")))
    season.add(4, cues[4], season.video(4, ".ts", season.picture), season.sidecar(4, ".en.srt", subrip(cues[4])))
    season.add(5, cues[5], season.video(5, ".mkv", season.modern, (srt(5), "eng", "srt")))
    season.add(6, cues[6], season.video(6, ".mkv", season.picture),
               season.sidecar(6, ".smi", sami(cues[6], KOREAN), "cp949"))
    spanish = [(s, e, t) for (s, e, _), t in zip(cues[7], itertools.cycle(SPANISH))]
    season.add(7, cues[7], season.video(7, ".mkv", season.picture, (srt(7), "eng", "srt"),
                                        (season.text("7.es.srt", subrip(spanish)), "spa", "srt")))
    season.add(8, cues[8], season.video(8, ".mkv", season.picture), season.sidecar(8, ".en.srt", subrip(cues[8])))
    season.add(9, [], season.video(9, ".mkv", season.picture), takes_subtitles=False)
    season.add(10, cues[10], season.video(10, ".mkv", season.picture), season.sidecar(10, ".en.vtt", webvtt(cues[10])))
    # A better file of the third episode: another picture, the same dialogue.
    (options.out / "better").mkdir(exist_ok=True)
    better = options.out / "better" / f"{SERIES} - S01E03.mp4"
    ffmpeg("-i", season.modern, "-i", srt(3), "-map", "0:v", "-map", "0:a", "-map", "1", "-c:v", "libx264", "-preset",
           "ultrafast", "-g", "24", "-c:a", "aac", "-c:s", "mov_text", "-metadata:s:s:0", "language=eng", better)
    (options.out / "season.json").write_text(json.dumps({
        "episodes": season.episodes, "better": hashlib.sha256(better.read_bytes()).hexdigest()}, ensure_ascii=False))
    for file in season.work.iterdir():
        file.unlink()
    season.work.rmdir()
    print(sum(len(c) for c in parts), "cues in", len(parts), "episodes")


if __name__ == "__main__":
    main()
