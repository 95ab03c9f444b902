"""Times the engine, PyTorch and JAX in turn on the same work, and prints how many times faster the engine is than
the faster of the two.

Every contender is a process of its own that waits while another works. All get the same weights and data. Their
first losses are compared before anything is timed. They alternate in short rounds, so that a machine that slows down
affects all of them alike. A ratio is the median over the rounds."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from safetensors.numpy import save_file

# T, B, I, H
GRID = [
    (50, 1, 32, 64), (200, 8, 16, 32), (50, 16, 32, 64), (50, 32, 64, 128),
    (50, 32, 128, 256), (100, 64, 128, 256), (50, 64, 256, 512), (35, 128, 512, 1024),
]
# Layers and directions.
NETWORKS = {"one layer": (1, 1), "two layers": (2, 1), "both ways": (1, 2)}
# Relative deviations: sums of thousands of terms in another order.
TOLERANCE = {"f64": 1e-10, "f32": 1e-4}


class Contender:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        try:
            return [float(number) for number in answer.split()]
        except ValueError:
            sys.exit(f"{self.name} answers: {answer}")


def write_case(path, T, B, I, H, layers, directions):
    draw = np.random.default_rng(1)
    edge = 1 / np.sqrt(H)

    def uniform(*shape, edge=edge):
        return draw.uniform(-edge, edge, shape)

    tensors = {}
    for layer in range(layers):
        for suffix in ["", "_reverse"][:directions]:
            name = f"l{layer}{suffix}"
            tensors[f"rnn.weight_ih_{name}"] = uniform(H, directions * H if layer else I)
            tensors[f"rnn.weight_hh_{name}"] = uniform(H, H)
            tensors[f"rnn.bias_ih_{name}"] = uniform(H)
            tensors[f"rnn.bias_hh_{name}"] = np.zeros(H)
    tensors["readout.weight"], tensors["readout.bias"] = uniform(I, directions * H), uniform(I)
    tensors["x"], tensors["d"] = uniform(T, B, I, edge=1), uniform(T, B, I, edge=1)
    save_file(tensors, path)


def compare_losses(contenders, answers, scalar):
    for contender, losses in zip(contenders[1:], answers[1:]):
        for ours, theirs in zip(answers[0], losses):
            if not abs(ours - theirs) <= TOLERANCE[scalar] * abs(theirs):
                sys.exit(f"{contender.name}: losses {losses} where ours are {answers[0]}")


def measure(contenders, work, seconds, rounds):
    """The least times over all rounds, and the median ratio of the faster peer's time to ours."""
    times = [[c.ask(work, seconds / rounds)[0] for c in contenders] for _ in range(rounds)]
    ratio = float(np.median([min(round[1:]) / round[0] for round in times]))
    return [min(column) for column in zip(*times)], ratio


def compare(network, scalar, contenders, arguments):
    """Prints one table: the grid for one kind of network in one number type. Returns a record of each figure."""
    print(f"{network + ', ' + scalar:26}", *(f"{c.name:>10}" for c in contenders), "    ratio", sep="")
    records = []
    for shape in GRID:
        with tempfile.NamedTemporaryFile(suffix=".safetensors") as case:
            write_case(case.name, *shape, *NETWORKS[network])
            compare_losses(contenders, [c.ask("load", case.name, scalar) for c in contenders], scalar)
        for work in ["train", "infer"]:
            times, ratio = measure(contenders, work, arguments.seconds, arguments.rounds)
            name = f"{', '.join(map(str, shape))} {work}"
            print(f"{name:26}", *(f"{time:10.3f}" for time in times), f"{ratio:9.2f}", sep="", flush=True)
            records.append({
                "network": network, "shape": shape, "scalar": scalar, "work": work, "ratio": ratio,
                "milliseconds": dict(zip([c.name for c in contenders], times)),
            })
    for work in ["train", "infer"]:
        ratios = [record["ratio"] for record in records if record["work"] == work]
        mean = float(np.exp(np.mean(np.log(ratios))))
        print(f"{work}: {mean:.2f} times the faster peer in the geometric mean, {min(ratios):.2f} at worst")
    print()
    return records


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", help="the benchmark executable")
    parser.add_argument("--seconds", type=float, default=2.0, help="time for each contender and figure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--network", choices=NETWORKS, help="only this kind of network")
    parser.add_argument("--json", help="also write the figures to this file")
    arguments = parser.parse_args()
    here = pathlib.Path(__file__).parent
    contenders = [
        Contender("engine", [arguments.engine, "--contender"]),
        Contender("PyTorch", [sys.executable, here / "torch_contender.py"]),
        Contender("JAX", [sys.executable, here / "jax_contender.py"]),
    ]
    records = []
    for network in [arguments.network] if arguments.network else NETWORKS:
        for scalar in ["f64", "f32"]:
            records += compare(network, scalar, contenders, arguments)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(records, indent=1))


main()
