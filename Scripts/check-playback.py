#!/usr/bin/env python3
"""Plays clips in the programs that people play them in, and says which of them complain.

usage: check-playback.py [--screenshots FOLDER] FOLDER-OR-FILE…

Takes .mp4, .mkv and .m4a files; folders are searched with all that is in them. For each clip
- ffprobe reads every packet and ffmpeg decodes every stream without a word, the first picture is a keyframe at 0, and
  the sound starts within one of its frames from there;
- mpv plays it to its end without a warning, its first subtitles on, and lists each subtitle track with a language;
- Chromium, without a window, plays .mp4 and .m4a: at currentTime 0 it shows the first picture, after a seek to the
  middle the picture of that time (compared with what ffmpeg decodes; the first also as it is on the screen), and it
  plays to the end, with sound.
Prints a table and what is wrong, and exits 1 if anything is. --screenshots keeps what Chromium shows at 0.
"""

import argparse
import base64
import bisect
import contextlib
import fcntl
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SUFFIXES = (".mp4", ".mkv", ".m4a")
PROGRAMS = ("chromium", "ffmpeg", "ffprobe", "mpv")
LINE = "{:<32} {:<10} {:<6} {:<12} {:<8} {:<7} {:<6} {}"
# Matroska's times are milliseconds.
ROUNDING_S = 0.002
# A last packet's duration is not always written.
DURATION_TOLERANCE_S = 0.1
LONGEST_RUN_S = 600
# MP4's chapters are a text track too, for which libav has no decoder: ffprobe says so.
PERMITTED_NOISE = r"Unsupported codec with id 98314 for input stream \d+"
MPV_NEWS = r"(VO|AO|Playing): .*|Exiting\.\.\. \(.*|.* --[vas]id=\d+ .*"
BROWSER_RATE = 16  # the fastest that Chromium plays
BROWSER_PATIENCE_S = 60
BROWSER_VIDEO = {"h264", "vp8", "vp9", "av1"}
BROWSER_SOUND = {"aac", "mp3", "opus", "flac", "vorbis"}
SCREEN = {"width": 640, "height": 360, "deviceScaleFactor": 1, "mobile": False}
THUMBNAIL = (64, 36)
# The mean difference of two thumbnails' grey, of 255. Two decoders make up to 2 of it, a damaged picture 6
# and more. A neighbouring picture can make less: it is known by its time.
DIFFERENCE_MAXIMUM = 4.0
# What a browser maps to the screen's range in its own way.
HDR = {"smpte2084", "arib-std-b67"}
PAGE = """<!doctype html><meta charset="utf-8"><title>playback</title>
<style>body { margin: 0 } video { width: 100vw; height: 100vh; object-fit: fill; display: block }</style>
<video preload="auto"></video>
<script>
const video = document.querySelector("video")
const told = name => new Promise((done, failed) => {
  video.addEventListener(name, done, { once: true })
  video.addEventListener("error", () => failed(new Error(video.error.message)), { once: true })
})
const shown = () => new Promise(done => video.requestVideoFrameCallback((_, frame) => done(frame.mediaTime)))
async function picture(frame) {
  const mediaTime = await frame, canvas = document.createElement("canvas")
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext("2d").drawImage(video, 0, 0)
  return { mediaTime, png: canvas.toDataURL("image/png").split(",")[1] }
}
async function open(url, hasPicture) {
  const frame = hasPicture && shown(), loaded = told("loadeddata")
  video.src = url
  await loaded
  const { duration, currentTime } = video
  return { duration, currentTime, picture: hasPicture && await picture(frame) }
}
async function seek(to) {
  const frame = shown(), sought = told("seeked")
  video.currentTime = to
  await sought
  return await picture(frame)
}
async function play(rate) {
  const ended = told("ended")
  video.currentTime = 0
  video.playbackRate = rate
  await video.play()
  await ended
  return { currentTime: video.currentTime, sound: video.webkitAudioDecodedByteCount }
}
</script>
"""


class Problem(Exception):
    """What is wrong with a clip, in one program."""


def require(condition, problem):
    if not condition:
        raise Problem(problem)


def run(*arguments, said=b""):
    """What a program writes, and why it is no good, if it is not."""
    try:
        done = subprocess.run(arguments, input=said, capture_output=True, check=False, timeout=LONGEST_RUN_S)
    except subprocess.TimeoutExpired:
        return b"", f"did not end in {LONGEST_RUN_S} s"
    noise = loud(done.stderr.decode(errors="replace").splitlines())
    return done.stdout, noise or (done.returncode and f"ended with {done.returncode}")


