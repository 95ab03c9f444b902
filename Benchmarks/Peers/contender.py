"""The part that every contender has in common: the commands on standard input, which Contender.swift describes,
and the timing."""

import ctypes
import gc
import pathlib
import sys
import time

import numpy as np
from safetensors import safe_open


class Case:
    """A file in one number type: `tensors`, a network under PyTorch's names; `x` and `d` (T × B × I); `cell`
    ("elman", "lstm", "gru"); `lengths`, the valid steps of each sequence, or None if all T are."""

    def __init__(self, path, scalar):
        kind = {"f64": np.float64, "f32": np.float32}[scalar]
        with safe_open(path, "np") as file:
            self.tensors = {name: file.get_tensor(name).astype(kind) for name in file.keys()}
            metadata = file.metadata()
        self.x, self.d = self.tensors.pop("x"), self.tensors.pop("d")
        self.cell = metadata["cell"]
        lengths = metadata.get("lengths")
        self.lengths = lengths and [int(length) for length in lengths.split()]
        self.width = self.tensors["rnn.weight_hh_l0"].shape[1]
        self.layers = sum(name.startswith("rnn.weight_hh") and "reverse" not in name for name in self.tensors)
        self.directions = 2 if "rnn.weight_hh_l0_reverse" in self.tensors else 1


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


def growth(run):
    """Megabytes by which resident memory grows at most in two runs. What earlier runs left free is given back to the
    system first."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    # Resets the high-water mark to what is resident now.
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    before = kilobytes("VmRSS:")
    for _ in range(2):
        run()
    return (kilobytes("VmHWM:") - before) * 1024 / 1e6


def kilobytes(name):
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def serve(load):
    """Answers commands. `load(case)` returns an object with `losses(count)`, the losses of the first training
    steps, `train()`, one training step, and `infer()`, one forward pass."""
    contender = None
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "load":
            contender = None
            contender = load(Case(*arguments))
            answer = contender.losses(3)
        elif command == "memory":
            answer = [growth(contender.train)]
        else:
            run = {"train": contender.train, "infer": contender.infer}[command]
            answer = milliseconds(float(arguments[0]), run)
        print(*(repr(float(number)) for number in answer), flush=True)
