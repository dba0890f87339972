"""Has the vendors' own Python clients judge both sides of the four LLM protocols.

    vendor_clients.py prove-server ORIGIN
        Each client talks to the test server: answers parse into the client's types, errors raise
        the client's errors. The name of the model says how the server is to behave.
    vendor_clients.py parse-requests FILE.json
        Recorded requests: the request types of the clients' packages take them, and the client
        itself, given the same values, sends the same path and body.
    vendor_clients.py versions

One line for each check. Exit status: 0 all passed, 1 some failed, 2 wrong usage.
"""

import http.server
import importlib.metadata
import json
import os
import sys
import threading

# No proxy, key or address of the person who runs this; no files beside the sources.
for name in list(os.environ):
    if name.lower().endswith("_proxy") or name.startswith(
        ("OPENAI_", "ANTHROPIC_", "GOOGLE_", "GEMINI_", "OLLAMA_")
    ):
        del os.environ[name]

sys.dont_write_bytecode = True

from clients import request_types, wire  # noqa: E402
from clients.checks import Checks, expect  # noqa: E402
from clients.prove_anthropic import prove_anthropic  # noqa: E402
from clients.prove_gemini import prove_gemini  # noqa: E402
from clients.prove_ollama import prove_ollama  # noqa: E402
from clients.prove_openai import prove_openai  # noqa: E402

PACKAGES = {
    "openai": "openai",
    "anthropic": "anthropic",
    "gemini": "google-genai",
    "ollama": "ollama",
}


def parse_requests(checks, file):
    with open(file, encoding="utf-8") as stream:
        requests = json.load(stream)
    expect(requests, "there are no requests in the file")
    request_types.forbid_extras("openai")
    request_types.forbid_extras("anthropic")
    judges = {
        "openai": request_types.judge_openai,
        "anthropic": request_types.judge_anthropic,
        "gemini": request_types.judge_gemini,
        "ollama": request_types.judge_ollama,
    }
    catcher = http.server.ThreadingHTTPServer(("127.0.0.1", 0), wire.Catcher)
    threading.Thread(target=catcher.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{catcher.server_address[1]}"
    for number, request in enumerate(requests, 1):
        vendor = request["vendor"]
        if vendor not in judges:
            checks.run(f"request {number}", expect, False, f"no vendor knows {request['path']}")
            continue
        package = PACKAGES[vendor]
        name = f"request {number} ({vendor}), {package} {importlib.metadata.version(package)}"
        checks.run(f"{name}: its types take it", judges[vendor], request["body"])
        checks.run(f"{name}: its client sends the same", wire.judge_wire, origin, vendor, request)
    catcher.shutdown()


def versions():
    for package in PACKAGES.values():
        print(f"{package} {importlib.metadata.version(package)}")


def main(arguments):
    checks = Checks()
    if arguments == ["versions"]:
        versions()
    elif len(arguments) == 2 and arguments[0] == "prove-server":
        versions()
        for prove in (prove_openai, prove_anthropic, prove_gemini, prove_ollama):
            prove(checks, arguments[1].rstrip("/"))
    elif len(arguments) == 2 and arguments[0] == "parse-requests":
        parse_requests(checks, arguments[1])
    else:
        print(__doc__, file=sys.stderr)
        return 2
    print(f"{checks.failed} checks failed" if checks.failed else "all checks passed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
