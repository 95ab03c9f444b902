"""Records what PyTorch computes for stacked and bidirectional networks, in float64.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy safetensors
    ENV/bin/python make_deep_cases.py

Writes into Deep/, for each case, NAME.safetensors (the state_dict of torch.nn.RNN as `rnn`, torch.nn.Linear as
`readout` and torch.nn.Embedding as `embedding`) and NAME.json: the batch, the outputs before the output function,
the loss, and the gradients by the names of the tensors.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent / "Deep"


def record(name, seed, I, H, O, lengths, layers=1, bidirectional=False, activation="tanh", embedding=None,
           last_step=False):
    torch.manual_seed(seed)
    T, B = max(lengths), len(lengths)
    model = torch.nn.ModuleDict({
        "rnn": torch.nn.RNN(embedding or I, H, layers, nonlinearity=activation, bidirectional=bidirectional),
        "readout": torch.nn.Linear(H * (1 + bidirectional), O),
    })
    if embedding:
        model["embedding"] = torch.nn.Embedding(I, embedding)
    with torch.no_grad():
        # The engine has one state bias; the second is zero, as the engine writes it.
        for key, parameter in model["rnn"].named_parameters():
            if "bias_hh" in key:
                parameter.zero_()
    X = torch.randint(0, I, (T, B)) if embedding else torch.randn(T, B, I)
    D = torch.randn(B, O) if last_step else torch.randn(T, B, O)
    inputs = model["embedding"](X) if embedding else X
    packed = pack_padded_sequence(inputs, torch.tensor(lengths), enforce_sorted=False)
    states, final = model["rnn"](packed)
    states, _ = pad_packed_sequence(states, total_length=T)
    if last_step:
        # The last layer's final states, both directions side by side.
        top = final[-2:] if bidirectional else final[-1:]
        Y = model["readout"](torch.cat(list(top), dim=1))
        E = 0.5 * ((D - Y) ** 2).sum()
    else:
        Y = model["readout"](states)
        E = sum(0.5 * ((D[:length, b] - Y[:length, b]) ** 2).sum() for b, length in enumerate(lengths))
    E.backward()
    FOLDER.mkdir(exist_ok=True)
    save_file(model.state_dict(), FOLDER / f"{name}.safetensors")
    gradients = {key: p.grad.flatten().tolist() for key, p in model.named_parameters()
                 if "bias_hh" not in key}
    case = {"activation": activation, "lastStep": last_step, "lengths": lengths, "D": D.tolist(),
            "tokens" if embedding else "X": X.tolist(), "Y": Y.flatten(0, -2).tolist(), "E": E.item(),
            "gradients": gradients}
    (FOLDER / f"{name}.json").write_text(json.dumps(case))


if __name__ == "__main__":
    record("stacked", 1, 3, 4, 2, [5, 5, 5], layers=2)
    record("stacked-ragged-relu", 2, 3, 5, 2, [2, 7, 4, 7, 1], layers=3, activation="relu")
    record("bidirectional", 3, 3, 4, 2, [5, 5, 5], bidirectional=True)
    record("stacked-bidirectional-ragged", 4, 3, 4, 2, [3, 7, 1, 6], layers=2, bidirectional=True)
    record("bidirectional-last-step", 5, 3, 4, 3, [3, 7, 1, 6], layers=2, bidirectional=True, last_step=True)
    record("last-step", 6, 3, 4, 3, [3, 7, 1, 6], last_step=True)
    record("embedding", 7, 9, 4, 3, [3, 7, 1, 6], layers=2, embedding=5)
    record("embedding-bidirectional", 8, 6, 4, 3, [3, 7, 1, 6], bidirectional=True, embedding=2)
