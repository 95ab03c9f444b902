"""Saves small models as PyTorch's users do, in safetensors without metadata, and what they compute, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy safetensors
    ENV/bin/python make_torch_models.py

Writes PyTorch/NAME.safetensors, a state_dict, and PyTorch/NAME.json: which tensors are what, inputs [T][B][I],
and outputs [T][B][O] of the read-out, computed in float64 from the saved weights and initial states of zero.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).parent / "PyTorch"
KINDS = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def save(name, seed, layer, kind, recurrent, readout, I=3, H=5, O=2, T=4, B=2, **options):
    torch.manual_seed(seed)
    rnn = layer(I, H, **options)
    width = (options.get("proj_size") or H) * (2 if options.get("bidirectional") else 1)
    linear = torch.nn.Linear(width, O)
    modules = {recurrent: rnn, readout: linear}
    for module in modules.values():
        module.to(KINDS[kind])
    tensors = {f"{prefix}.{key}": value for prefix, module in modules.items()
               for key, value in module.state_dict().items()}
    save_file(tensors, FOLDER / f"{name}.safetensors")
    X = torch.round(2 * torch.rand(T, B, I, dtype=torch.float64) - 1, decimals=4)
    with torch.no_grad():
        Y = linear.double()(rnn.double()(X)[0])
    cell = {"RNN": "elman"}.get(layer.__name__, layer.__name__.lower())
    case = {
        "cell": cell, "activation": options.get("nonlinearity", "tanh") if cell == "elman" else None,
        "type": kind, "recurrent": recurrent, "readout": readout, "I": I, "H": H, "O": O, "T": T, "B": B,
        "layers": options.get("num_layers", 1), "bidirectional": options.get("bidirectional", False),
        "projection": options.get("proj_size"), "X": X.tolist(), "Y": Y.tolist(),
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(case))


def main():
    FOLDER.mkdir(exist_ok=True)
    shapes = [{}, {"num_layers": 2}, {"num_layers": 2, "bidirectional": True}]
    for row, layer in enumerate([torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU]):
        cell = layer.__name__.lower()
        # Where a user's module may have its recurrent network and its read-out.
        names = [("model.encoder", "fc"), (cell, "linear"), ("net.0", "net.1")]
        for column, kind in enumerate(KINDS):
            options = dict(shapes[(row + column) % 3])
            if (cell, kind) == ("rnn", "BF16"):
                options["nonlinearity"] = "relu"
            save(f"{cell}-{kind.lower()}", 10 * row + column, layer, kind, *names[column], **options)
    save("lstm-projection", 30, torch.nn.LSTM, "F32", "model.encoder", "fc", proj_size=2)


if __name__ == "__main__":
    main()
