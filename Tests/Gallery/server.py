"""Serves a folder as the daemon does: with ranges, a policy, and what the page needs to mark what is known."""

import html
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TOKEN = 'a"token<&>'
TYPES = {".html": "text/html; charset=utf-8", ".mp4": "video/mp4", ".jpg": "image/jpeg", ".m4a": "audio/mp4"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        site = self.server.site
        path = unquote(urlsplit(self.path).path).lstrip("/")
        file = (site.root / path).resolve()
        if not file.is_relative_to(site.root.resolve()) or not file.is_file():
            return self.answer(404)
        body = file.read_bytes()
        headers = {"Content_Type": TYPES.get(file.suffix, "application/octet-stream")}
        if file.suffix == ".html":
            attributes = f'data-api="{site.api}" data-csrf="{html.escape(TOKEN)}"'
            body = body.replace(b'<body data-api="" data-csrf="">', f"<body {attributes}>".encode(), 1)
            headers["Content_Security_Policy"] = site.policy
            return self.answer(200, body, **headers)
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not wanted:
            return self.answer(200, body, Accept_Ranges="bytes", **headers)
        first = int(wanted[1])
        last = min(int(wanted[2] or len(body) - 1), len(body) - 1)
        part = body[first : last + 1]
        return self.answer(
            206, part, Accept_Ranges="bytes", Content_Range=f"bytes {first}-{last}/{len(body)}", **headers)  # fmt: skip

    def do_POST(self):
        site = self.server.site
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.headers.get("X-CSRF-Token") != TOKEN:
            return self.answer(403)
        site.posts.append((self.path, json.loads(body)))
        return self.answer(site.status)


class Site:
    """A server on a port of its own for as long as the block lasts."""

    def __init__(self, root, policy, api="/api/v1"):
        self.root, self.policy, self.api = Path(root), policy, api
        self.posts, self.status = [], 204
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.site = self

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def address(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{path}"
