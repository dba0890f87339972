#!/usr/bin/env python3
"""Times the watcher next to inotifywait with find, and to Python's watchdog and watchfiles, in the same run.

usage: library.py LIBRARY_BENCHMARK_PROGRAM [--files N ...] [--rounds N] [--idle SECONDS] [--folder FOLDER]

On trees of empty videos, ten to a folder, every tenth with subtitles beside it: from the start of a process until it
knows all files and watches all folders, its memory then, the time from the close of a file until it is noticed, and a
burst of 10,000 files of which none may be missed.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FILES_IN_A_FOLDER = 10
BURST = 10_000


def make_tree(folder, files):
    for number in range(0, files, FILES_IN_A_FOLDER):
        season = f"{folder}/Show {number // 1000}/Season {number // FILES_IN_A_FOLDER % 100}"
        os.makedirs(season)
        for episode in range(FILES_IN_A_FOLDER):
            name = "srt" if episode == 9 else "mkv"
            os.close(os.open(f"{season}/Show - {number + episode} - Title.{name}", os.O_CREAT | os.O_WRONLY, 0o644))


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def time_find(folder):
    began = time.monotonic()
    subprocess.run(["find", folder, "-printf", "%p\t%s\t%T@\n"], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


class Langflix:
    def __init__(self, program, folder, *options):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [program, folder, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.seen = self.answer()
        self.seconds = time.monotonic() - began
        self.kib = self.seen["kib"]

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self.answer()

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def time_inotifywait(folder):
    """What a shell script would do: find for what is there, inotifywait for what comes."""
    began = time.monotonic()
    watcher = subprocess.Popen(
        ["inotifywait", "-m", "-r", "-e", "close_write,moved_to", folder], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    for line in watcher.stderr:
        if line.startswith("Watches established"):
            break
    time_find(folder)
    seconds = time.monotonic() - began
    kib = resident_kib(watcher.pid)
    watcher.terminate()
    watcher.wait()
    return seconds, kib


# Each Python watcher runs in a process of its own, as this same program with its name in front.

def serve_watchdog(folder):
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer

    closed = {}
    came = threading.Condition()

    class Handler(FileSystemEventHandler):
        def on_closed(self, event):
            with came:
                closed[event.src_path] = time.monotonic()
                came.notify()

    observer = Observer()
    observer.schedule(Handler(), folder, recursive=True)
    observer.start()
    serve(folder, closed, came)
    observer.stop()


def serve_watchfiles(folder):
    import watchfiles

    closed = {}
    came = threading.Condition()
    stop = threading.Event()
    ready = threading.Event()

    def follow():
        # Its shortest times; its own are 1,600 ms and 50 ms.
        for changes in watchfiles.watch(
                folder, debounce=50, step=1, stop_event=stop, rust_timeout=100, yield_on_timeout=True,
                watch_filter=None):
            ready.set()
            with came:
                for _, path in changes:
                    closed[path] = time.monotonic()
                came.notify()

    threading.Thread(target=follow, daemon=True).start()
    ready.wait()
    serve(folder, closed, came)
    stop.set()


def serve(folder, closed, came):
    list_all(folder)
    print(json.dumps({"kib": resident_kib(os.getpid())}), flush=True)
    for line in sys.stdin:
        request, count = line.split()
        if request == "latency":
            answer = {"microseconds": [latency(f"{folder}/py {n}.mkv", closed, came) for n in range(int(count))]}
        else:
            answer = burst(f"{folder}/pyburst", int(count), closed, came)
        print(json.dumps(answer), flush=True)


def list_all(folder):
    """The files that were there before: none of them tells of these."""
    seen = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            info = os.stat(f"{parent}/{name}")
            seen[f"{parent}/{name}"] = (info.st_size, info.st_mtime_ns)
    return seen


def latency(path, closed, came):
    file = open(path, "wb")
    time.sleep(0.002)
    file.write(b"\x1a\x45\xdf\xa3")
    with came:
        closed.pop(path, None)
    file.close()
    done = time.monotonic()
    with came:
        came.wait_for(lambda: path in closed, timeout=10)
        return max(0, (closed.get(path, done + 10) - done) * 1e6)


def burst(folder, count, closed, came):
    began = time.monotonic()
    os.makedirs(folder)
    paths = [f"{folder}/{number}.mkv" for number in range(count)]
    for path in paths:
        with open(path, "wb") as file:
            file.write(b"\x1a\x45\xdf\xa3")
    limit = time.monotonic() + 20
    with came:
        came.wait_for(lambda: all(path in closed for path in paths) or time.monotonic() > limit, timeout=20)
        missed = sum(path not in closed for path in paths)
    return {"missed": missed, "seconds": time.monotonic() - began}


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure_others(folder, rounds):
    rows = {}
    for name in ["watchdog", "watchfiles"]:
        readies = []
        for number in range(rounds):
            other = Langflix(sys.executable, __file__, "--serve", name, folder)
            readies.append(other.seconds)
            if number < rounds - 1:
                other.end()
        latencies = other.ask("latency 200")["microseconds"]
        drop = other.ask(f"burst {BURST}")
        rows[name] = (statistics.median(readies), other.kib, latencies, drop)
        other.end()
        clean(folder)
    return rows


def clean(folder):
    for name in os.listdir(folder):
        path = f"{folder}/{name}"
        if name in ("burst", "pyburst"):
            shutil.rmtree(path)
        elif not os.path.isdir(path):
            os.unlink(path)


def show(name, seconds, kib=None, latencies=None, drop=None):
    line = f"  {name:<28}{seconds * 1000:>9.0f} ms"
    line += f"{kib / 1024:>9.1f} MiB" if kib else " " * 13
    if latencies:
        line += f"{percentile(latencies, .5) / 1000:>9.3f}{percentile(latencies, .99) / 1000:>9.3f} ms"
    if drop:
        line += f"   missed {drop['missed']:>5}, {drop['seconds']:.1f} s"
    print(line, flush=True)


def main():
    if sys.argv[1:2] == ["--serve"]:
        return {"watchdog": serve_watchdog, "watchfiles": serve_watchfiles}[sys.argv[2]](sys.argv[3])
    options = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    options.add_argument("program")
    options.add_argument("--files", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--idle", type=int, default=300)
    options.add_argument("--folder")
    options = options.parse_args()
    for files in options.files:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            make_tree(folder, files)
            print(f"{files} files: start to ready, memory, close to noticed (p50, p99), burst of {BURST}")
            rounds = range(options.rounds)
            show("find -printf", statistics.median(time_find(folder) for _ in rounds))
            if shutil.which("inotifywait"):
                times = [time_inotifywait(folder) for _ in rounds]
                show("inotifywait -m -r, find", statistics.median(t[0] for t in times), times[-1][1])
            for name, flags in [("langflix, first scan", ["--first"]), ("langflix, all known", [])]:
                times = []
                for number in rounds:
                    last = Langflix(options.program, folder, *flags)
                    times.append(last.seconds)
                    if number < options.rounds - 1:
                        last.end()
                seconds = statistics.median(times)
                if flags:
                    last.end()
                    show(name, seconds, last.kib)
                    continue
                if files == max(options.files) and options.idle:
                    before = last.ask("usage")["cpu_ms"]
                    time.sleep(options.idle)
                    spent = last.ask("usage")["cpu_ms"] - before
                    print(f"  idle for {options.idle} s: {spent} ms of processor time")
                show(name, seconds, last.kib, last.ask("latency 200")["microseconds"], last.ask(f"burst {BURST}"))
                last.end()
                clean(folder)
            for name, row in measure_others(folder, options.rounds).items():
                show(name + ", os.walk", *row)


if __name__ == "__main__":
    main()