def loud(lines):
    """The lines that are not permitted, as one short text."""
    lines = [re.sub(r" @ 0x\w+", "", line).strip() for line in lines]
    lines = [line for line in lines if line and not re.fullmatch(PERMITTED_NOISE, line)]
    return "; ".join(lines[:3]) + (f" (and {len(lines) - 3} lines more)" if len(lines) > 3 else "")


def thumbnails(source, numbers, said=b""):
    """Those of the pictures with these numbers, as ffmpeg decodes them: for each matrix that a browser may use, as it
    guesses where a clip names none."""
    columns, rows = THUMBNAIL
    chosen = "+".join(f"eq(n,{number})" for number in numbers)
    scale = f"scale={columns}:{rows}:flags=area:in_color_matrix="
    made, problem = run(
        "ffmpeg", "-v", "error", *source, "-filter_complex",
        f"[0:v:0]select='{chosen}',split[a][b];[a]{scale}bt601,format=rgb24[c];[b]{scale}bt709,format=rgb24[d];"
        "[c][d]vstack", "-fps_mode", "passthrough", "-frames:v", str(len(numbers)), "-f", "rawvideo", "-", said=said)
    size = columns * rows * 3
    require(len(made) == 2 * size * len(numbers), f"ffmpeg can't show its pictures: {problem}")
    return [(made[at:at + size], made[at + size:at + 2 * size]) for at in range(0, len(made), 2 * size)]


def grey(rgb):
    return [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in zip(rgb[::3], rgb[1::3], rgb[2::3])]


def difference(got, expected):
    return min(sum(abs(a - b) for a, b in zip(grey(got), grey(one))) * 3 / len(one) for one in expected)


