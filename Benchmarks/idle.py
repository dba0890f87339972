#!/usr/bin/env python3
"""What an idle daemon takes: processor time and memory, over a library that was scanned and in which nothing happens.

usage: idle.py LANGFLIX [--files 10000] [--seconds 300]

Prints one JSON object. Most of what is resident are pages of the program and its libraries, which others share and the
kernel can take back; what the daemon allocated is its own memory. The processor time is the daemon's own, as /proc/PID/stat counts it, so that other work on the
machine matters little.
"""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

FOLDER_OF = 50
SETTLE_S = 15
LIMIT_S = 300


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid, name):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return round(int(line.split()[1]) / 1024, 1)
    raise SystemExit(f"the kernel tells no {name}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lf-idle-") as root:
        root = pathlib.Path(root)
        media, state = root / "media", root / "state"
        state.mkdir()
        for number in range(options.files):
            folder = media / f"Show {number // FOLDER_OF}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"Show S01E{number % FOLDER_OF:02}.mkv").write_bytes(b"x" * 16)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LANGFLIX_")}
        environment.update(
            LANGFLIX_MEDIA=str(media), LANGFLIX_STATE_FOLDER=str(state), LANGFLIX_BACKLOG="none",
            LANGFLIX_DASHBOARD_LISTEN="127.0.0.1:0")
        with open(root / "log", "wb") as log:
            daemon = subprocess.Popen([options.program, "serve"], env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + LIMIT_S
            while True:
                if daemon.poll() is not None or time.monotonic() > deadline:
                    sys.exit("no idle daemon: " + (root / "log").read_text()[-2000:])
                status = subprocess.run(
                    [options.program, "status", "--json"], env=environment, capture_output=True, check=False)
                if status.returncode == 0 and json.loads(status.stdout)["backlog"]["episodes"] == options.files:
                    break
                time.sleep(0.2)
            time.sleep(SETTLE_S)
            before, began = processor_seconds(daemon.pid), time.monotonic()
            time.sleep(options.seconds)
            seconds = time.monotonic() - began
            used = processor_seconds(daemon.pid) - before
            print(json.dumps({
                "files": options.files, "seconds": round(seconds, 1), "processor_s": round(used, 2),
                "percent_of_a_core": round(100 * used / seconds, 3),
                "own_memory_mib": memory_mib(daemon.pid, "RssAnon"), "resident_mib": memory_mib(daemon.pid, "VmRSS"),
                "most_resident_mib": memory_mib(daemon.pid, "VmHWM")},
                indent=2))
        finally:
            if daemon.poll() is None:
                daemon.send_signal(signal.SIGTERM)
                daemon.wait(60)


if __name__ == "__main__":
    main()
