#!/usr/bin/env python3
"""Times reading SubRip, WebVTT and ASS, against pysubs2, pysrt and webvtt-py in the same run, and large files of the worst
shapes.

usage: subtitles.py PROGRAM [FILMS]

PROGRAM is SubtitleBenchmark. FILMS is a folder with subtitles of whole films, from which the files are made; without it
they are made of a few lines. Times are those of a processor, so that what else the machine does counts less.
"""
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'Tests/Zoo'))
import peers  # noqa: E402

CUES = 40_000
ROUNDS = 7
LINES = ['You said that you would call.\nI waited the whole evening.', '- Coffee?\n- Please.', '[door closes]',
         'Whoever took the key\nmust have known about the cellar.', 'There is a train at half past six.',
         '<i>It was the last summer that we were all together.</i>', 'Nobody told me anything.', "- Who's that?\n- My brother."]
STYLE = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,60,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,3,1,2,30,30,40,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def texts(folder):
    """The entries of the films in a folder, or else a few lines."""
    found = []
    for file in sorted(pathlib.Path(folder).glob('*.srt')) if folder else []:
        for entry in re.split(r'\n\s*\n', file.read_text('utf-8-sig')):
            lines = entry.split('\n')
            times = [number for number, line in enumerate(lines) if '-->' in line]
            if times and lines[times[0] + 1:]:
                found.append('\n'.join(line.strip() for line in lines[times[0] + 1:]))
    return found or LINES


def clock(milliseconds, mark, digits=3):
    seconds = milliseconds // 1000
    fraction = milliseconds % 1000 // 10 ** (3 - digits)
    hours = f'{seconds // 3600:02}' if digits == 3 else f'{seconds // 3600}'
    return f'{hours}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{fraction:0{digits}}'


def make(folder, entries):
    srt, vtt, ass = [], ['WEBVTT\n\n'], [STYLE]
    for number, text in enumerate(itertools.islice(itertools.cycle(entries), CUES)):
        start, end = number * 3000, number * 3000 + 2400
        srt.append(f'{number + 1}\n{clock(start, ",")} --> {clock(end, ",")}\n{text}\n\n')
        vtt.append(f'{clock(start, ".")} --> {clock(end, ".")}\n{text}\n\n')
        styled = text.replace('\n', '\\N').replace('<i>', '{\\i1}').replace('</i>', '{\\i0}')
        ass.append(f'Dialogue: 0,{clock(start, ".", 2)},{clock(end, ".", 2)},Default,,0,0,0,,{styled}\n')
    for name, parts in [('film.srt', srt), ('film.vtt', vtt), ('film.ass', ass)]:
        (folder / name).write_text(''.join(parts), 'utf-8')


def speed_of(name, file):
    text = file.read_text('utf-8')
    best = float('inf')
    for _ in range(3):
        start = time.process_time()
        entries = peers.parse(name, text)
        best = min(best, time.process_time() - start)
    assert len(entries) == CUES, f'{name} reads {len(entries)} entries of {file}'
    return len(text.encode()) / best / 1e6


def main():
    program = sys.argv[1]
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        make(folder, texts(sys.argv[2] if len(sys.argv) > 2 else None))
        for file in sorted(folder.iterdir()):
            output = subprocess.run([program, 'time', str(ROUNDS), file], check=True, capture_output=True, text=True).stdout
            ours = json.loads(output)['megabytesPerSecond']
            others = {name: speed_of(name, file) for name in peers.names(file.suffix)}
            factor = ours / max(others.values())
            shown = ', '.join(f'{name} {speed:.1f}' for name, speed in others.items())
            print(f'{file.suffix[1:]}: {ours:.0f} MB/s; {shown}: {factor:.1f} times the fastest')
            if factor < 10:
                missed.append(file.suffix)
    output = subprocess.run([program, 'shapes', '50'], check=True, capture_output=True, text=True).stdout
    shapes = [json.loads(line) for line in output.splitlines()]
    slowest = sorted(shapes, key=lambda shape: shape['seconds'])[-5:]
    print(f'{len(shapes)} shapes of 50 MiB; the slowest: '
          + '; '.join(f"{shape['shape']} {shape['seconds']:.1f} s" for shape in reversed(slowest)))
    # Eight times as much may take little more than eight times as long.
    bent = [shape['shape'] for shape in shapes
            if shape['seconds'] > 1 and shape['seconds'] > 14 * shape['eighthSeconds']]
    print(f'not linear: {bent}' if bent else 'all linear')
    sys.exit(1 if missed or bent else 0)


if __name__ == '__main__':
    main()
