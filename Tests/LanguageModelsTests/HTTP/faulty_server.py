#!/usr/bin/env python3
"""A server on the loopback that answers rightly or wrongly, as the path of the URL says.

usage: faulty_server.py plain | tls CERT KEY | h2 CERT KEY | rude | full
"rude" closes each connection after its first bytes; "full" answers no connection.

Says on standard output, a line each: "port N" first, then what it sees ("connection 3",
"request GET /echo", "waiting /hang", "gone /hang"). Ends when its standard input is closed.
"""

import gzip
import os
import select
import socket
import ssl
import struct
import sys
import threading
import time
import zlib

PATIENCE = 60  # seconds, for a client that never does what its test wants
counter = {"connections": 0}
lock = threading.Lock()


def tell(line):
    with lock:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Connection:
    def __init__(self, raw, number):
        self.socket = raw
        self.number = number
        self.input = raw.makefile("rb")

    def run(self):
        if self.input.peek(1)[:1] == b"\x16":  # TLS, answered as usual servers do
            self.input.read1(4096)
            self.reply(400, b"plain HTTP only")
            return
        while True:
            line = self.input.readline().decode("latin-1").strip()
            if not line:
                return
            method, target, _ = line.split(" ", 2)
            headers = []
            while True:
                line = self.input.readline().decode("latin-1").rstrip("\r\n")
                if not line:
                    break
                name, value = line.split(":", 1)
                headers.append((name, value.strip()))
            fields = {name.lower(): value for name, value in headers}
            body = self.input.read(int(fields.get("content-length", "0")))
            path = target.split("?")[0]
            tell(f"request {method} {path}")
            if not self.answer(method, target, path, headers, body):
                return

    def send(self, data):
        self.socket.sendall(data)

    def reply(self, status=200, body=b"", headers=()):
        lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        return True

    def begin_chunks(self, headers=""):
        self.send(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{headers}\r\n".encode())

    def chunk(self, data):
        if data:  # an empty one would end the body
            self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def wait_until_gone(self, path):
        """Waits for the client to close, and tells both."""
        tell(f"waiting {path}")
        try:
            ready, _, _ = select.select([self.socket], [], [], PATIENCE)
            is_gone = bool(ready) and not self.socket.recv(1)
        except OSError:
            is_gone = True
        tell(f"gone {path}" if is_gone else f"stayed {path}")
        return False

    def send_until_gone(self, path, make):
        end = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < end:
                self.chunk(make())
        except OSError:
            tell(f"gone {path}")
        return False

    def answer(self, method, target, path, headers, body):
        word = path.strip("/").split("/")
        if target.startswith("http://"):
            return self.reply(body=f"proxied {target}".encode())
        if method == "CONNECT":
            return self.reply(403, b"no")
        if word[0] == "echo":
            seen = [("X-Method", method), ("X-Target", target), ("X-Connection", self.number)]
            return self.reply(body=body, headers=seen + [("X-Got-" + n, v) for n, v in headers])
        if word[0] == "head":
            self.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nX-Method: HEAD\r\n\r\n")
            return True
        if word[0] == "count":
            return self.reply(body=str(counter["connections"]).encode())
        if word[0] == "status":
            seen = [("Retry-After", "7"), ("X-Empty", ""), ("x-twice", "one"), ("X-Twice", "two")]
            return self.reply(int(word[1]), f"status {word[1]}".encode(), seen)
        if word[0] == "redirect":
            return self.reply(302, b"elsewhere", [("Location", "/echo")])
        if word[0] == "interim":
            self.send(b"HTTP/1.1 103 Early Hints\r\nLink: <early>\r\n\r\n")
            return self.reply(body=b"final", headers=[("X-Final", "yes")])
        if word[0] == "drop":
            return False
        if word[0] == "drop-inside":
            self.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789")
            return False
        if word[0] == "drop-chunked":
            self.begin_chunks()
            self.chunk(b"0123456789")
            return False
        if word[0] == "drop-later":
            # Answers as one that keeps the connection, and closes it all the same.
            self.reply(body=b"kept?")
            return False
        if word[0] == "garbage":
            self.send(b"SSH-2.0-OpenSSH_9.2\r\n")
            return False
        if word[0] == "late":
            time.sleep(float(word[1]))
            return self.reply(body=b"late")
        if word[0] == "blank":
            # Blanks keep the connection alive while the answer is thought about.
            self.begin_chunks()
            for _ in range(int(word[1])):
                self.chunk(b"\n")
                time.sleep(0.5)
            self.chunk(b"{}")
            self.send(b"0\r\n\r\n")
            return True
        if word[0] == "drip":
            def slow():
                time.sleep(0.1)
                return b"x"
            self.begin_chunks()
            return self.send_until_gone(path, slow)
        if word[0] == "stall":
            self.begin_chunks()
            self.chunk(b"0123456789")
            return self.wait_until_gone(path)
        if word[0] == "hang":
            return self.wait_until_gone(path)
        if word[0] == "endless":
            self.begin_chunks()
            return self.send_until_gone(path, lambda: b"x" * 65536)
        if word[0] == "endless-header":
            self.send(b"HTTP/1.1 200 OK\r\n")
            end = time.monotonic() + PATIENCE
            try:
                while time.monotonic() < end:
                    self.send(b"X-More: " + b"x" * 8000 + b"\r\n")
            except OSError:
                tell(f"gone {path}")
            return False
        if word[0] == "gzip":
            packed = gzip.compress(b"squeezed " * 1000)
            return self.reply(body=packed, headers=[("Content-Encoding", "gzip")])
        if word[0] == "gzip-broken":
            packed = gzip.compress(b"squeezed " * 1000)[:12] + b"\xff" * 40
            return self.reply(body=packed, headers=[("Content-Encoding", "gzip")])
        if word[0] == "gzip-bomb":
            packer = zlib.compressobj(9, zlib.DEFLATED, 31)
            zeros = bytes(1 << 20)
            self.begin_chunks("Content-Encoding: gzip\r\n")
            return self.send_until_gone(path, lambda: packer.compress(zeros))
        return self.reply(404, b"no such fault")


class RudeConnection:
    def __init__(self, raw, number):
        self.socket = raw

    def run(self):
        self.socket.recv(4096)


class HTTP2Connection:
    """As little of HTTP/2 as answers "two" to each request without a body."""

    PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    def __init__(self, raw, number):
        self.socket = raw
        self.number = number
        self.input = raw.makefile("rb")

    def frame(self, kind, flags, stream, payload=b""):
        head = struct.pack(">I", len(payload))[1:] + bytes([kind, flags])
        self.socket.sendall(head + struct.pack(">I", stream) + payload)

    def run(self):
        if self.input.read(len(self.PREFACE)) != self.PREFACE:
            return
        self.frame(4, 0, 0)
        while True:
            head = self.input.read(9)
            if len(head) < 9:
                tell(f"end {self.number}")
                return
            length = int.from_bytes(head[:3], "big")
            kind, flags = head[3], head[4]
            stream = int.from_bytes(head[5:], "big")
            payload = self.input.read(length)
            if kind == 4 and not flags & 1:
                self.frame(4, 1, 0)
            elif kind == 6 and not flags & 1:
                self.frame(6, 1, 0, payload)
            elif kind == 3:
                tell(f"reset {stream}")
            elif kind in (0, 1) and flags & 1:
                tell(f"stream {stream} on {self.number}")
                # A request with a body is one to leave without an answer.
                if kind == 1:
                    number = str(self.number).encode()
                    name = b"x-connection"
                    field = b"\x00" + bytes([len(name)]) + name + bytes([len(number)]) + number
                    self.frame(1, 4, stream, b"\x88" + field)
                    self.frame(0, 1, stream, b"two")


def serve(kind, arguments):
    make = {"h2": HTTP2Connection, "rude": RudeConnection}.get(kind, Connection)
    context = None
    if kind in ("tls", "h2"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*arguments)
        context.set_alpn_protocols(["h2"] if kind == "h2" else ["http/1.1"])

    def handle(raw, number):
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if context:
                raw = context.wrap_socket(raw, server_side=True)
            make(raw, number).run()
        except (OSError, ValueError):
            pass
        finally:
            try:
                raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            raw.close()

    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    tell(f"port {listener.getsockname()[1]}")
    threading.stack_size(256 * 1024)
    while True:
        raw, _ = listener.accept()
        counter["connections"] += 1
        tell(f"connection {counter['connections']}")
        threading.Thread(target=handle, args=(raw, counter["connections"]), daemon=True).start()


def fill():
    """A port whose queue is full: the system answers no more connections."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    kept = [listener]
    for _ in range(4):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(listener.getsockname())
        kept.append(client)
    time.sleep(0.2)
    tell(f"port {listener.getsockname()[1]}")
    threading.Event().wait()
    return kept


if __name__ == "__main__":
    kind = sys.argv[1]
    work = fill if kind == "full" else lambda: serve(kind, sys.argv[2:])
    threading.Thread(target=work, daemon=True).start()
    while os.read(0, 4096):
        pass
    os._exit(0)
