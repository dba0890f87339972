#!/usr/bin/env python3
"""Times the pool against Python's openai client with a semaphore, side by side, and prints medians.

usage: llm.py LLM_BENCHMARK_PROGRAM [--rounds N] [--minutes N]

Both talk to the same server, a process of its own that answers after a fixed time. The figure is makespan over the
ideal, ceil(batches / limit) x latency. Then a server with a limit of requests a minute, with the limit configured
and not; then the pool alone.
"""

import argparse
import asyncio
import json
import math
import statistics
import subprocess
import time
import urllib.request

import openai

MAKESPANS = [(10, 5.0, 1), (10, 5.0, 2), (10, 5.0, 5), (10, 5.0, 10), (500, 0.2, 50)]
PROMPT = "[1] I figured it all out.\n" * 60


class Server:
    def __init__(self, program, *options):
        self.process = subprocess.Popen(
            [program, "serve", *map(str, options)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self.origin = json.loads(self.process.stdout.readline())["origin"]

    def stats(self):
        with urllib.request.urlopen(f"{self.origin}/stats") as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


async def ask_all(origin, batches, limit):
    """The peer: AsyncOpenAI and a semaphore."""
    async with openai.AsyncOpenAI(base_url=f"{origin}/v1", api_key="x", max_retries=0) as client:
        semaphore = asyncio.Semaphore(limit)

        async def ask():
            async with semaphore:
                await client.chat.completions.create(
                    model="bench", messages=[{"role": "user", "content": PROMPT}])

        await ask()  # the connection is no part of what is compared
        began = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(batches)))
        return time.perf_counter() - began


def pool(program, *options):
    return json.loads(subprocess.run(
        [program, *map(str, options)], check=True, capture_output=True, text=True).stdout)


def makespans(program, rounds):
    print("makespan over the ideal, median of", rounds)
    for batches, latency, limit in MAKESPANS:
        ideal = math.ceil(batches / limit) * latency
        ours, theirs = [], []
        with Server(program, "--latency", latency) as server:
            for _ in range(rounds):
                ours.append(pool(
                    program, "pool", "--origin", server.origin, "--batches", batches, "--limit",
                    limit)["seconds"] / ideal)
                theirs.append(asyncio.run(ask_all(server.origin, batches, limit)) / ideal)
        print(f"  {batches} x {latency} s at {limit:2}: langflix {statistics.median(ours):.4f}, "
              f"openai {statistics.median(theirs):.4f}, ideal {ideal:.2f} s", flush=True)


def rates(program, minutes):
    for configured in (True, False):
        per_minute = 120
        with Server(program, "--latency", 0.3, "--per-minute", per_minute) as server:
            options = ["--per-minute", per_minute] if configured else []
            result = pool(
                program, "pool", "--origin", server.origin, "--batches", 1, "--limit", 8,
                "--seconds", minutes * 60, *options)
            stats = server.stats()
        used = result["answered"] / (per_minute * minutes)
        later = stats["later_refused"] + stats["later_admitted"]
        print(f"{per_minute} requests a minute, {'configured' if configured else 'unknown'}, "
              f"{minutes} min: {used:.3f} of them used, {stats['refused']} refused in all, "
              f"{stats['later_refused'] / max(1, later):.2%} after the first minute", flush=True)


def null(program):
    print("the pool alone, five times 2,000 batches:")
    for row in pool(program, "null"):
        print(f"  {row['us_per_batch']:.1f} us a batch, {row['resident_kb']} kB resident")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=int, default=4)
    options = parser.parse_args()
    null(options.program)
    makespans(options.program, options.rounds)
    rates(options.program, options.minutes)


main()
