#!/usr/bin/env python3
"""Turns `langflix status --json` (standard input) into lines for a shell script.

The first line is WATCHED SETTLED WORKING FAILED DONE: whether every library is watched (1 or 0), and how many
episodes are known, in work, failed and done. Then one line an episode. With --folders: only the clip folders of
the episodes that are done, each ended by a NUL.
"""

import json
import sys

IN_WORK = {"probing", "extracting", "cutting"}


def plain(text):
    """Names come from files: nothing in them may speak to the terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def line(episode):
    text = f"{plain(episode['name'])}: {episode['state'].replace('_', ' ')}"
    batches = episode["batches"]
    if episode["state"] == "extracting":
        text += f", {batches['done']} of {batches['total']} batches"
    if episode["clips"]:
        text += f", {episode['clips']} clips"
    if episode.get("reason"):
        text += f" ({plain(episode['reason'])})"
    return text


def main():
    status = json.load(sys.stdin)
    episodes = [e for e in status["episodes"] if e["state"] not in ("left_alone", "gone")]
    if "--folders" in sys.argv[1:]:
        for episode in episodes:
            if episode["state"] == "done" and episode["clips"] and episode.get("folder"):
                sys.stdout.write(episode["folder"] + "\0")
        return
    watched = status["libraries"] and all(entry["is_watched"] for entry in status["libraries"])
    states = [episode["state"] for episode in episodes]
    working = sum(state in IN_WORK for state in states)
    print(int(bool(watched)), len(states), working, states.count("failed"), states.count("done"))
    for episode in episodes:
        print(line(episode))


main()
