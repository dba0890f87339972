#!/usr/bin/env python3
"""Times the dashboard over a store of 2,000 episodes and 60,000 expressions, alone and beside 100 open event streams.

usage: dashboard.py LANGFLIX [--limit-ms 100]      exits with 1 where a page takes longer, or memory grows
"""

import argparse
import http.client
import json
import os
import pathlib
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

EPISODES, CLIPS, EXPRESSIONS = 2_000, 10, 3
STREAMS = 100
# What is kept for later, such as pages of the store, is there after the first ones; after that memory stays as it is.
ROUNDS = 5
WORDS = (pathlib.Path(__file__).resolve().parent.parent / "Demo/dead-air.txt").read_text().split()
PAGES = [
    "/", "/episodes", "/episodes?state=done&offset=1500", "/episodes?q=Show+17", "/episodes/1000", "/failures",
    "/history", "/libraries", "/budget", "/search", "/search?q=the", "/search?q=call+it", "/search?q=zzz",
    "/search?q=%E9%96%80", "/search?q=a&level=B2", "/settings", "/metrics", "/api/v1/overview",
    "/api/v1/episodes?limit=200", "/api/v1/expressions?q=out&limit=200",
]  # fmt: skip


def fill(store, media):
    """Rows as the daemon leaves them, and files that are what their rows say."""
    random.seed(7)
    database = sqlite3.connect(store)
    now = time.time()
    for number in range(1, EPISODES + 1):
        path = media / f"Show {number // 20}" / f"Show {number // 20} - S01E{number % 20:02} - Part.mkv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * (1_000 + number))
        facts = path.stat()
        folder = path.parent / "Shorts/langflix" / path.stem
        folder.mkdir(parents=True)
        state = "failed" if number % 40 == 0 else "done"
        database.execute(
            "INSERT INTO episode (id, library, fingerprint, origin, state, reason, size_bytes, probe, created_at,"
            " updated_at, folder) VALUES (?, 'tv', ?, 'news', ?, ?, ?, '{}', ?, ?, ?)",
            (number, f"f{number}", state, "it is damaged" if state == "failed" else None, facts.st_size,
             now - number * 60, now - number * 50, bytes(folder)))  # fmt: skip
        database.execute(
            "INSERT INTO location (path, episode_id, library, size_bytes, modified_ns) VALUES (?, ?, 'tv', ?, ?)",
            (bytes(path), number, facts.st_size, facts.st_mtime_ns))
        for step in range(3):
            database.execute(
                "INSERT INTO incident (episode_id, at, step, reason) VALUES (?, ?, 'cutting', ?)",
                (number, now - random.random() * 1e6, f"the disk was full, {step}"))
        for batch in range(10):
            database.execute(
                "INSERT INTO batch (episode_id, number, content_key, content, state, first_cue)"
                " VALUES (?, ?, ?, '{}', 'answered', ?)", (number, batch, f"{number}-{batch}", batch * 60))
        for clip in range(CLIPS):
            # Clips that are not there would be looked for, and made again.
            (folder / f"clip {clip}.mp4").write_bytes(b"x")
            cue = 1 + clip * 50
            content = {"context": {"firstCue": cue, "lastCue": cue + 3}, "start": 0, "end": 0, "alsoHere": [],
                       "expressions": [expression(cue) for _ in range(EXPRESSIONS)]}  # fmt: skip
            database.execute(
                "INSERT INTO clip (episode_id, number, state, content, file, facts, published_at)"
                " VALUES (?, ?, 'published', ?, ?, ?, ?)",
                (number, cue, json.dumps(content), f"clip {clip}.mp4",
                 json.dumps({"sizeBytes": 2_000_000, "durationS": 14.5, "leadInS": 1.2}), now))  # fmt: skip
    database.execute("INSERT INTO library VALUES ('tv', ?) ON CONFLICT DO UPDATE SET first_scan_at = ?", (now, now))
    database.commit()
    rows = database.execute("SELECT count(*) FROM expression").fetchone()[0]
    assert rows == EPISODES * CLIPS * EXPRESSIONS, rows
    database.close()


