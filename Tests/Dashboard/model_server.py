"""An OpenAI-compatible server whose answers are as hostile as its schema lets them be."""

import http.server
import json
import re
import threading
import time

PAYLOAD = "\"><img src=x onerror=\"hacked('{0}')\"><script>hacked('{0}')</script>'\"\u0301"


def answer(prompt):
    """Four expressions of the dialogue: the first words of its longest cues, explained by markup."""
    dialogue = re.search(r"<dialogue>(.*?)</dialogue>", prompt, re.S)[1]
    cues = re.findall(r"^\[(\d+)\] (?:[A-Z' ]+: )?(.+)$", dialogue, re.M)
    contexts = []
    for number, text in sorted(cues, key=lambda cue: -len(cue[1]))[:4]:
        phrase = " ".join(re.findall(r"[A-Za-z']+", text)[:3])
        item = {
            "cues": [int(number)], "dictionary_form": phrase, "expression": phrase, "level": "B2",
            "literal_meaning": PAYLOAD.format("literal"), "meaning": PAYLOAD.format("meaning"),
            "register": "neutral", "similar": [PAYLOAD.format("similar")],
            "translation": PAYLOAD.format("translation"), "usage_note": PAYLOAD.format("note"),
            "usefulness": "high",
        }  # fmt: skip
        contexts.append({
            "first_cue": int(number), "last_cue": int(number), "expressions": [item],
            "translations": [{"cue": int(number), "text": PAYLOAD.format("cue")}]})  # fmt: skip
    return {"contexts": sorted(contexts, key=lambda context: context["first_cue"])}


# Long enough for somebody to see that it is with the provider, in seconds.
pause = 2


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = request["messages"][-1]["content"]
        time.sleep(pause)
        body = json.dumps({
            "id": "x", "object": "chat.completion", "created": 1, "model": request.get("model", "m"),
            "choices": [{"index": 0, "finish_reason": "stop", "message": {
                "role": "assistant", "content": json.dumps(answer(prompt))}}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 200, "total_tokens": 1100},
        }).encode()  # fmt: skip
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def start():
    """The server's port; it ends with the program."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]
