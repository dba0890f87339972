#!/usr/bin/env python3
"""Imports decks of `langflix anki export` with Anki's own importer.

usage: check.py LANGFLIX FOLDER
FOLDER holds published clips; it is copied, never changed.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from anki.collection import Collection, ImportAnkiPackageRequest

passed = failed = 0


def expect(what, holds, seen=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print("ok" if holds else "FAILED", what, seen if not holds else "", flush=True)


def export(program, folder, deck, *options):
    command = [program, "anki", "export", str(folder), "--output", str(deck), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def load(collection, deck):
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(deck))).log
    return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting) + len(log.missing_notetype)


def manifests(folder):
    return sorted(folder.rglob("expressions.json"))


def main(program, source):
    work = pathlib.Path(tempfile.mkdtemp(prefix="anki-"))
    folder = work / "library"
    shutil.copytree(source, folder, symlinks=True)
    for number, path in enumerate(manifests(folder), 1):
        text = json.loads(path.read_text())
        text["episode"]["file"] = f"Radio Puddle S01E{number:02}.mkv"
        path.write_text(json.dumps(text))
    collection = Collection(str(work / "collection.anki2"))
    published = [
        (group, expression)
        for path in manifests(folder)
        for group in json.loads(path.read_text())["groups"] if group["state"] == "published"
        for expression in group["expressions"]]

    summary = export(program, folder, work / "one.apkg")
    expect("the deck has notes", summary["notes"] > 0 and summary["is_new"], summary)
    expect("one note for each expression", summary["notes"] == len(published), (summary, len(published)))
    new, updated, same, wrong = load(collection, work / "one.apkg")
    expect("every note is new", (new, updated, wrong) == (summary["notes"], 0, 0), (new, updated, same, wrong))
    expect("importing again adds and changes nothing", load(collection, work / "one.apkg")[:2] == (0, 0))
    again = export(program, folder, work / "one.apkg")
    expect("a deck that would be the same is left alone", not again["is_new"])
    export(program, folder, work / "second.apkg")
    expect("another export doubles nothing", load(collection, work / "second.apkg")[0] == 0)

    missing = collection.media.check()
    expect("no media is missing", not missing.missing, missing.missing)
    expect("no media is without its note", not missing.unused, missing.unused)
    notes = [collection.get_note(i) for i in collection.find_notes("")]
    expect("sound is there", any("[sound:" in note["Sound"] for note in notes))
    expect("the phrase is marked in its sentence", all("<b>" in note["Sentence"] for note in notes))
    expect("recognition and listening", {c.template()["name"] for n in notes for c in n.cards()}
           == {"Recognition", "Listening"})
    for card in (c for n in notes for c in n.cards()):
        if not (card.question().strip() and card.answer().strip()):
            expect("no card is empty", False, card.id)
    expect("tags name the series", all(any(t.startswith("langflix") for t in n.tags) for n in notes))

    # The learner's own change, and one of ours in another note.
    mine, ours = notes[0], notes[1]
    mine["Meaning"] = "my own words"
    collection.update_note(mine)
    changed = False
    for path in manifests(folder):
        text = json.loads(path.read_text())
        for group in text["groups"]:
            for expression in group["expressions"]:
                if expression["phrase"] == ours["Expression"] and not changed:
                    expression["meaning"], changed = "<b>another</b> & meaning {{x}}", True
        path.write_text(json.dumps(text))
    # Anki takes what is newer, by the second, and another deck was exported since.
    time.sleep(2)
    export(program, folder, work / "one.apkg")
    new, updated, _, _ = load(collection, work / "one.apkg")
    expect("a change updates its note alone", (new, updated) == (0, 1), (new, updated))
    notes = {n["Expression"]: n for n in (collection.get_note(i) for i in collection.find_notes(""))}
    expect("hostile text is text", "&#60;b&#62;another" in notes[ours["Expression"]]["Meaning"])
    expect("the learner's change stays", notes[mine["Expression"]]["Meaning"] == "my own words")

    # A better file of the same episode: other fingerprint, same series and number.
    for path in manifests(folder):
        text = json.loads(path.read_text())
        text["episode"]["fingerprint"] = "1-" + "0" * 64
        path.write_text(json.dumps(text))
    export(program, folder, work / "upgraded.apkg")
    expect("an upgrade of the file doubles nothing", load(collection, work / "upgraded.apkg")[0] == 0)

    many = export(program, folder, work / "clips.apkg", "--clips")
    expect("clips can be in it", (work / "clips.apkg").stat().st_size > (work / "one.apkg").stat().st_size, many)
    none = export(program, folder, work / "none.apkg", "--series", "no such series")
    expect("nothing matches", none["notes"] == 0 and not (work / "none.apkg").exists(), none)
    none = export(program, folder, work / "none.apkg", "--since", "2099-01-01")
    expect("nothing is that new", none["notes"] == 0, none)

    for deck in sorted(folder.rglob("Anki.apkg")):
        seen = Collection(str(work / f"{deck.parent.parent.parent.name}.anki2"))
        new, _, _, wrong = load(seen, deck)
        expect(f"the season's own deck imports: {deck.parent.parent.parent.name}", new > 0 and not wrong, (new, wrong))
        seen.close()
    collection.close()
    shutil.rmtree(work)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