def expression(cue):
    phrase = " ".join(random.choices(WORDS, k=3))
    return {
        "phrase": phrase, "dictionaryForm": phrase, "partOfSpeech": "phrase", "wasMended": False, "examples": [],
        "meaning": " ".join(random.choices(WORDS, k=10)), "usefulness": 0.7,
        "spans": [{"cueNumber": cue, "start": 0, "end": 3}],
        "details": {"translation": "".join(random.choices("没门儿算了吧到此为止", k=6)), "similar": [],
                    "level": random.choice(["B1", "B2", "C1"])},
    }  # fmt: skip


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path)
    reply = connection.getresponse()
    body = reply.read()
    took = (time.perf_counter() - began) * 1_000
    assert reply.status == 200, f"{path}: {reply.status} {body[:200]}"
    return took, body


def time_pages(port, title):
    slow = 0
    print(f"\n{title}\n{'page':45} {'median':>8} {'95 %':>8} ms")
    for page in PAGES:
        times = sorted(get(port, page)[0] for _ in range(20))
        print(f"{page:45} {times[10]:8.1f} {times[18]:8.1f}")
        slow = max(slow, times[10])
    return slow


def memory(port):
    return float(re.search(rb"^process_resident_memory_bytes (\S+)", get(port, "/metrics")[1], re.M)[1]) / 1e6


class Stream(threading.Thread):
    """A browser that watches."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        self.events = 0

    def run(self):
        while data := self.socket.recv(1 << 16):
            self.events += data.count(b"event: sections")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--limit-ms", type=float, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lf-dashboard-") as name:
        folder = pathlib.Path(name)
        media, state = folder / "tv", folder / "state"
        media.mkdir()
        config = folder / "langflix.yaml"
        config.write_text(json.dumps({
            "libraries": {"tv": {"path": str(media)}}, "state_folder": str(state),
            "watch": {"settle_seconds": 0.2}, "dashboard": {"listen": "127.0.0.1:0"}}))  # fmt: skip
        command = [arguments.program.resolve(), "--config", config]
        subprocess.run([command[0], "status", *command[1:]], check=True, stdout=subprocess.DEVNULL)
        fill(state / "langflix.sqlite3", media)
        log = open(folder / "log", "wb")
        daemon = subprocess.Popen([command[0], "serve", *command[1:]], stdout=log, stderr=log, env=os.environ)
        try:
            return measure(command, media, arguments.limit_ms)
        except BaseException:
            sys.stderr.write((folder / "log").read_text()[-3000:])
            raise
        finally:
            daemon.terminate()
            daemon.wait()


def measure(command, media, limit):
    port = None
    while port is None:
        status = subprocess.run(
            [command[0], "status", "--json", *command[1:]], capture_output=True, check=False)
        url = json.loads(status.stdout).get("dashboard") if status.returncode == 0 else None
        port = int(url.rstrip("/").rsplit(":", 1)[1]) if url else None
    time_pages(port, "warming up")
    slow = time_pages(port, "alone")
    before = memory(port)
    streams = [Stream(port) for _ in range(STREAMS)]
    for stream in streams:
        stream.start()
    sizes = []
    for number in range(30):
        # Each of these fails, and is news.
        (media / f"New - S01E{number:02}.mkv").write_bytes(b"no video" * 100)
        time.sleep(1)
        sizes.append(memory(port))
    slow = max(slow, time_pages(port, f"beside {STREAMS} streams"))
    rounds = [memory(port)]
    for _ in range(ROUNDS):
        for page in PAGES * 20:
            get(port, page)
        rounds.append(memory(port))
    events = [stream.events for stream in streams]
    print(f"\nmemory: {before:.0f} MB before; with {STREAMS} streams {sizes[9]:.0f} MB after 10 s, {sizes[29]:.0f} MB "
          f"after 30 s; after each {len(PAGES) * 20} pages {', '.join(f'{size:.0f}' for size in rounds)} MB; each stream "
          f"had {min(events)} to {max(events)} events")  # fmt: skip
    grown = rounds[-1] - rounds[1]
    if slow > limit or grown > 5 or min(events) < 5:
        print(f"too much: {slow:.0f} ms for a page, {grown:.0f} MB more, {min(events)} events", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
