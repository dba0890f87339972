#!/usr/bin/env python3
"""An OpenAI-compatible server on 127.0.0.1 that answers only who has the key, and repeats a key that it refuses.

usage: model.py KEY PORT_FILE COUNT_FILE      COUNT_FILE gets a line for each request that had the key
"""

import http.server
import json
import pathlib
import re
import sys

KEY, PORT_FILE, COUNT_FILE = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):  # noqa: N802, the library's name
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if key != KEY or self.path.startswith("/refuse/"):
            message = f"Incorrect API key provided: {key}"
            return self.reply(401, {"error": {"message": message, "code": "invalid_api_key"}})
        with COUNT_FILE.open("a", encoding="utf-8") as file:
            file.write(self.path + "\n")
        prompt = "\n".join(m["content"] for m in body["messages"] if m["role"] == "user")
        lines = re.findall(r"^\[(\d+)\] *(.*)$", prompt, re.MULTILINE)
        expressions = [
            {
                "cues": [int(number)], "dictionary_form": "get over something", "expression": "get over it",
                "level": "B1", "literal_meaning": None, "meaning": "To stop being sad about something.",
                "register": "neutral", "similar": ["recover from something"],
                "usage_note": "Said of losses and disappointments.", "usefulness": "high",
            }
            for number, line in lines if "get over it" in line]
        contexts = [
            {"first_cue": e["cues"][0], "last_cue": e["cues"][0], "expressions": [e]} for e in expressions]
        self.reply(200, {
            "id": "test", "object": "chat.completion", "created": 0, "model": "test",
            "choices": [{
                "index": 0, "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps({"contexts": contexts})}}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
PORT_FILE.write_text(f"{server.server_port}\n", encoding="utf-8")
server.serve_forever()
