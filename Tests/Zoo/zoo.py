#!/usr/bin/env python3
"""Compares what is read of each file of the zoo with Tests/Zoo/expected.tsv and with other readers, and of W3C's cases
with Tests/Zoo/w3c.tsv and the standard.

usage: zoo.py PROGRAM FOLDER [--write]

PROGRAM is SubtitleBenchmark. A row's 'why' says why others read something else; a difference without a reason is a
failure, and so is a reason without a difference. --write writes both tables anew and keeps the reasons.
"""
import json
import pathlib
import re
import subprocess
import sys
import warnings
import zlib

import peers
import standard

HERE = pathlib.Path(__file__).parent
COLUMNS = ['file', 'format', 'charset', 'cues', 'first', 'last', 'pysubs2', 'pysrt', 'webvtt-py', 'why']
W3C_COLUMNS = ['file', 'cues by the standard', 'cues read', 'passes', 'why']
W3C = 'webvtt.js-wpt__'
# Python's names of charsets.
CODECS = {'windows-1256': 'cp1256', 'EUC-KR': 'cp949', 'Shift_JIS': 'cp932', 'Big5': 'big5hkscs'}


def table(name, columns):
    path = HERE / name
    if not path.exists():
        return {}
    rows = [line.split('\t') for line in path.read_text('utf-8').splitlines() if not line.startswith('#')]
    assert rows[0] == columns, f'{path}: its columns are {rows[0]}'
    return {row[0]: dict(zip(columns, row)) for row in rows[1:]}


def write(name, columns, rows, head):
    lines = [f'# {line}' for line in head] + ['\t'.join(columns)]
    lines += ['\t'.join(row[column] for column in columns) for row in rows]
    (HERE / name).write_text('\n'.join(lines) + '\n', 'utf-8')


def cue(cue):
    """Its times and the CRC-32 of its text: the files themselves are not ours to publish."""
    return f"{cue['start']}-{cue['end']} {zlib.crc32(cue['text'].encode()):08x}"


def row(reading, text, suffix):
    cues = reading['tracks'][0] if reading['tracks'] else []
    found = dict.fromkeys(COLUMNS, '')
    found |= {'file': reading['file'], 'format': reading.get('format') or reading['code'],
              'charset': reading.get('charset') or '', 'cues': str(len(cues))}
    if cues:
        found |= {'first': cue(cues[0]), 'last': cue(cues[-1])}
    times = {(c['start'], c['end']) for c in cues}
    for name in peers.names(suffix):
        try:
            read = peers.read(name, text)
        except Exception as error:  # whatever they raise
            found[name] = type(error).__name__ if times else '='
            continue
        # Two people in one entry are two cues of one time.
        found[name] = '=' if {entry[:2] for entry in read} == times else str(len(read))
    return found


def w3c_row(reading, text):
    wanted = standard.cues(text)
    cues = reading['tracks'][0] if reading['tracks'] else []
    found = {'file': reading['file'].removeprefix(W3C), 'cues by the standard': str(len(wanted)),
             'cues read': str(len(cues)), 'why': ''}
    read = [(c['start'], c['end'], words(c['text'])) for c in cues]
    same = read == [(start, end, words(text)) for start, end, text in wanted]
    return found | {'passes': 'yes' if same else 'no'}


def words(text):
    return re.sub(r'\s+', ' ', text.replace('\N{ZERO WIDTH NO-BREAK SPACE}', '')).strip()


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    warnings.simplefilter('ignore')
    files = sorted(file for file in folder.iterdir() if file.name != 'MANIFEST.tsv')
    output = subprocess.run([program, 'read', *files], check=True, capture_output=True, text=True).stdout
    rows, w3c = [], []
    for file, line in zip(files, output.splitlines(), strict=True):
        reading = json.loads(line)
        charset = reading.get('charset') or 'utf-8'
        text = file.read_bytes().decode(CODECS.get(charset, charset), 'replace').removeprefix('\N{BYTE ORDER MARK}')
        rows.append(row(reading, text, file.suffix))
        if file.name.startswith(W3C):
            w3c.append(w3c_row(reading, text))
    failures = 0
    for name, columns, found, head in [
            ('expected.tsv', COLUMNS, rows, [
                'What is read of each file of the zoo; times in milliseconds, with the CRC-32 of the text.',
                '"=": another reader finds the same times; else the number of its entries, or what it raises.']),
            ('w3c.tsv', W3C_COLUMNS, w3c, [
                "W3C's cases of parsing WebVTT (web-platform-tests/webvtt/parsing), against the standard's own parser.",
                'One passes where times and words of all cues are the same.'])]:
        known = table(name, columns)
        for one in found:
            one['why'] = known.get(one['file'], {}).get('why', '')
            differs = one.get('passes') == 'no' or any(one.get(peer) not in ('=', '', None) for peer in columns[6:9])
            problem = None
            if differs != bool(one['why']):
                problem = 'differs without a reason' if differs else 'has a reason, but does not differ'
            if '--write' not in sys.argv and one != known.get(one['file']):
                problem = f'is {list(one.values())}, not {list(known.get(one["file"], {}).values())}'
            if problem:
                failures += 1
                print(f'{name}: {one["file"]} {problem}')
        if '--write' in sys.argv:
            write(name, columns, found, head)
        elif set(known) != {one['file'] for one in found}:
            failures += 1
            print(f'{name}: other files than in {folder}')
        explained = sum(bool(one['why']) for one in found)
        print(f'{name}: {len(found)} files, {explained} of them differ, with the reason')
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
