"""What pysubs2, pysrt and webvtt-py read: (start, end, text) with times in milliseconds, or why they read nothing."""
import io

import pysrt
import pysubs2
import webvtt

NAMES = {'.srt': ('pysubs2', 'pysrt'), '.vtt': ('pysubs2', 'webvtt-py')}
OTHERS = ('.ass', '.ssa', '.sub', '.smi', '.sami')


def names(suffix):
    """The readers that read files of this kind."""
    return NAMES.get(suffix, ('pysubs2',) if suffix in OTHERS else ())


def parse(name, text):
    """What the reader makes of a text; raises whatever the reader raises."""
    if name == 'pysubs2':
        return pysubs2.SSAFile.from_string(text)
    if name == 'pysrt':
        return pysrt.from_string(text, error_handling=pysrt.SubRipFile.ERROR_PASS)
    return list(webvtt.from_buffer(io.StringIO(text)))


def read(name, text):
    """The entries, in the order of the file."""
    entries = parse(name, text)
    if name == 'pysubs2':
        return [(e.start, e.end, e.plaintext) for e in entries if not e.is_comment and not e.is_drawing]
    if name == 'pysrt':
        return [(i.start.ordinal, i.end.ordinal, i.text_without_tags) for i in entries]
    return [(milliseconds(c.start_time), milliseconds(c.end_time), c.text) for c in entries]


def milliseconds(time):
    return ((time.hours * 60 + time.minutes) * 60 + time.seconds) * 1000 + time.milliseconds
