"""A season of two episodes as langflix publishes them: real clips, spoken by espeak-ng, with their manifests."""

import json
import subprocess
import wave
from pathlib import Path

GAP_S = 0.4
HEAD_S = 0.6
TAIL_S = 0.5


def run(*command):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)


def speak(lines, out):
    """Speaks the lines one after the other; returns when each begins and ends."""
    parts, times, position = [], [], HEAD_S
    for index, line in enumerate(lines):
        part = out.with_suffix(f".{index}.wav")
        run("espeak-ng", "-v", line.get("voice", "en-gb"), "-s", "150", "-w", str(part), line["text"].replace("\n", " "))
        with wave.open(str(part)) as file:
            rate, frames = file.getframerate(), file.readframes(file.getnframes())
        part.unlink()
        seconds = len(frames) / 2 / rate
        parts.append((position, frames))
        times.append((round(position, 3), round(position + seconds, 3)))
        position += seconds + GAP_S
    length = position - GAP_S + TAIL_S
    sound = bytearray(int(length * rate) * 2)
    for start, frames in parts:
        offset = int(start * rate) * 2
        sound[offset : offset + len(frames)] = frames
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(sound[: int(length * rate) * 2]))
    return times, length


def make_clip(folder, name, lines, colours, poster=True):
    """Makes a clip and its poster; returns its times and length."""
    sound = folder / ".speech.wav"
    times, length = speak(lines, sound)
    picture = (
        f"gradients=s=1280x720:r=25:d={length:.3f}:c0={colours[0]}:c1={colours[1]}:x0=0:y0=0:x1=1280:y1=720"
        ":speed=0.01:seed=7"
    )
    clip = folder / f"{name}.mp4"
    run(
        "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", picture, "-i", str(sound), "-c:v", "libx264",
        "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", "-movflags", "+faststart",
        "-y", str(clip))  # fmt: skip
    sound.unlink()
    if poster:
        (folder / "posters").mkdir(exist_ok=True)
        run(
            "ffmpeg", "-nostdin", "-v", "error", "-ss", "1", "-i", str(clip), "-frames:v", "1", "-vf", "scale=640:-2",
            "-y", str(folder / "posters" / f"{name}.jpg"))  # fmt: skip
    return times, length


def expression(group, line, phrase, **more):
    """An expression that stands in a line of a group."""
    start = group["lines"][line]["text"].index(phrase)
    entry = {
        "phrase": phrase,
        "dictionary_form": phrase.lower(),
        "part_of_speech": "verb",
        "meaning": "",
        "examples": [],
        "usefulness": 0.8,
        "similar": [],
        "cues": [group["first"] + line],
        "spans": [
            {"cue": group["first"] + line, "start": start, "end": start + len(phrase), "text": phrase}
        ],
        "was_mended": False,
    }
    entry.update(more)
    return entry


def entry_of(group, number, folder):
    times, length = make_clip(folder, group["name"], group["lines"], group["colours"], group.get("poster", True))
    cues = [
        {
            "number": group["first"] + index,
            "start_s": times[index][0],
            "end_s": times[index][1],
            "text": line["text"],
            **{key: line[key] for key in ("speaker", "translation") if key in line},
        }
        for index, line in enumerate(group["lines"])
    ]
    clip = {
        "file": f"{group['name']}.mp4",
        "container": "mp4",
        "duration_s": round(length, 3),
        "size_bytes": (folder / f"{group['name']}.mp4").stat().st_size,
        "source_start_s": group["at"],
        "lead_in_s": HEAD_S,
        "method": "copy",
        "subtitles": [],
        "captions": [],
    }
    if group.get("poster", True):
        clip["poster"] = f"posters/{group['name']}.jpg"
    return {
        "number": number,
        "state": "published",
        "clip": clip,
        "context": {
            "first_cue": group["first"],
            "last_cue": group["first"] + len(cues) - 1,
            "start_s": group["at"] + HEAD_S,
            "end_s": group["at"] + length,
        },
        "cues": cues,
        "expressions": group["expressions"](group),
        "also_here": group.get("also", lambda _: [])(group),
    }


def make_episode(shelf, folder, name, groups, source="en", target="ko"):
    """Makes one episode's folder, all but its page."""
    home = shelf / folder
    home.mkdir(parents=True)
    (home / "known").mkdir()
    manifest = {
        "schema": 1,
        "generator": {"name": "langflix", "version": "0"},
        "extractor": {"name": "test", "version": "1"},
        "made_at": "2026-01-01T00:00:00Z",
        "episode": {
            "name": name,
            "file": f"{name}.mkv",
            "fingerprint": f"9-{folder}",
            "size_bytes": 1,
            "duration_s": 1500,
            "subtitles": [],
        },
        "languages": {"source": source, "target": target},
        "groups": [entry_of(group, number + 1, home) for number, group in enumerate(groups)],
        "dropped": {},
        "failed_batches": 0,
        "pending_batches": 0,
    }
    (home / "expressions.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return home
