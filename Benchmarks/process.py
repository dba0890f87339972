#!/usr/bin/env python3
"""How long one episode takes from `langflix process` to its published clips with kept answers: our own work only.

usage: process.py LANGFLIX [--runs 5]

An episode of 22 minutes with 500 cues in small pictures. A server in this process answers every batch with one expression
for each sixteenth line; after a first run, not counted, the episode is forgotten and its clips are deleted before each
other run, and no question may come again. The page cache is warm; files are synced as always. As a peer,
`ffmpeg -c copy` cuts the same clips in the same minute, which makes neither subtitles nor posters, sound files, reel,
page or deck. Prints one JSON object: medians of wall time and of processor time with the workers', in seconds.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).parents[1] / "Tests"
sys.path += [str(TESTS / "Season"), str(TESTS / "Kills")]
import episodes  # noqa: E402, beside the season's test
import model  # noqa: E402, beside the test of kills

MINUTES, CUES, EVERY = 22, 500, 16
WORDS = ["tides", "maps", "engines", "letters", "signals", "gardens", "cameras"]


def cues():
    made = episodes.made_up(2 * MINUTES, 1)[:CUES]
    pace = (MINUTES * 60 - 5) / made[-1][1]
    return [(start * pace, end * pace, f"They figured {WORDS[n % 7]} number {'abcdefgh'[n // EVERY % 8]}{n} of Lisbon out again."
             if n % EVERY == 0 else text) for n, (start, end, text) in enumerate(made)]


def timed(command, environment):
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:2])} failed with {done.returncode}: {done.stdout[-1000:]} {done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(times):
    return {"wall_s": round(statistics.median(w for w, _ in times), 2),
            "processor_s": round(statistics.median(p for _, p in times), 2)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    program, server = str(options.program.absolute()), model.Model()
    with tempfile.TemporaryDirectory(prefix="lf-process-") as root:
        root = pathlib.Path(root)
        media, state = root / "media", root / "state"
        media.mkdir()
        episode = media / "Puddle Street - S01E01.mkv"
        (root / "cues.srt").write_text(episodes.subrip(cues()))
        length = str(MINUTES * 60)
        episodes.ffmpeg(
            "-f", "lavfi", "-i", f"testsrc2=s=320x180:r=24:d={length}", "-f", "lavfi", "-i", f"sine=330:d={length}",
            "-i", root / "cues.srt", "-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-preset", "ultrafast",
            "-g", "48", "-pix_fmt", "yuv420p", "-c:a", "aac", "-c:s", "srt", "-metadata:s:s:0", "language=eng", episode)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LANGFLIX_")}
        environment.update({
            "LANGFLIX_MEDIA": str(media), "LANGFLIX_STATE_FOLDER": str(state), "LANGFLIX_EXTRACTION_PROVIDER": "openai",
            "LANGFLIX_PROVIDERS_OPENAI_BASE_URL": server.address, "LANGFLIX_PROVIDERS_OPENAI_API_KEY": "sk-bench",
            "LANGFLIX_PROVIDERS_OPENAI_MODEL": "test-model", "LANGFLIX_LANGUAGES_TARGET": "es",
            "LANGFLIX_SELECTION_CLIPS": "60"})
        timed([program, "process", str(episode)], environment)
        asked = sum(server.asked.values())
        ours, peers = [], []
        for _ in range(options.runs):
            timed([program, "forget", str(episode)], environment)
            shutil.rmtree(media / "Shorts")
            ours.append(timed([program, "process", str(episode)], environment))
            if sum(server.asked.values()) != asked:
                sys.exit("kept answers were asked for again")
            [manifest] = media.rglob("expressions.json")
            clips = [g["clip"] for g in json.loads(manifest.read_text())["groups"] if g.get("clip")]
            copies = [timed([
                "ffmpeg", "-v", "error", "-y", "-ss", str(clip["source_start_s"]), "-t", str(clip["duration_s"]), "-i",
                str(episode), "-map", "0:v", "-map", "0:a", "-c", "copy", str(root / "copy.mp4")], environment)
                for clip in clips]
            peers.append((sum(w for w, _ in copies), sum(p for _, p in copies)))
        print(json.dumps({
            "minutes": MINUTES, "cues": CUES, "questions_once": asked, "clips": len(clips), "runs": options.runs,
            "langflix": medians(ours), "ffmpeg_copies_alone": medians(peers)}, indent=2))


if __name__ == "__main__":
    main()
