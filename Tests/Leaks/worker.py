#!/usr/bin/env python3
"""Runs the media worker under valgrind on sound and on damaged files, for what the sanitizers can't see: libav itself.

usage: worker.py LANGFLIX [--damaged N] [--seed N]

Every job of the worker (probe, subtitle track, cut with extracts, encode, reel, posters) is done on small files of many
containers, then probing and cutting on damaged ones. Fails where valgrind finds a wrong access, memory that nothing
points to any more at the end, or a sound file is not answered as it should. Prints 'N passed, N failed' at the end.
"""

import argparse
import base64
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

# The runtime's own tables are pointed to from within, so 'possibly lost' tells nothing.
KINDS = "definite,indirect"
VALGRIND = ["valgrind", "--leak-check=full", f"--show-leak-kinds={KINDS}", f"--errors-for-leak-kinds={KINDS}",
            # Swift keeps the cases of an enum in bits that valgrind takes for no value at all.
            "--undef-value-errors=no", "--num-callers=30", "--error-exitcode=99", "--child-silent-after-fork=yes"]
SUBTITLES = "1\n00:00:01,000 --> 00:00:02,500\nHello there\n\n2\n00:00:03,000 --> 00:00:05,500\nGood <i>bye</i>\n\n"
COPY = ["-c", "copy"]
TEXT = ["-map", "0:v", "-map", "0:a", "-map", "1:s"]
RECIPES = {
    "matroska.mkv": [*TEXT, *COPY, "-c:s", "srt"],
    "ass.mkv": [*TEXT, *COPY, "-c:s", "ass"],
    "movtext.mp4": [*TEXT, *COPY, "-c:s", "mov_text"],
    "fragments.mp4": ["-map", "0", *COPY, "-movflags", "+frag_keyframe+empty_moov"],
    "transport.ts": ["-map", "0", *COPY],
    "web.webm": [*TEXT, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-c:a", "libopus", "-c:s",
                 "webvtt"],
    "old.avi": ["-map", "0", "-c:v", "mpeg4", "-g", "25", "-c:a", "libmp3lame"],
    "flash.flv": ["-map", "0", *COPY],
    "ac3.mkv": ["-map", "0", "-c:v", "copy", "-c:a", "ac3"],
    "hevc.mkv": ["-map", "0", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:keyint=25", "-c:a",
                 "copy"],
}
SECOND = 1_000_000


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def path_bytes(path):
    return base64.b64encode(os.fsencode(path)).decode()


