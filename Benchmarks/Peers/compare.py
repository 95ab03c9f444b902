"""Times the engine, PyTorch and JAX in turn on the same work, and prints how many times faster the engine is than
the fastest of its peers.

Every contender is a process of its own that waits while another works. All get the same weights and data. Their
first losses are compared before anything is timed. They alternate in short rounds, so that a machine that slows down
affects all of them alike. A ratio is the median over the rounds. Without an engine, PyTorch is compared with the
others."""

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
# T, B, I, H of a batch whose memory is measured.
LONG = (2000, 32, 64, 256)
GATES = {"elman": 1, "lstm": 4, "gru": 3}
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


def write_case(path, cell, T, B, I, H, layers, directions, ragged):
    draw = np.random.default_rng(1)
    edge = 1 / np.sqrt(H)
    rows = GATES[cell] * H

    def uniform(*shape, edge=edge):
        return draw.uniform(-edge, edge, shape)

    tensors = {}
    for layer in range(layers):
        for suffix in ["", "_reverse"][:directions]:
            name = f"l{layer}{suffix}"
            tensors[f"rnn.weight_ih_{name}"] = uniform(rows, directions * H if layer else I)
            tensors[f"rnn.weight_hh_{name}"] = uniform(rows, H)
            tensors[f"rnn.bias_ih_{name}"] = uniform(rows)
            # The two biases act as their sum; but the last third of a GRU's second one is a parameter of its own.
            second = np.zeros(rows)
            if cell == "gru":
                second[2 * H :] = uniform(H)
            tensors[f"rnn.bias_hh_{name}"] = second
    tensors["readout.weight"], tensors["readout.bias"] = uniform(I, directions * H), uniform(I)
    tensors["x"], tensors["d"] = uniform(T, B, I, edge=1), uniform(T, B, I, edge=1)
    metadata = {"cell": cell}
    if ragged:
        # From a tenth of T to T in no particular order.
        lengths = draw.permutation(np.linspace(T, T / 10, B).round().astype(int))
        metadata["lengths"] = " ".join(map(str, lengths))
    save_file(tensors, path, metadata)


def load(contenders, cell, shape, network, ragged, scalar):
    with tempfile.NamedTemporaryFile(suffix=".safetensors") as case:
        write_case(case.name, cell, *shape, *NETWORKS[network], ragged)
        compare_losses(contenders, [c.ask("load", case.name, scalar) for c in contenders], scalar)


def compare_losses(contenders, answers, scalar):
    for contender, losses in zip(contenders[1:], answers[1:]):
        for ours, theirs in zip(answers[0], losses):
            if not abs(ours - theirs) <= TOLERANCE[scalar] * abs(theirs):
                sys.exit(f"{contender.name}: losses {losses} where {contenders[0].name} has {answers[0]}")


def measure(contenders, work, seconds, rounds):
    """The least times over all rounds, and the median ratio of the fastest peer's time to ours."""
    times = [[c.ask(work, seconds / rounds)[0] for c in contenders] for _ in range(rounds)]
    ratio = float(np.median([min(round[1:]) / round[0] for round in times]))
    return [min(column) for column in zip(*times)], ratio


def compare(network, scalar, contenders, arguments):
    """Prints one table: the grid for one kind of network in one number type. Returns a record of each figure."""
    batch = "ragged" if arguments.ragged else "padded"
    title = f"{arguments.cell}, {network}, {batch}, {scalar}"
    print(f"{title:32}", *(f"{c.name:>13}" for c in contenders), "    ratio", sep="", flush=True)
    records = []
    for shape in GRID:
        load(contenders, arguments.cell, shape, network, arguments.ragged, scalar)
        for work in ["train", "infer"]:
            times, ratio = measure(contenders, work, arguments.seconds, arguments.rounds)
            name = f"{', '.join(map(str, shape))} {work}"
            print(f"{name:32}", *(f"{time:13.3f}" for time in times), f"{ratio:9.2f}", sep="", flush=True)
            records.append({
                "cell": arguments.cell, "network": network, "batch": batch, "shape": shape, "scalar": scalar,
                "work": work, "ratio": ratio, "milliseconds": dict(zip([c.name for c in contenders], times)),
            })
    for work in ["train", "infer"]:
        ratios = [record["ratio"] for record in records if record["work"] == work]
        mean = float(np.exp(np.mean(np.log(ratios))))
        print(f"{work}: {mean:.2f} times the fastest peer in the geometric mean, {min(ratios):.2f} at worst")
    print()
    return records


def compare_memory(contenders, arguments):
    """Prints by how many megabytes two training steps on a long batch let each contender grow."""
    for network in arguments.networks:
        load(contenders, arguments.cell, LONG, network, arguments.ragged, "f64")
        figures = ", ".join(f"{c.name} {c.ask('memory')[0]:.0f} MB" for c in contenders)
        print(f"{arguments.cell}, {network}, f64 {', '.join(map(str, LONG))}: {figures}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", help="the benchmark executable")
    parser.add_argument("--seconds", type=float, default=2.0, help="time for each contender and figure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cell", choices=GATES, default="elman")
    parser.add_argument("--ragged", action="store_true", help="lengths from a tenth of T to T")
    parser.add_argument("--network", choices=NETWORKS, help="only this kind of network")
    parser.add_argument("--memory", action="store_true", help="instead, the memory of a training step")
    parser.add_argument("--json", help="also write the figures to this file")
    arguments = parser.parse_args()
    if arguments.memory and arguments.json:
        parser.error("--json does not go with --memory")
    arguments.networks = [arguments.network] if arguments.network else NETWORKS
    here = pathlib.Path(__file__).parent
    contenders = [
        Contender("PyTorch", [sys.executable, here / "torch_contender.py"]),
        Contender("PyTorch (1)", [sys.executable, here / "torch_contender.py", "1"]),
        Contender("JAX", [sys.executable, here / "jax_contender.py"]),
    ]
    if arguments.engine:
        contenders.insert(0, Contender("engine", [arguments.engine, "--contender"]))
    if arguments.memory:
        return compare_memory(contenders, arguments)
    records = []
    for network in arguments.networks:
        for scalar in ["f64", "f32"]:
            records += compare(network, scalar, contenders, arguments)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(records, indent=1))


if __name__ == "__main__":
    main()
