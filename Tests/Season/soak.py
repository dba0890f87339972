#!/usr/bin/env python3
"""Has the daemon do steady small work, and looks whether it grows.

usage: soak.py LANGFLIX [--minutes N] [--every SECONDS]

Another short episode is dropped every few seconds, a folder for each season of 25. Memory of the daemon's own (of the
pages of programs and libraries, which it shares and the kernel can take back, it keeps more), all that is resident, open
files, threads and SQLite's write-ahead log are sampled once a second; the first quarter is warming up, in which SQLite's
caches fill. Prints the slope of each by least squares, and 'N passed, N failed' at the end.
"""

import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import episodes  # noqa: E402, beside this file

# What an allocator keeps moves a little; a leak of a page for each episode would show.
# Of about twenty threads, libdispatch's pool takes and leaves two or three.
MOST_GROWTH = {"own_memory_kb": 0.10, "resident_kb": 0.05, "files": 0.05, "threads": 0.15}
EPISODES_OF_SEASON = 25
MOST_LOG_BYTES = 64 << 20


def sample(process, state):
    status = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines())
    log = state / "langflix.sqlite3-wal"
    return {
        "own_memory_kb": int(status["RssAnon"].split()[0]), "resident_kb": int(status["VmRSS"].split()[0]), "threads": int(status["Threads"]),
        "files": len(os.listdir(f"/proc/{process}/fd")), "log_bytes": log.stat().st_size if log.exists() else 0}


def slope(points):
    """Of (x, y) by least squares."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread, mean_y


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--every", type=float, default=5)
    options = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="langflix-soak-"))
    media, state = work / "media", work / "state"
    media.mkdir()
    film = work / "film.mkv"
    episodes.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=12:d=60", "-f", "lavfi", "-i", "sine=330:d=60", "-c:v",
                    "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt", "yuv420p", "-c:a", "aac", film)
    (work / "langflix.yaml").write_text(
        f"state_folder: {state}\nlibraries:\n  tv:\n    path: {media}\nwatch:\n  settle_seconds: 0.5\n"
        "selection:\n  repeat_after_episodes: 0\nlog:\n  level: warning\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LANGFLIX_")}
    arguments = ["--config", str(work / "langflix.yaml")]
    with (work / "log").open("wb") as log:
        daemon = subprocess.Popen(
            [options.program.absolute(), "serve", *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env=environment)
    samples, number, begin = [], 0, time.monotonic()
    next_drop = begin + 2
    failed = 0

    def expect(what, holds, seen=""):
        nonlocal failed
        failed += not holds
        print("ok   " if holds else "FAIL ", what, seen, flush=True)

    while time.monotonic() - begin < options.minutes * 60:
        if daemon.poll() is not None:
            break
        if time.monotonic() >= next_drop:
            next_drop += options.every
            number += 1
            season, episode = divmod(number - 1, EPISODES_OF_SEASON)
            folder = media / f"Season {season + 1}"
            folder.mkdir(exist_ok=True)
            name = f"Puddle Soak - S{season + 1:02}E{episode + 1:02}"
            (folder / f"{name}.en.srt").write_text(episodes.subrip(episodes.made_up(1, number)))
            # A Void element at the end makes another fingerprint.
            filler = number.to_bytes(8, "big")
            (folder / f".{name}").write_bytes(film.read_bytes() + b"\xec\x88" + filler)
            (folder / f".{name}").rename(folder / f"{name}.mkv")
        samples.append((time.monotonic() - begin, sample(daemon.pid, state)))
        time.sleep(1)
    expect("it runs at the end", daemon.poll() is None, (work / "log").read_text()[-2000:])
    time.sleep(10)
    listed = subprocess.run([options.program.absolute(), "status", "--json", *arguments], capture_output=True, text=True,
                            env=environment, check=False).stdout
    done = listed.count('"state" : "done"')
    expect(f"{number} episodes were dropped, and are done", done == number, f"{done} are")
    daemon.send_signal(signal.SIGTERM)
    expect("it ends when it is told to", daemon.wait(60) == 0)
    steady = samples[len(samples) // 4:]
    for name, most in MOST_GROWTH.items():
        per_second, mean = slope([(at, s[name]) for at, s in steady])
        growth = per_second * (steady[-1][0] - steady[0][0]) / mean
        expect(f"{name} stays flat", growth <= most,
               f"(mean {mean:,.0f}, {per_second * 3600:+,.1f} an hour, {growth:+.1%} in {steady[-1][0] - steady[0][0]:.0f} s)")
    most = max(s["log_bytes"] for _, s in steady)
    expect("the write-ahead log stays small", most <= MOST_LOG_BYTES, f"(at most {most:,} bytes)")
    print(f"{4 + len(MOST_GROWTH) - failed} passed, {failed} failed")
    shutil.rmtree(work)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
