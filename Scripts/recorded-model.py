#!/usr/bin/env python3
"""Serves recorded answers of a large language model as an OpenAI-compatible server on 127.0.0.1.

usage: recorded-model.py FOLDER PORT_FILE

FOLDER holds FILM.json files: {"film": …, "batches": [{"expressions": [ITEM…]}]}, where ITEM is an expression in the
shape that langflix asks for and may name its context by first_cue and last_cue. A request names its film in the
line "Episode: …" of the prompt, and its cues by "[number]". The port is written to PORT_FILE.
"""

import http.server
import json
import pathlib
import re
import sys


def load(folder):
    """Expressions by film."""
    films = {}
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        recorded = json.loads(file.read_text(encoding="utf-8"))
        films[recorded["film"]] = [e for batch in recorded["batches"] for e in batch["expressions"]]
    return films


def contexts(expressions, first, last):
    """The answer for cues first to last."""
    found = []
    for expression in expressions:
        item = dict(expression)
        cues = [cue for cue in item["cues"] if first <= cue <= last]
        if not cues:
            continue
        low, high = item.pop("first_cue", min(cues)), item.pop("last_cue", max(cues))
        item["cues"] = cues
        found.append({
            "first_cue": max(first, min(low, *cues)), "last_cue": min(last, max(high, *cues)),
            "expressions": [item]})
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    films = {}
    protocol_version = "HTTP/1.1"

    def do_POST(self):  # noqa: N802, the library's name
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = "\n".join(
            message["content"] for message in body["messages"] if message["role"] == "user")
        film = re.search(r"^Episode: (\S+)", prompt, re.MULTILINE)
        dialogue = prompt[prompt.index("<dialogue>"):]
        numbers = [int(n) for n in re.findall(r"^\[(\d+)\]", dialogue, re.MULTILINE)]
        expressions = self.films.get(film[1] if film else "", [])
        answer = {"contexts": contexts(expressions, numbers[0], numbers[-1]) if numbers else []}
        reply = json.dumps({
            "id": "recorded", "object": "chat.completion", "created": 0, "model": "recorded",
            "choices": [{
                "index": 0, "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps(answer)}}],
            "usage": {"prompt_tokens": len(prompt) // 4, "completion_tokens": 1, "total_tokens": 1},
        }).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *arguments):
        pass


def main():
    Handler.films = load(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pathlib.Path(sys.argv[2]).write_text(f"{server.server_port}\n", encoding="utf-8")
    server.serve_forever()


main()
