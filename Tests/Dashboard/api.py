#!/usr/bin/env python3
"""Holds the running server against docs/openapi.yaml, with schemathesis, and its metrics against docs/metrics.md.

usage: api.py LANGFLIX     (in the environment of Tests/Dashboard/api-requirements.txt)
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOKEN = "of-the-api-tests"
# Wrong tokens slow everybody at the address down, as they should; DashboardTests sees to that.
EXCLUDED = "ignored_auth"


def get(url):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})
    return urllib.request.urlopen(request, timeout=30).read()


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="lf-api-") as name:
        folder = pathlib.Path(name)
        media = folder / "tv"
        media.mkdir()
        config = folder / "langflix.yaml"
        config.write_text(json.dumps({
            "libraries": {"tv": {"path": str(media)}}, "state_folder": str(folder / "state"),
            "watch": {"settle_seconds": 0.2},
            "dashboard": {"listen": "127.0.0.1:0", "token_file": str(folder / "token")}}))  # fmt: skip
        (folder / "token").write_text(TOKEN)
        (folder / "token").chmod(0o600)
        for number in range(5):
            (media / f"Broken - S01E0{number}.mkv").write_bytes(b"no video" * 500)
        subprocess.run(
            [ROOT / "Scripts/make-episode.sh", media, "Radio Puddle - S01E01"], check=True, stdout=subprocess.DEVNULL)
        command = [program, "status", "--json", "--config", config]
        with open(folder / "log", "wb") as log:
            daemon = subprocess.Popen([program, "serve", "--config", config], stdout=log, stderr=log)
            try:
                return check(command)
            finally:
                daemon.terminate()
                daemon.wait()
                sys.stderr.write((folder / "log").read_text()[-2000:])


def check(command):
    status = {}
    deadline = time.monotonic() + 120
    while not status.get("dashboard") or status["counts"].get("done", 0) < 1:
        assert time.monotonic() < deadline, f"the daemon is not ready: {status}"
        found = subprocess.run(command, capture_output=True, check=False)
        status = json.loads(found.stdout) if found.returncode == 0 else {}
        time.sleep(0.2)
    url = status["dashboard"].rstrip("/")
    assert json.loads(get(f"{url}/api/v1/expressions"))["total"] > 0
    metrics = subprocess.run(
        [ROOT / "Scripts/check-metrics.py", "-"], input=get(f"{url}/metrics"), check=False).returncode
    api = subprocess.run(
        [pathlib.Path(sys.executable).parent / "schemathesis", "run", ROOT / "docs/openapi.yaml", "--url", url,
         "-H", f"Authorization: Bearer {TOKEN}", "--exclude-checks", EXCLUDED, "--phases", "examples,coverage,fuzzing",
         "--max-examples", "40", "--seed", "7", "--no-color"], check=False).returncode  # fmt: skip
    return 1 if metrics or api else 0


if __name__ == "__main__":
    sys.exit(main())
