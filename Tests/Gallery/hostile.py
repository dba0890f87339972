"""An episode whose names, lines and answers try to be more than text."""

import json
import shutil

SCRIPT = "</script><script>window.hacked = 'script'</script>"
IMAGE = "<img src=x onerror=\"window.hacked = 'image'\">"
QUOTE = "\"\u0301 autofocus onfocus=window.hacked='quote' x=\"\u0301"
TURNED = "\u202egnp.exe\u2067 \u2066"
TERMINAL = "\x1b]0;owned\x07\x1b[2J\x9b31m"
TEMPLATE = "{{SCRIPT}}${window.hacked='template'}"
TEXTS = [SCRIPT, IMAGE, QUOTE, TURNED, TERMINAL, TEMPLATE, "<!--<script>", "javascript:window.hacked='link'"]
CLIP = "bd <img src=x onerror=hacked()> 'a' \"b\" 100% #1? &amp;.mp4"


def make_hostile(shelf, clip):
    """Makes the episode's folder, all but its page, around a clip that can be played."""
    home = shelf / "Show <svg onload=hacked()> %41 #x"
    home.mkdir(parents=True)
    shutil.copyfile(clip, home / CLIP)
    groups = [group(number, text) for number, text in enumerate(TEXTS, 1)]
    manifest = {
        "episode": {"name": f"Show {SCRIPT}{IMAGE}", "file": SCRIPT},
        "languages": {"source": QUOTE, "target": IMAGE},
        "groups": groups,
    }
    (home / "expressions.json").write_text(json.dumps(manifest), encoding="utf-8")
    return home


def group(number, text):
    entry = {
        "phrase": text,
        "dictionary_form": text,
        "meaning": text,
        "translation": text,
        "literal_meaning": text,
        "usage_note": text,
        "register": text,
        "level": text,
        "part_of_speech": text,
        "similar": [text],
        "examples": [text],
        "cues": [1],
        "spans": [
            {"cue": 1, "start": 0, "end": 3},
            {"cue": 1, "start": -7, "end": 1},
            {"cue": 1, "start": 2, "end": 90000},
            {"cue": 1, "start": 1, "end": 4},
        ],
    }
    cue = {"number": 1, "start_s": 0.2, "end_s": 1.5, "text": text, "speaker": text, "translation": text}
    return {
        "number": number,
        "state": "published",
        "clip": {"file": CLIP, "poster": f"javascript:window.hacked='{number}'", "duration_s": 3},
        "context": {"first_cue": number, "start_s": 1},
        "cues": [cue],
        "expressions": [entry],
        "also_here": [entry],
    }
