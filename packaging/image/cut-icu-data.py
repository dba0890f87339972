#!/usr/bin/env python3
"""Cuts a package of ICU's data ("CmnD", as libicudata holds it) down to some of its items.

usage: cut-icu-data.py IN OUT EXPRESSION...    keeps the items whose names one of the regular expressions matches
                                               ("!" before one takes items away again); the last that matches decides

Debian's icupkg does the same, but refuses the package of Swift's newer ICU for its long list of names.
"""
import re
import struct
import sys

ALIGNMENT = 16  # of each item, which ICU reads in place


def main(source: str, target: str, *rules: str) -> None:
    whole = open(source, "rb").read()
    head_size, magic = struct.unpack_from("<HH", whole)
    if magic != 0x27DA or whole[8] != 0 or whole[12:16] != b"CmnD":
        sys.exit(f"{source} is no little-endian package of ICU's data")
    # All offsets count from the table's own beginning.
    table = whole[head_size:]
    (count,) = struct.unpack_from("<I", table)
    entries = [struct.unpack_from("<II", table, 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in entries[1:]] + [len(table)]
    items = []
    for (name_at, start), end in zip(entries, ends):
        name = table[name_at : table.index(b"\0", name_at)]
        item = name.decode("ascii").partition("/")[2]
        keeps = False
        for rule in rules:
            if re.search(rule.lstrip("!"), item):
                keeps = not rule.startswith("!")
        if keeps:
            items.append((name, table[start:end]))
    if not items:
        sys.exit(f"nothing of {source} is left")

    names = b""
    entries = []
    for name, _ in items:
        entries.append(4 + 8 * len(items) + len(names))
        names += name + b"\0"
    place = 4 + 8 * len(items) + len(names)
    body = b""
    out = struct.pack("<I", len(items))
    parts = []
    for name_at, (_, data) in zip(entries, items):
        padding = -place % ALIGNMENT
        parts += [bytes(padding), data]
        place += padding
        out += struct.pack("<II", name_at, place)
        place += len(data)
    out += names + body + b"".join(parts)
    with open(target, "wb") as file:
        file.write(whole[:head_size] + out)
    print(f"{target}: {len(items)} of {count} items, {head_size + len(out)} of {len(whole)} bytes")


main(*sys.argv[1:])