class Clip:
    """A clip, and what ffprobe says of it."""

    def __init__(self, file):
        self.file = file
        self.path = str(file.resolve())  # no name is taken for an option or a protocol
        self.streams, self.pictures, self.duration = [], [], 0.0

    def streams_of(self, kind):
        return [stream for stream in self.streams if stream["codec_type"] == kind]

    def codec(self, kind):
        return self.streams_of(kind)[0].get("codec_name", "?") if self.streams_of(kind) else ""

    def probe(self):
        words, problem = run(
            "ffprobe", "-v", "warning", "-of", "json", "-count_packets", "-show_packets", "-show_entries",
            "packet=stream_index,pts_time,duration_time,flags:format=duration:stream_tags=language:"
            "stream=index,codec_name,codec_type,nb_frames,nb_read_packets,color_transfer", self.path)
        probed = json.loads(words or b"{}")
        self.streams = probed.get("streams", [])
        self.duration = float(probed.get("format", {}).get("duration", 0))
        pictures, sounds = (
            [packet for packet in probed.get("packets", [])
             if packet["stream_index"] in [stream["index"] for stream in self.streams_of(kind)[:1]]]
            for kind in ("video", "audio"))
        self.pictures = sorted(float(packet.get("pts_time", -1)) for packet in pictures)
        require(not problem, problem)
        for stream in self.streams_of("video") + self.streams_of("audio"):
            read, indexed = stream["nb_read_packets"], stream.get("nb_frames")
            require(indexed in (None, read), f"{read} packets of {indexed} are there")
        require(pictures or sounds, "neither pictures nor sound")
        if pictures:
            require("K" in pictures[0]["flags"], "the first picture is no keyframe")
            for at in (float(pictures[0].get("pts_time", "nan")), self.pictures[0]):
                require(abs(at) <= ROUNDING_S, f"the pictures start at {at:.3f} s")
        if sounds:
            # Matroska's packets may be without a duration.
            at, after = (float(packet.get("pts_time", "nan")) for packet in (sounds[0], sounds[:2][-1]))
            frame = float(sounds[0].get("duration_time", after - at))
            require(abs(at) <= frame + ROUNDING_S, f"the sound starts at {at:.3f} s, a frame of it is {frame:.3f} s")

    def decode(self):
        _, problem = run("ffmpeg", "-v", "warning", "-xerror", "-i", self.path, "-f", "null", "-")
        require(not problem, problem)

    def play_in_mpv(self):
        # With nothing that sets the pace, mpv would warn that one of the two is ahead: so each alone.
        kinds = {"video": "--no-audio", "audio": "--no-video"}
        for alone in [kinds[kind] for kind in kinds if self.streams_of(kind)] or ["--untimed"]:
            # Not its log file: that loses lines where the machine is busy.
            words, problem = run(
                "mpv", "--no-config", "--no-input-terminal", "--term-status-msg=", "--display-tags-clr",
                "--msg-level=all=warn,cplayer=info", "--vo=null", "--ao=null", "--ao-null-untimed=yes", "--untimed",
                "--sub-auto=no", "--sid=1", alone, "--", self.path)
            lines = words.decode(errors="replace").splitlines()
            noise = loud(line for line in lines if not re.fullmatch(MPV_NEWS, line))
            require(not noise and not problem, noise or problem)
            require("Exiting... (End of file)" in lines, "does not play to the end")
            # Listed again when another is found; captions inside the picture are not the clip's own.
            tracks = dict(re.findall(r"(?m)^.* --sid=(\d+)( --slang=)?(?!.*\(eia_608\))", "\n".join(lines)))
            wanted = len(self.streams_of("subtitle"))
            require(len(tracks) == wanted, f"lists {len(tracks)} subtitle tracks of {wanted}")
            require(all(tracks.values()), "lists subtitles without a language")

    def play_in(self, browser):
        if self.file.suffix == ".mkv":
            return "not for browsers"
        require(self.streams, "not tried, as ffprobe reads nothing")
        has_sound = self.codec("audio") in BROWSER_SOUND
        if self.codec("video") not in BROWSER_VIDEO if self.pictures else not has_sound:
            return f"{self.codec('video') or self.codec('audio')}: not for this browser"
        if browser.is_lost:
            browser.start()
        opened = browser.ask("open", self.file.resolve().as_uri(), bool(self.pictures))
        require(opened["currentTime"] == 0, f"starts at {opened['currentTime']} s")
        self.expect_length(opened["duration"], "is")
        answer = f"plays, {self.compare_pictures(browser, opened['picture'])}" if self.pictures else "plays"
        ended = browser.ask("play", BROWSER_RATE, patience=self.duration)
        self.expect_length(ended["currentTime"], "ends after")
        require(ended["sound"] > 0 or not has_sound, "plays without its sound")
        return answer + ("" if has_sound or not self.codec("audio") else ", silently")

    def expect_length(self, seconds, what):
        off = abs(seconds - self.duration)
        require(off <= DURATION_TOLERANCE_S, f"{what} {seconds:.3f} s, ffprobe says {self.duration:.3f} s")

    def compare_pictures(self, browser, first):
        """How far off they are."""
        screen = browser.screenshot(self.file)
        number = len(self.pictures) // 2
        # Between two pictures, where the earlier one is shown.
        to = (self.pictures[number] + (self.pictures + [self.duration])[number + 1]) / 2
        number = bisect.bisect_right(self.pictures, to) - 1
        sought = browser.ask("seek", to)
        expected = thumbnails(["-i", self.path], sorted({0, number}))
        for what, got, wanted in (("at 0", first, 0.0), (f"at {to:.3f} s", sought, self.pictures[number])):
            at = got["mediaTime"]
            require(abs(at - wanted) <= ROUNDING_S, f"{what} shows the picture of {at:.3f} s, not {wanted:.3f} s")
        if self.streams_of("video")[0].get("color_transfer") in HDR:
            return "HDR, not compared"
        worst = 0.0
        for what, got, wanted in (
                ("at 0", first["png"], expected[0]), ("on the screen at 0", screen, expected[0]),
                (f"at {to:.3f} s", sought["png"], expected[-1])):
            (thumbnail, _), = thumbnails(["-f", "png_pipe", "-i", "-"], [0], said=base64.b64decode(got))
            off = difference(thumbnail, wanted)
            require(off <= DIFFERENCE_MAXIMUM, f"{what} is another picture ({off:.1f} off)")
            worst = max(worst, off)
        return f"{worst:.1f} off"


