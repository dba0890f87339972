#!/usr/bin/env python3
"""Stands between the program and a model's server, and does what networks and vendors do.

usage: faulty.py UPSTREAM FOLDER [SEED]

Forwards POSTs to UPSTREAM ('http://127.0.0.1:PORT'). Of ten requests one gets 429 with Retry-After, one 500, one is
dropped before and one within the answer. While FOLDER/gone exists nobody can connect. FOLDER/port gets the port;
FOLDER/requests a line of JSON for each request: {"key", "body" (its SHA-256), "outcome"}.
"""

import hashlib
import http.server
import json
import pathlib
import random
import sys
import threading
import time
import urllib.error
import urllib.request

UPSTREAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
CHANCE = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
LOCK = threading.Lock()
TIME_LIMIT_S = 600


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def record(self, body, outcome):
        with LOCK, (FOLDER / "requests").open("a", encoding="utf-8") as file:
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            file.write(json.dumps({"key": key, "body": hashlib.sha256(body).hexdigest(), "outcome": outcome}) + "\n")

    def drop(self):
        self.close_connection = True
        self.connection.close()

    def answer(self, status, data, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):  # noqa: N802, the library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with LOCK:
            fault = CHANCE.random()
        if fault < 0.1:
            self.record(body, "429")
            error = json.dumps({"error": {"message": "too many requests", "code": "rate_limit_exceeded"}}).encode()
            return self.answer(429, error, [("Retry-After", "2")])
        if fault < 0.2:
            self.record(body, "500")
            return self.answer(500, b'{"error": {"message": "overloaded"}}')
        if fault < 0.3:
            self.record(body, "dropped")
            return self.drop()
        request = urllib.request.Request(
            UPSTREAM + self.path, body, {"Content-Type": "application/json"}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIME_LIMIT_S) as reply:
                status, data = reply.status, reply.read()
        except urllib.error.HTTPError as error:
            status, data = error.code, error.read()
        except OSError:
            # The server is being restarted.
            self.record(body, "unreachable")
            return self.drop()
        if fault < 0.4:
            self.record(body, "cut off")
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[:len(data) // 2])
            self.wfile.flush()
            return self.drop()
        if (FOLDER / "gone").exists():
            self.record(body, "gone")
            return self.drop()
        # It is answered once it has been written: the program may have been killed meanwhile.
        try:
            self.answer(status, data)
            self.record(body, str(status))
        except OSError:
            self.record(body, "nobody listened")

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """The program was killed while it was spoken to."""

    def service_actions(self):
        if (FOLDER / "gone").exists():
            raise ConnectionAbortedError


def main():
    port = 0
    while True:
        server = Server(("127.0.0.1", port), Handler)
        port = server.server_port
        (FOLDER / "port").write_text(f"{port}\n", encoding="utf-8")
        try:
            server.serve_forever(poll_interval=0.1)
        except ConnectionAbortedError:
            server.server_close()
        while (FOLDER / "gone").exists():
            time.sleep(0.1)


main()
