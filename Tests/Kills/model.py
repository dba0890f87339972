"""A model behind an OpenAI-compatible server on 127.0.0.1 that finds one expression in each line, and counts."""

import collections
import hashlib
import http.server
import json
import re
import threading


class Model:
    """Answers `They figured WORD number N of THING out again.` with `figure … out`."""

    def __init__(self):
        self.asked = collections.Counter()
        self._lock = threading.Lock()
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # noqa: N802, the library's name
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = json.dumps(model.reply(body)).encode()
                try:
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(reply)))
                    self.end_headers()
                    self.wfile.write(reply)
                except OSError:
                    pass  # who asked was killed

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, request, client_address):
                pass  # who asked was killed

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def reply(self, body):
        prompt = "\n".join(m["content"] for m in body["messages"] if m["role"] == "user")
        dialogue = prompt[prompt.index("<dialogue>"):]
        with self._lock:
            self.asked[hashlib.sha256(dialogue.encode()).hexdigest()] += 1
        contexts = []
        for number, words in re.findall(r"^\[(\d+)\][^\n]*?They (figured \w+ number \w+ of \w+ out)", dialogue, re.M):
            contexts.append({
                "first_cue": int(number), "last_cue": int(number),
                "expressions": [{
                    "expression": words, "cues": [int(number)], "meaning": "to solve " + words.split()[1],
                    "dictionary_form": f"figure out {words.split()[1]} {words.split()[3]}", "level": "B1",
                    "translation": "resolver", "literal_meaning": None, "register": "neutral", "similar": [],
                    "usage_note": None, "usefulness": ["medium", "high"][int(number) % 2]}]})
        return {
            "id": "kills", "object": "chat.completion", "created": 0, "model": "test-model",
            "choices": [{"index": 0, "finish_reason": "stop",
                         "message": {"role": "assistant", "content": json.dumps({"contexts": contexts})}}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}}