class Browser:
    """Chromium without a window, with the page open, asked through DevTools' pipe."""

    def __init__(self, screenshots):
        self.screenshots = screenshots
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.words, self.page = (pathlib.Path(self.folder.name, name) for name in ("words", "page.html"))
        self.page.write_text(PAGE, encoding="utf-8")
        self.process, self.is_lost = None, True

    def start(self):
        """Also again, where a clip ended it or never let it answer."""
        self.stop()
        self.is_lost, self.received, self.number, self.session = False, b"", 0, None
        theirs_in, self.ours_out = os.pipe()
        self.ours_in, theirs_out = os.pipe()
        # Chromium wants them as descriptors 3 and 4, which may be in use here.
        theirs = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (theirs_in, theirs_out)]
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                ["bash", "-c", f'exec "$@" 3<&{theirs[0]} 4>&{theirs[1]}', "bash", "chromium", *sandbox,
                 "--headless=new", "--remote-debugging-pipe", "--allow-file-access-from-files", "--mute-audio",
                 "--autoplay-policy=no-user-gesture-required", "--disable-dev-shm-usage", "--disable-gpu",
                 "--no-first-run", "--disable-background-networking", f"--user-data-dir={self.folder.name}/profile"],
                stdin=subprocess.DEVNULL, stdout=words, stderr=words, pass_fds=theirs, start_new_session=True,
                env=os.environ | {"TMPDIR": self.folder.name})  # it is killed, and leaves folders
        for one in (theirs_in, theirs_out, *theirs):
            os.close(one)
        target = self.command("Target.createTarget", url=self.page.as_uri())["targetId"]
        self.session = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.command("Emulation.setDeviceMetricsOverride", **SCREEN)
        deadline = time.monotonic() + BROWSER_PATIENCE_S
        is_ready = False
        while not is_ready:
            self.is_lost = self.is_lost or time.monotonic() > deadline
            require(not self.is_lost, "does not open its page")
            with contextlib.suppress(Problem):  # what is asked of a page that goes is not answered
                is_ready = self.evaluate("document.readyState == 'complete' && typeof play == 'function'")

    def stop(self):
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            os.close(self.ours_in)
            os.close(self.ours_out)
            self.process = None

    def ask(self, function, *arguments, patience=0.0):
        return self.evaluate(f"{function}({', '.join(map(json.dumps, arguments))})", patience)

    def evaluate(self, expression, patience=0.0):
        answer = self.command(
            "Runtime.evaluate", patience, expression=expression, awaitPromise=True, returnByValue=True)
        failure = answer.get("exceptionDetails")
        words = failure and failure.get("exception", failure).get("description", failure["text"])
        require(not failure, words and words.splitlines()[0])
        return answer["result"].get("value")

    def screenshot(self, file):
        picture = self.command("Page.captureScreenshot", format="png")["data"]
        if self.screenshots:
            pathlib.Path(self.screenshots, file.name + ".png").write_bytes(base64.b64decode(picture))
        return picture

    def command(self, method, patience=0.0, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        message |= {"sessionId": self.session} if self.session else {}
        deadline = time.monotonic() + BROWSER_PATIENCE_S + patience
        with contextlib.suppress(BrokenPipeError):  # seen by the reader
            os.write(self.ours_out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive(deadline)
            if answer.get("id") == self.number:
                require("error" not in answer, f"{method}: {answer.get('error')}")
                return answer["result"]

    def receive(self, deadline):
        """The next message, which may be news that nobody asked for."""
        while b"\0" not in self.received:
            ready, _, _ = select.select([self.ours_in], [], [], max(deadline - time.monotonic(), 0))
            part = os.read(self.ours_in, 1 << 20) if ready else b""
            self.is_lost = not part
            require(part, f"gives no answer; its last words: {self.words.read_text(errors='replace')[-200:].strip()}")
            self.received += part
        message, self.received = self.received.split(b"\0", 1)
        return json.loads(message)


def check(clip, browser):
    """A word for each program, and what is wrong."""
    row, problems = [], []
    for name, step in (("ffprobe", clip.probe), ("ffmpeg", clip.decode), ("mpv", clip.play_in_mpv),
                       ("chromium", lambda: clip.play_in(browser))):
        try:
            row.append(step() or "plays")
        except (Problem, ValueError, KeyError) as problem:
            row.append("FAILS")
            problems.append(f"{name}: {problem}")
    return row, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screenshots", metavar="FOLDER", type=pathlib.Path)
    parser.add_argument("paths", nargs="+", metavar="FOLDER-OR-FILE", type=pathlib.Path)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        parser.error(f"install {', '.join(missing)}")
    files = []
    for path in arguments.paths:
        files += sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES) if path.is_dir() else [path]
    strange = [str(file) for file in files if not file.is_file() or file.suffix not in SUFFIXES]
    if strange or not files:
        parser.error(f"no clip: {', '.join(strange or map(str, arguments.paths))}")
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)

    browser = Browser(arguments.screenshots)
    wrong = 0
    print(LINE.format("CLIP", "PICTURE", "SOUND", "WORDS", "FFPROBE", "FFMPEG", "MPV", "CHROMIUM"))
    try:
        for file in files:
            clip = Clip(file)
            row, problems = check(clip, browser)
            words = [stream.get("tags", {}).get("language", "?") for stream in clip.streams_of("subtitle")]
            print(LINE.format(
                file.name, clip.codec("video") or "-", clip.codec("audio") or "-", ",".join(words) or "-", *row))
            print(*(f"  {problem}\n" for problem in problems), sep="", end="", flush=True)
            wrong += bool(problems)
    finally:
        browser.stop()
        browser.folder.cleanup()
    print(f"{len(files)} clips, " + (f"{wrong} with problems" if wrong else "all play"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
