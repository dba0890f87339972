#!/usr/bin/env python3
"""Serves a GGUF model by llama.cpp's HTTP server, out of the PyPI package xllamacpp.

usage: llama-server.py MODEL [PORT]      port 0 takes any free one

Prints 'listening URL' once requests are answered, and ends when standard input is closed.
"""

import sys

import xllamacpp

CONTEXT_TOKENS = 8192


def main():
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    params.n_ctx = CONTEXT_TOKENS
    # One slot has the whole context; one thread, for a second one stalls where a core is busy.
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    print("listening", server.listening_address, flush=True)
    sys.stdin.read()


main()
