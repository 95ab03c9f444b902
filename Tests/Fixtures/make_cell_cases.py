"""Records what PyTorch computes for torch.nn.RNN, LSTM and GRU with torch.nn.Linear, in float64, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy
    ENV/bin/python make_cell_cases.py [FOLDER [FIRST_SEED]]

Writes Cells/CELL-NAME.json beside this file, or other draws of the same cases into FOLDER. Weights and data
have four decimals, so that files are short; results have all digits. No bias and no initial state is zero,
and neither are inputs and targets of padded steps, which nothing may read.
"""

import json
import pathlib
import sys

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
RAGGED = [4, 7, 1, 6]

# Every case has its name, I, H, O, the lengths of its sequences, and what is not the default of `record`.
CASES = [
    ("one-layer", 3, 5, 2, [6] * 4, {}),
    ("one-layer-classes", 2, 7, 4, [6] * 3, {"classes": True}),
    ("ragged", 3, 7, 2, RAGGED, {}),
    ("ragged-classes-last-step", 3, 5, 3, RAGGED, {"classes": True, "many_to_one": True}),
    ("two-layers", 3, 5, 2, [5] * 3, {"layers": 2}),
    ("two-layers-ragged-last-step", 2, 7, 3, RAGGED, {"layers": 2, "many_to_one": True}),
    ("both-ways", 3, 5, 2, [6] * 3, {"bidirectional": True}),
    ("three-layers-both-ways", 2, 5, 2, [5] * 2, {"layers": 3, "bidirectional": True}),
    ("three-layers-both-ways-ragged-classes", 3, 4, 3, RAGGED,
     {"layers": 3, "bidirectional": True, "classes": True}),
    ("long", 1, 5, 1, [120, 93], {}),
    ("saturated", 3, 7, 2, [8, 5, 8], {"scale": 8}),
    ("far-saturated", 3, 6, 2, [6, 6], {"far": True}),
    ("wide-one-sequence", 4, 17, 3, [9], {}),
    ("one-step", 2, 7, 3, [1] * 5, {}),
    ("many-sequences", 2, 5, 2, [1 + 3 * b % 5 for b in range(37)], {}),
    ("one-unit", 1, 1, 1, [6, 3], {}),
]
# Cases of relu: its states grow where others are bounded.
RELU = {
    "one-layer", "ragged", "two-layers-ragged-last-step", "three-layers-both-ways-ragged-classes", "one-step",
}


def draw(*shape, scale=1.0):
    return torch.round(scale * (2 * torch.rand(*shape) - 1), decimals=4)


def network(cell, activation, I, H, O, layers, bidirectional, scale, far):
    settings = {"num_layers": layers, "bidirectional": bidirectional}
    if cell == "elman":
        rnn = torch.nn.RNN(I, H, nonlinearity=activation, **settings)
    else:
        rnn = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](I, H, **settings)
    model = torch.nn.ModuleDict({"rnn": rnn, "readout": torch.nn.Linear((1 + bidirectional) * H, O)})
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            factor = scale if name.startswith("rnn") else 1
            parameter.copy_(draw(*parameter.shape, scale=factor * (2 / H) ** 0.5))
            if far and "bias" in name and name.startswith("rnn"):
                # σ and tanh are exactly 0 or ±1 there, and e^z overflows.
                parameter[::5], parameter[2::5] = 500, -500
    assert all((p != 0).all() for name, p in model.named_parameters() if "bias" in name)
    return model


def record(path, seed, cell, activation, I, H, O, lengths, layers=1, bidirectional=False, classes=False,
           many_to_one=False, scale=1.0, far=False):
    torch.manual_seed(seed)
    T, B = max(lengths), len(lengths)
    model = network(cell, activation, I, H, O, layers, bidirectional, scale, far)
    X = draw(T, B, I).requires_grad_()
    D = torch.randint(0, O, (T, B)) if classes else draw(T, B, O)
    first = {name: draw((1 + bidirectional) * layers, B, H).requires_grad_()
             for name in (["h0", "c0"] if cell == "lstm" else ["h0"])}
    packed = pack_padded_sequence(X, torch.tensor(lengths), enforce_sorted=False)
    states, _ = model["rnn"](packed, tuple(first.values()) if cell == "lstm" else first["h0"])
    Y = model["readout"](pad_packed_sequence(states, total_length=T)[0])
    E = torch.zeros(())
    for b, length in enumerate(lengths):
        steps = slice(length - 1 if many_to_one else 0, length)
        if classes:
            E = E + torch.nn.functional.cross_entropy(Y[steps, b], D[steps, b], reduction="sum")
        else:
            E = E + 0.5 * ((D[steps, b] - Y[steps, b]) ** 2).sum()
    E.backward()
    leaves = {**dict(model.named_parameters()), **first, "X": X}
    case = {
        "format": 2, "cell": cell, "activation": activation, "T": T, "B": B, "I": I, "H": H, "O": O,
        "layers": layers, "bidirectional": bidirectional,
        "loss": "crossEntropy" if classes else "halfSquaredError", "lengths": lengths,
        "manyToOne": many_to_one,
        "weights": {name: p.tolist() for name, p in model.named_parameters()},
        **{name: state.tolist() for name, state in first.items()},
        "X": X.tolist(), "D": D.tolist(), "Y": Y.tolist(), "E": E.item(),
        "gradients": {name: leaf.grad.tolist() for name, leaf in leaves.items()},
    }
    path.write_text(json.dumps(case))


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "Cells"
    folder.mkdir(parents=True, exist_ok=True)
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    for number, (name, *sizes, options) in enumerate(CASES):
        networks = [("lstm", "lstm", None), ("gru", "gru", None), ("elman", "elman", "tanh")]
        if name in RELU:
            networks.append(("relu", "elman", "relu"))
        for place, (prefix, cell, activation) in enumerate(networks):
            path = folder / f"{prefix}-{name}.json"
            record(path, seed + 10 * number + place, cell, activation, *sizes, **options)


if __name__ == "__main__":
    main()