def damaged(data, rng):
    """What copying, downloading and old disks do to files."""
    data = bytearray(data)
    kind = rng.randrange(5)
    if kind == 0:
        for _ in range(rng.choice([1, 20, 200])):
            data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    elif kind == 1:
        del data[rng.randrange(1, len(data)):]
    elif kind == 2:
        start = rng.randrange(len(data))
        data[start:start + 16_384] = bytes(len(data[start:start + 16_384]))
    elif kind == 3:
        # Sizes stand near the beginning.
        for _ in range(rng.randrange(1, 7)):
            place = rng.randrange(min(4_096, len(data)))
            data[place:place + 8] = b"\xff" * len(data[place:place + 8])
    else:
        start = rng.randrange(len(data) // 2)
        data[start:start] = data[start:start + 8_192]
    return bytes(data)


class Bench:
    """Runs jobs, and keeps count of what they came to."""

    def __init__(self, program, work):
        self.program, self.work, self.number, self.failures, self.passed = program, work, 0, [], 0

    def replies(self, name, job):
        """The worker's lines, or None where valgrind or the worker is not content."""
        self.number += 1
        log = self.work / f"{self.number}.log"
        request = {"memory": 1 << 46, "processorTime": 900, "job": job}
        with subprocess.Popen(
                [*VALGRIND, f"--log-file={log}", self.program, "worker", str(os.getpid())], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
            worker.stdin.write(json.dumps(request).encode() + b"\n")
            worker.stdin.flush()
            # Its input stays open: the worker takes the end of it as the order to stop.
            lines = [json.loads(line) for line in worker.stdout]
            status = worker.wait()
        text = log.read_text(errors="replace")
        # Said at the very end, whatever was found: a run without it was cut short.
        if status != 0 or "ERROR SUMMARY: 0 errors" not in text:
            self.failures.append(name)
            print(f"FAIL  {name}: exit code {status}\n" + "\n".join(text.splitlines()[-120:]), flush=True)
            return None
        return lines

    def expect(self, name, job, holds, what):
        lines = self.replies(name, job)
        if lines is None:
            return None
        if not lines or not holds(lines):
            self.failures.append(name)
            print(f"FAIL  {name}: {what}: {json.dumps(lines)[-600:]}", flush=True)
            return None
        self.passed += 1
        print("ok   ", name, flush=True)
        return lines


def cut_job(source, folder, mode="auto", extracts="audio"):
    subtitles = [{"language": "en", "title": "English", "isDefault": True, "isBilingual": False, "cues": [
        {"cue": {"number": 1, "start": SECOND, "end": 5 * SECOND // 2, "text": "Hello there"}, "marks": [[0, 5]]},
        {"cue": {"number": 2, "start": 3 * SECOND, "end": 11 * SECOND // 2, "text": "Good bye"}, "marks": []}]}]

    def clip(stem, start, end):
        return {"id": stem, "folder": path_bytes(folder), "stem": stem, "start": start, "end": end, "title": stem,
                "chapters": [{"at": start, "title": "Hello"}], "subtitles": subtitles, "extracts": [
                    {"folder": path_bytes(folder / "extracts"), "stem": stem, "start": start, "end": end}]}

    return {"cut": {"_0": {
        "source": path_bytes(source), "audioLanguage": "en", "leadInMaximum": 3 * SECOND, "pad": SECOND // 5, "mode": mode,
        "sound": "auto", "quality": 30, "extracts": extracts, "ffmpegProgram": "ffmpeg",
        "clips": [clip("a", SECOND, 5 * SECOND // 2), clip("b", 3 * SECOND, 11 * SECOND // 2)]}}}


def made(lines):
    return [line["clip"]["_0"] for line in lines if "clip" in line]


def live(bench, source):
    """All that happens to one episode."""
    probe = bench.expect(f"probe {source.name}", {"probe": {"_0": path_bytes(source)}}, lambda r: "probe" in r[-1],
                         "it should be a video")
    streams = probe[-1]["probe"]["_0"]["streams"] if probe else []
    for stream in streams:
        if stream["kind"] == "subtitle":
            bench.expect(
                f"subtitles of {source.name}", {"subtitleTrack": {"_0": path_bytes(source), "stream": stream["index"]}},
                lambda r: len(r[-1].get("subtitleTrack", {}).get("_0", {}).get("packets", [])) >= 2, "two lines should be there")
    folder = bench.work / f"clips {source.name}"
    folder.mkdir()
    bench.expect(f"cut {source.name}", cut_job(source, folder),
                 lambda r: "cutDone" in r[-1] and len(made(r)) == 2 and all(c.get("fileName") for c in made(r)),
                 "two clips should be there")


def lives_on(bench, source):
    """What is made of an episode's clips, and what must be encoded."""
    folder = bench.work / "encoded"
    folder.mkdir()
    cut = bench.expect("encode", cut_job(source, folder, "exact", "video"),
                       lambda r: len(made(r)) == 2 and all(c.get("fileName") for c in made(r)), "two clips should be there")
    clips = [folder / c["fileName"] for c in made(cut or [])]
    parts = [{"id": str(n), "clip": path_bytes(clip), "title": clip.name, "start": 0, "end": SECOND, "subtitles": [
        {"language": "en", "title": "English", "isDefault": True, "isBilingual": False, "cues": [
            {"cue": {"number": 1, "start": 0, "end": SECOND, "text": "Hello there"}, "marks": []}]}]}
        for n, clip in enumerate([*clips, source.parent / "nothing.mkv"])]
    bench.expect("reel", {"reel": {"_0": {"folder": path_bytes(folder), "stem": "reel", "title": "Reel", "parts": parts}}},
                 lambda r: r[-1].get("reel", {}).get("_0", {}).get("fileName") and len(r[-1]["reel"]["_0"]["leftOut"]) == 1,
                 "a reel without the missing clip should be there")
    posters = [{"id": str(n), "clip": path_bytes(clip), "time": SECOND, "output": path_bytes(folder / f"{n}.jpg")}
               for n, clip in enumerate(clips)]
    bench.expect("posters", {"posters": {"_0": {"posters": posters, "ffmpegProgram": "ffmpeg"}}},
                 lambda r: len(r[-1].get("posters", {}).get("_0", {}).get("made", [])) == 2, "two pictures should be there")
    missing = bench.work / "missing"
    bench.expect("cut into a missing folder", cut_job(source, missing), lambda r: "failure" in r[-1], "it should fail")


def suffers(bench, source, name, data):
    """Any answer will do for what is damaged, but it must be one."""
    path = bench.work / name
    path.write_bytes(data)
    folder = bench.work / f"clips {name}"
    folder.mkdir()
    bench.expect(f"probe {name}", {"probe": {"_0": path_bytes(path)}}, lambda r: r, "there should be an answer")
    bench.expect(f"cut {name}", cut_job(path, folder), lambda r: "cutDone" in r[-1] or "failure" in r[-1],
                 "there should be an answer")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--damaged", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="langflix-leaks-"))
    # This valgrind can't read what Swift tells debuggers; the functions' names stay.
    program = work / "langflix"
    subprocess.run(["strip", "--strip-debug", "-o", program, options.program], check=True)
    base, cues = work / "base.mp4", work / "cues.srt"
    cues.write_text(SUBTITLES)
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=7", "-f", "lavfi", "-i", "sine=440:r=48000:d=7", "-c:v", "libx264",
           "-preset", "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", base)
    sources = []
    for name, recipe in RECIPES.items():
        ffmpeg("-i", base, "-i", cues, *recipe, work / name)
        sources.append(work / name)
    bench = Bench(program, work)
    rng = random.Random(options.seed)
    broken = [(sources[n % len(sources)], f"damaged {n} {sources[n % len(sources)].name}") for n in range(options.damaged)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(live, bench, source) for source in sources]
        jobs.append(pool.submit(lives_on, bench, sources[0]))
        jobs += [pool.submit(suffers, bench, source, name, damaged(source.read_bytes(), rng)) for source, name in broken]
        jobs += [pool.submit(suffers, bench, sources[0], "empty.mkv", b""),
                 pool.submit(suffers, bench, sources[0], "text.mkv", b"no video\n" * 99)]
        for job in jobs:
            job.result()
    print(f"{bench.passed} passed, {len(bench.failures)} failed")
    if bench.failures:
        print(f"the logs and files are in {work}; again with --seed {options.seed} --damaged {options.damaged}")
    else:
        shutil.rmtree(work)
    return bool(bench.failures)


if __name__ == "__main__":
    sys.exit(main())
