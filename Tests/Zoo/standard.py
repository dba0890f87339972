"""The parser of W3C's WebVTT standard (https://www.w3.org/TR/webvtt1/#file-parsing), as far as cues go."""
import html
import re

BLANKS = ' \t\n\f\r'


def cues(text):
    """(start, end, text) of each cue, times in milliseconds; none of a file that is not WebVTT."""
    text = text.replace('\0', '\N{REPLACEMENT CHARACTER}').replace('\r\n', '\n').replace('\r', '\n')
    text = text.removeprefix('\N{BYTE ORDER MARK}')
    if not re.match(r'WEBVTT(?![^ \t\n])', text):
        return []
    lines = text.split('\n')
    if lines[-1] == '':
        lines.pop()
    found = []
    position = 1
    if position < len(lines) and lines[position]:
        _, position = block(lines, position, True)
    while position < len(lines):
        if not lines[position]:
            position += 1
            continue
        cue, position = block(lines, position, False)
        if cue:
            found.append(cue)
    return found


def block(lines, position, is_header):
    """A block's cue, if it has one, and where the next one begins."""
    buffer = []
    cue = None
    saw_arrow = saw_cue = False
    count = 0
    previous = position
    while position < len(lines):
        line = lines[position]
        count += 1
        position += 1
        if '-->' in line:
            if not is_header and (count == 1 or count == 2 and not saw_arrow):
                saw_arrow = True
                previous = position
                cue = timing(line)
                if cue:
                    buffer = []
                    saw_cue = True
            else:
                return finished(cue, buffer), previous
        elif not line:
            break
        else:
            buffer.append(line)
            previous = position
    return finished(cue if saw_cue else None, buffer), position


def finished(cue, buffer):
    return cue and (*cue, shown('\n'.join(buffer)))


def timing(line):
    start, rest = timestamp(line.lstrip(BLANKS))
    rest = rest.lstrip(BLANKS)
    if start is None or not rest.startswith('-->'):
        return None
    end, _ = timestamp(rest[3:].lstrip(BLANKS))
    return None if end is None else (start, end)


def timestamp(text):
    match = re.match(r'(\d+):(\d+)(?::(\d+))?\.(\d+)', text)
    if not match:
        return None, text
    first, second, third, fraction = match.groups()
    if third is None:
        if len(first) != 2 or int(first) > 59:
            return None, text
        first, second, third = '0', first, second
    minutes, seconds = second, third
    if len(minutes) != 2 or len(seconds) != 2 or len(fraction) != 3 or int(minutes) > 59 or int(seconds) > 59:
        return None, text
    return ((int(first) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction), text[match.end():]


def shown(text):
    """The text that is shown: without tags, and without what stands above ruby's base."""
    text = re.sub(r'<ruby[^>]*>.*?(</ruby>|$)', lambda m: re.sub(r'<rt[^>]*>.*?(</rt>|</ruby>|$)', '', m[0], flags=re.S),
                  text, flags=re.S)
    return html.unescape(re.sub(r'<[^>]*>?', '', text))
