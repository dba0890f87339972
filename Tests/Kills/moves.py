#!/usr/bin/env python3
"""Ends the daemon at every durable step of a move of clips, and compares what comes of it with an undisturbed move.

usage: moves.py LANGFLIX [--every N] [--keep]

An episode's clips are made once. Then its file is renamed, or its season is, or a better file takes its place, while
nothing runs, and the daemon is started with LANGFLIX_TEST_KILL_AT_STEP of 1, 2, 3 …, and once more without it, until it
gets through. Each end must be the same: the same files, the same clips, untouched where none was to be cut.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LIMIT_S = 90
QUIET_S = 2
SUBTITLES = """1
00:00:02,000 --> 00:00:04,000
It is late. Shall we call it a day?

2
00:00:04,200 --> 00:00:06,500
Not yet. I want to figure it out first.

3
00:00:12,000 --> 00:00:14,500
You really let the cat out of the bag.
"""


class Failure(Exception):
    pass


class Place:
    def __init__(self, program, root):
        self.program, self.root = program, root
        self.media, self.state = root / "now/media", root / "now/state"
        self.environment = dict(
            os.environ, LANGFLIX_MEDIA=str(self.media), LANGFLIX_STATE_FOLDER=str(self.state),
            LANGFLIX_WATCH_SETTLE_SECONDS="0.1", LANGFLIX_LEXICON_CLIPS="24", LANGFLIX_CLIP_LAYOUT="extras",
            LANGFLIX_DASHBOARD_ENABLED="off")

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, check=False)

    def make(self):
        season = self.media / "Show/Season 1"
        season.mkdir(parents=True)
        self.state.mkdir()
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=128x72:r=12:d=20", "-f", "lavfi",
             "-i", "sine=440:d=20:r=16000", "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt",
             "yuv420p", "-c:a", "aac", "-b:a", "24k", str(season / "Show.S01E01.mkv")], check=True)
        (season / "Show.S01E01.en.srt").write_text(SUBTITLES)
        daemon = self.start()
        self.wait(daemon, lambda episode: episode["state"] == "done" and episode["clips"] > 0)
        self.stop(daemon)
        subprocess.run(["cp", "-a", str(self.root / "now"), str(self.root / "made")], check=True)

    def reset(self):
        shutil.rmtree(self.root / "now")
        subprocess.run(["cp", "-a", str(self.root / "made"), str(self.root / "now")], check=True)

    def start(self, step=None):
        environment = dict(self.environment)
        if step:
            environment["LANGFLIX_TEST_KILL_AT_STEP"] = str(step)
        log = open(self.root / "log", "ab")
        return subprocess.Popen([self.program, "serve"], env=environment, stdout=log, stderr=log)

    def stop(self, daemon):
        """True once it has stopped; False when it was killed before."""
        if daemon.poll() is None:
            daemon.send_signal(signal.SIGTERM)
        return self.ended_well(daemon.wait(timeout=LIMIT_S))

    @staticmethod
    def ended_well(status):
        if status not in (0, -signal.SIGKILL):
            raise Failure(f"the daemon ended with {status}")
        return status == 0

    def wait(self, daemon, condition):
        """True once the condition holds; False when the daemon was killed before."""
        deadline = time.monotonic() + LIMIT_S
        status = None
        while time.monotonic() < deadline:
            if daemon.poll() is not None:
                return self.ended_well(daemon.returncode)
            result = self.run("status", "--json")
            if result.returncode == 0:
                status = json.loads(result.stdout)
                if status["is_running"] and any(condition(episode) for episode in status["episodes"]):
                    return True
            time.sleep(0.05)
        raise Failure(f"waited in vain: {json.dumps(status)}")

    def settle(self, daemon, withContent, reference):
        """Until what is tidied up afterwards is, too: what an undisturbed run left, or, for that run itself, no change for
        a while. What never gets there is for the comparison to show."""
        deadline, before, since = time.monotonic() + LIMIT_S, None, time.monotonic()
        while time.monotonic() < deadline and daemon.poll() is None:
            try:
                files = self.picture(withContent)
            except (OSError, ValueError):
                files = None  # a file left while it was looked at
            if files is not None and files == reference:
                return
            if files != before:
                before, since = files, time.monotonic()
            elif reference is None and time.monotonic() - since > QUIET_S:
                return
            time.sleep(0.05)

    def picture(self, withContent):
        """All files by name, with what they hold; of clips that are not cut anew also when they were made."""
        files = {}
        for path in sorted(self.media.rglob("*")):
            if not path.is_file():
                continue
            name = str(path.relative_to(self.media))
            if path.name == "expressions.json":
                manifest = json.loads(path.read_text())
                manifest.pop("made_at", None)
                for batch in manifest.get("batches", []):
                    (batch.get("answer") or {}).pop("created_at", None)
                files[name] = json.dumps(manifest, sort_keys=True)
            elif path.suffix == ".html" or path.suffix == ".apkg":
                files[name] = "page"
            elif withContent or path.name.startswith("."):
                files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                files[name] = hashlib.sha256(path.read_bytes()).hexdigest() + f" {path.stat().st_mtime_ns}"
        return files


def rename_file(place):
    season = place.media / "Show/Season 1"
    for end in [".mkv", ".en.srt"]:
        (season / f"Show.S01E01{end}").rename(season / f"The.Show.S01E01{end}")
    return season / "Shorts/langflix/The Show season one episode one"


def move_file(place):
    season, other = place.media / "Show/Season 1", place.media / "Elsewhere"
    other.mkdir()
    for end in [".mkv", ".en.srt"]:
        (season / f"Show.S01E01{end}").rename(other / f"Show.S01E01{end}")
    return other / "Shorts/langflix/Show season one episode one"


def rename_season(place):
    (place.media / "Show/Season 1").rename(place.media / "Show/Season 01")
    return place.media / "Show/Season 01/Shorts/langflix/Show season one episode one"


def replace(place):
    season = place.media / "Show/Season 1"
    data = (season / "Show.S01E01.mkv").read_bytes()
    (season / "Show.S01E01.mkv").unlink()
    (season / "Show.S01E01.en.srt").rename(season / "The.Show.S01E01.1080p.en.srt")
    (season / "The.Show.S01E01.1080p.mkv").write_bytes(data + bytes([0xEC, 0x81, 7]))
    # The name of the series is another one, too: it is known by its dialogue.
    return season / "Shorts/langflix/The Show season one episode one"


def check(place, name, change, cuts, every):
    def once(step):
        place.reset()
        home = change(place)

        def isThere(episode):
            manifest = home / "expressions.json"
            return (episode["state"] == "done" and episode["folder"] == str(home) and episode["clips"] > 0
                    and manifest.exists()
                    # It follows its clips a moment later.
                    and json.loads(manifest.read_text())["episode"]["file"] == pathlib.Path(episode["path"]).name)

        def run(step):
            daemon = place.start(step)
            if not place.wait(daemon, isThere):
                return False
            place.settle(daemon, cuts, reference)
            return place.stop(daemon)

        survived = run(step)
        if not survived:
            run(None)
        if len(json.loads(place.run("status", "--json").stdout)["episodes"]) != 1:
            raise Failure(f"{name}: there is more than one episode")
        return survived, place.picture(cuts)

    reference = None
    survived, reference = once(None)
    if not survived:
        raise Failure(f"{name}: killed without being asked to")
    kills, step = 0, 1
    while True:
        survived, files = once(step)
        if files != reference:
            for key in sorted(set(files) | set(reference)):
                if files.get(key) != reference.get(key):
                    print(f"  {key}: {reference.get(key)} before, {files.get(key)} now", file=sys.stderr)
            raise Failure(f"{name}: after a kill at step {step} the end is another one")
        if survived:
            break
        kills += 1
        step += every
    print(f"{name}: {kills} kills, {len(reference)} files, always the same end", flush=True)
    if every == 1 and kills == 0:
        raise Failure(f"{name}: no step was counted")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=1, help="kill at each Nth step only")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    root = pathlib.Path(tempfile.mkdtemp(prefix="lf-moves-"))
    place = Place(arguments.program, root)
    try:
        place.make()
        check(place, "a file is renamed", rename_file, False, arguments.every)
        check(place, "a file is moved", move_file, False, arguments.every)
        check(place, "a season is renamed", rename_season, False, arguments.every)
        check(place, "a better file", replace, True, arguments.every)
    except Failure as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        print((root / "log").read_text()[-4000:] if (root / "log").exists() else "", file=sys.stderr)
        return 1
    finally:
        if not arguments.keep:
            shutil.rmtree(root, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
