#!/usr/bin/env python3
"""Kills the daemon over and over while it works, and compares what comes of it with an undisturbed run.

usage: run.py LANGFLIX [--kills 200] [--seed N] [--keep]

The daemon counts its durable steps (each transaction and each rename, sync and removal of a file) and kills itself with
SIGKILL at the one that LANGFLIX_TEST_KILL_AT_STEP names, before or after it. A seeded plan chooses the steps, over the whole
length of an undisturbed run. When all episodes are done, a new library begins.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from model import Model  # noqa: E402

EPISODES = 3
CUES = 12
LIMIT_S = 120
WORDS = ["riddle", "puzzle", "secret", "recipe", "answer"]
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class Failure(Exception):
    pass


def clock(seconds):
    ms = int(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def make_sources(folder):
    folder.mkdir()
    video = folder / "video"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=128x72:r=12:d=60", "-f", "lavfi",
         "-i", "sine=440:d=60:r=16000", "-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt", "yuv420p",
         "-c:a", "aac", "-b:a", "24k", "-f", "matroska", str(video)], check=True)
    for number in range(1, EPISODES + 1):
        name = f"Show S01E0{number}"
        (folder / f"{name}.mkv").write_bytes(video.read_bytes() + bytes([0xEC, 0x81, number]))
        lines = []
        for cue in range(1, CUES + 1):
            start = 1 + (cue - 1) * 4.8
            uneven = ((cue ** 3 * 37 + cue * 11 + number * 7) % 53) / 106
            thing = ["it", "her", "this"][number - 1]
            lines.append(f"{cue}\n{clock(start + 4.8 * uneven)} --> {clock(start + 4.3)}\n"
                         f"They figured {WORDS[cue % 5]} number {NUMBERS[cue - 1]} of {thing} out again.\n")
        (folder / f"{name}.en.srt").write_text("\n".join(lines))
    video.unlink()


class Place:
    def __init__(self, root, sources, model):
        self.root, self.media, self.state = root, root / "media", root / "state"
        shutil.copytree(sources, self.media)
        self.state.mkdir()
        self.log = open(root / "log", "wb")
        self.model = model
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("LANGFLIX_")}
        self.environment.update({
            "LANGFLIX_MEDIA": str(self.media), "LANGFLIX_STATE_FOLDER": str(self.state),
            "LANGFLIX_WATCH_SETTLE_SECONDS": "0.05", "LANGFLIX_BACKLOG": "all",
            "LANGFLIX_DASHBOARD_ENABLED": "off", "LANGFLIX_LOG_FORMAT": "json",
            "LANGFLIX_EXTRACTION_PROVIDER": "openai", "LANGFLIX_PROVIDERS_OPENAI_BASE_URL": model.address,
            "LANGFLIX_PROVIDERS_OPENAI_API_KEY": "sk-kills", "LANGFLIX_PROVIDERS_OPENAI_MODEL": "test-model",
            "LANGFLIX_PROVIDERS_OPENAI_BATCH_CUES": "5", "LANGFLIX_PROVIDERS_OPENAI_LIMIT": "4",
            "LANGFLIX_LANGUAGES_TARGET": "es",
            # What is chosen must not depend on which episode was first.
            "LANGFLIX_SELECTION_REPEAT_AFTER_EPISODES": "0", "LANGFLIX_SELECTION_CLIPS": "200"})

    def start(self, program, step=None):
        environment = dict(self.environment)
        if step is not None:
            environment["LANGFLIX_TEST_KILL_AT_STEP"] = str(step)
        return subprocess.Popen([program, "serve"], env=environment, stdout=self.log, stderr=self.log)

    def is_done(self):
        """Read beside the daemon: the store is WAL."""
        try:
            store = sqlite3.connect(f"file:{self.state / 'langflix.sqlite3'}?mode=ro", uri=True, timeout=5)
            rows = store.execute("SELECT state, count(*) FROM episode GROUP BY state").fetchall()
            store.close()
        except sqlite3.Error:
            return False
        counts = dict(rows)
        if counts.get("failed"):
            raise Failure(f"an episode failed: {counts}")
        return counts == {"done": EPISODES}

    def run(self, program, step=None):
        """Until all is done (True) or it died of the step (False)."""
        daemon = self.start(program, step)
        deadline = time.monotonic() + LIMIT_S
        try:
            while daemon.poll() is None:
                if self.is_done():
                    daemon.send_signal(signal.SIGTERM)
                    daemon.wait(60)
                    if daemon.returncode == -signal.SIGKILL:
                        return False  # at one of the last steps
                    # It may not have come to listen for signals yet.
                    if daemon.returncode not in (0, -signal.SIGTERM):
                        raise Failure(f"stopped with {daemon.returncode}")
                    return True
                if time.monotonic() > deadline:
                    raise Failure(f"no end after {LIMIT_S} s")
                time.sleep(0.02)
        finally:
            if daemon.poll() is None:
                daemon.kill()
                daemon.wait()
        if daemon.returncode != -signal.SIGKILL:
            raise Failure(f"ended by itself with {daemon.returncode}")
        return False

    def published(self):
        """Every file beside the sources, with what must be the same in any run."""
        files = {}
        for path in sorted(self.media.rglob("*")):
            name = str(path.relative_to(self.media))
            if path.is_dir():
                files[name] = "folder"
            elif path.name == "expressions.json":
                manifest = json.loads(path.read_text())
                manifest.pop("made_at")
                manifest.pop("extractor")  # it names the server's port
                for batch in manifest.get("batches", []):
                    batch.pop("content_key", None)  # it holds the extractor's name, and that the port
                    for name in ("created_at", "extractor"):
                        (batch.get("answer") or {}).pop(name, None)
                for group in manifest["groups"]:
                    for expression in group["expressions"] + group["also_here"]:
                        expression.pop("score", None)  # how rare a word is depends on the other episodes
                files[name] = json.dumps(manifest, sort_keys=True)
            elif path.suffix == ".apkg":
                files[name] = "deck"  # it holds times of change
            else:
                files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return files

    def check_store(self):
        store = sqlite3.connect(self.state / "langflix.sqlite3")
        problems = store.execute("PRAGMA integrity_check").fetchall() + store.execute("PRAGMA foreign_key_check").fetchall()
        store.close()
        if problems != [("ok",)]:
            raise Failure(f"the store: {problems}")


def steps_of(place):
    """How many steps an undisturbed run had: its last log line tells."""
    for line in reversed((place.root / "log").read_text().splitlines()):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        text = json.dumps(entry)
        if "durable steps" in text:
            return int(next(v for k, v in flat(entry) if k == "steps"))
    raise Failure("the daemon told no number of durable steps; was it built with them?")


def flat(entry):
    for key, value in entry.items():
        if isinstance(value, dict):
            yield from flat(value)
        else:
            yield key, value


def differences(found, wanted):
    return [f"{name}: {'missing' if name not in found else 'left over' if name not in wanted else 'differs'}"
            for name in sorted(found.keys() | wanted.keys()) if found.get(name) != wanted.get(name)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--keep", action="store_true")
    options = options.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    work = pathlib.Path(tempfile.mkdtemp(prefix="lf-kills-"))
    plan = random.Random(options.seed)
    print(f"seed {options.seed}, in {work}", flush=True)
    make_sources(work / "sources")
    passed = failed = kills = rounds = most = 0
    try:
        quiet = Place(work / "quiet", work / "sources", Model())
        quiet.environment["LANGFLIX_TEST_COUNT_STEPS"] = "1"
        quiet.run(program)
        wanted, steps = quiet.published(), steps_of(quiet)
        if max(quiet.model.asked.values(), default=0) != 1:
            raise Failure(f"the undisturbed run asked twice, or nothing: {quiet.model.asked}")
        print(f"undisturbed: {steps} durable steps, {len(quiet.model.asked)} questions, {len(wanted)} files", flush=True)
        while kills < options.kills:
            rounds += 1
            place = Place(work / f"round{rounds}", work / "sources", Model())
            here, began = 0, time.monotonic()
            while kills + here < options.kills:
                # Most of a run's steps come early again after a start: both near and far ones are chosen.
                step = plan.randrange(1, steps if plan.random() < 0.5 else max(2, steps // 6))
                if place.run(program, step):
                    break
                here += 1
            place.run(program)
            kills += here
            asked = place.model.asked
            again = sum(asked.values()) - len(quiet.model.asked)
            problems = differences(place.published(), wanted)
            place.check_store()
            if set(asked) != set(quiet.model.asked):
                problems.append(f"{len(asked)} different questions instead of {len(quiet.model.asked)}")
            # What was in flight at a kill is asked again, and nothing else.
            if again > 4 * here or max(asked.values()) > here + 1:
                problems.append(f"asked {again} times more, at {here} kills")
            most = max(most, again)
            print(f"{'FAILED' if problems else 'ok'} round {rounds}: {here} kills, {again} asked again, "
                  f"{time.monotonic() - began:.0f} s", *problems[:20], sep="\n  " if problems else " ", flush=True)
            passed, failed = passed + (not problems), failed + bool(problems)
            if not problems:
                shutil.rmtree(place.root)
            if here == 0 and rounds > 20 and kills == 0:
                raise Failure("nothing was killed")
        print(f"{kills} kills in {rounds} rounds")
    except Failure as failure:
        failed += 1
        print(f"FAILED round {rounds}, seed {options.seed}: {failure}; its files are in {work}", flush=True)
    if failed == 0 and not options.keep:
        shutil.rmtree(work)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
