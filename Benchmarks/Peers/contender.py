"""The part that every contender has in common: the commands on standard input, which Contender.swift describes,
and the timing."""

import sys
import time

import numpy as np
from safetensors.numpy import load_file


def milliseconds(seconds, run):
    """The least and the median time of as many runs as fit into `seconds`, at least three."""
    run()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), float(np.median(times))


def serve(load):
    """Answers commands. `load(tensors)` returns an object with `losses(count)`, the losses of the first training
    steps, `train()`, one training step, and `infer()`, one forward pass."""
    contender = None
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "load":
            path, scalar = arguments
            kind = {"f64": np.float64, "f32": np.float32}[scalar]
            contender = load({name: value.astype(kind) for name, value in load_file(path).items()})
            answer = contender.losses(3)
        else:
            run = {"train": contender.train, "infer": contender.infer}[command]
            answer = milliseconds(float(arguments[0]), run)
        print(*(repr(float(number)) for number in answer), flush=True)
