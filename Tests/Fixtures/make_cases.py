"""Records what PyTorch computes for small Elman networks, in float64, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy safetensors
    ENV/bin/python make_cases.py [FOLDER [FIRST_SEED]]

Writes Cases/*.json, run.json (ten losses of a training run) and torch.safetensors beside this file,
or the cases alone into FOLDER, drawn from other seeds.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
PHI = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "identity": lambda z: z}


def draw(generator, *shape, scale=1.0):
    return scale * (2 * torch.rand(*shape, generator=generator) - 1)


def unfold(activation, X, s0, Wx, Ws, Wy, bs, by, lengths):
    """States (the last valid one is kept) and outputs before the output function."""
    s, S, Y = s0, [], []
    for t in range(X.shape[0]):
        valid = (torch.tensor(lengths) > t).unsqueeze(1)
        s = torch.where(valid, PHI[activation](X[t] @ Wx + s @ Ws + bs), s)
        S.append(s)
        Y.append(s @ Wy + by)
    return torch.stack(S), torch.stack(Y)


def check_against_torch_rnn(activation, X, s0, Wx, Ws, bs, S, lengths):
    """The loop above is torch.nn.RNN where that exists: tanh and relu."""
    if activation not in ("tanh", "relu"):
        return
    rnn = torch.nn.RNN(X.shape[2], s0.shape[1], nonlinearity=activation)
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(Wx.T), rnn.weight_hh_l0.copy_(Ws.T)
        rnn.bias_ih_l0.copy_(bs), rnn.bias_hh_l0.zero_()
        theirs, _ = rnn(X, s0.unsqueeze(0))
    for b, length in enumerate(lengths):
        assert torch.allclose(theirs[:length, b], S[:length, b], rtol=0, atol=1e-12)


def record(name, folder, seed, T, B, I, H, O, activation, loss, lengths=None, many_to_one=False):
    generator = torch.Generator().manual_seed(seed)
    lengths = lengths or [T] * B
    leaves = {
        "Wx": draw(generator, I, H), "Ws": draw(generator, H, H, scale=(3 / H) ** 0.5),
        "Wy": draw(generator, H, O), "bs": draw(generator, H), "by": draw(generator, O),
        "s0": draw(generator, B, H), "X": draw(generator, T, B, I),
    }
    for leaf in leaves.values():
        leaf.requires_grad_(True)
    classes = loss == "crossEntropy"
    D = torch.randint(0, O, (T, B), generator=generator) if classes else draw(generator, T, B, O)
    S, Y = unfold(activation, leaves["X"], leaves["s0"], leaves["Wx"], leaves["Ws"], leaves["Wy"],
                  leaves["bs"], leaves["by"], lengths)
    check_against_torch_rnn(activation, *(leaves[k] for k in ("X", "s0", "Wx", "Ws", "bs")), S, lengths)
    E = torch.zeros(())
    for b, length in enumerate(lengths):
        for t in range(length - 1 if many_to_one else 0, length):
            if classes:
                E = E + torch.nn.functional.cross_entropy(Y[t, b], D[t, b], reduction="sum")
            else:
                E = E + 0.5 * ((D[t, b] - Y[t, b]) ** 2).sum()
    E.backward()
    weights = ("Wx", "Ws", "Wy", "bs", "by")
    case = {
        "T": T, "B": B, "I": I, "H": H, "O": O, "activation": activation, "loss": loss,
        "lengths": lengths, "manyToOne": many_to_one,
        "weights": {key: leaves[key].tolist() for key in weights},
        "s0": leaves["s0"].tolist(), "X": leaves["X"].tolist(), "D": D.tolist(),
        "S": S.tolist(), "Y": Y.tolist(), "E": E.item(),
        "gradients": {key: leaf.grad.tolist() for key, leaf in leaves.items()},
    }
    (folder / f"{name}.json").write_text(json.dumps(case))


def record_cases(folder, seed):
    half, cross = "halfSquaredError", "crossEntropy"
    record("tanh", folder, seed + 1, 5, 3, 2, 4, 3, "tanh", half)
    record("tanh-cross-entropy", folder, seed + 2, 6, 4, 3, 5, 4, "tanh", cross)
    record("tanh-ragged", folder, seed + 3, 7, 4, 3, 5, 2, "tanh", half, [7, 1, 4, 6])
    record("tanh-many-to-one", folder, seed + 4, 6, 3, 2, 7, 3, "tanh", cross, None, True)
    record("tanh-ragged-many-to-one", folder, seed + 5, 9, 5, 3, 4, 3, "tanh", cross, [2, 9, 1, 5, 9], True)
    record("tanh-one-step", folder, seed + 6, 1, 1, 1, 1, 1, "tanh", half)
    record("tanh-one-sequence", folder, seed + 7, 12, 1, 4, 9, 5, "tanh", half)
    record("tanh-long", folder, seed + 8, 60, 2, 1, 6, 1, "tanh", half, [60, 41])
    record("sigmoid", folder, seed + 9, 5, 2, 3, 5, 2, "sigmoid", half)
    record("sigmoid-ragged", folder, seed + 10, 6, 3, 3, 5, 4, "sigmoid", cross, [3, 6, 2])
    record("relu", folder, seed + 11, 5, 3, 4, 6, 2, "relu", half)
    record("relu-ragged-many-to-one", folder, seed + 12, 8, 4, 2, 5, 3, "relu", half, [8, 3, 5, 1], True)
    record("identity", folder, seed + 13, 4, 3, 2, 3, 2, "identity", half)
    record("identity-cross-entropy", folder, seed + 14, 5, 17, 3, 4, 6, "identity", cross, [5] * 16 + [2])
    record("tanh-wide", folder, seed + 15, 3, 2, 17, 33, 13, "tanh", cross)


def record_run():
    """Ten steps of SGD with momentum and clipping by norm on torch.nn.RNN and Linear, and the model
    file before the first of them."""
    torch.manual_seed(7)
    T, B, I, H, O = 8, 4, 3, 6, 2
    model = torch.nn.ModuleDict({"rnn": torch.nn.RNN(I, H), "readout": torch.nn.Linear(H, O)})
    X, D = torch.randn(T, B, I), torch.randn(T, B, O)
    save_file(model.state_dict(), HERE / "torch.safetensors")
    y = model["readout"](model["rnn"](X)[0])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses, norms = [], []
    for _ in range(10):
        optimizer.zero_grad()
        E = ((D - model["readout"](model["rnn"](X)[0])) ** 2).sum() / (T * B)
        E.backward()
        # Here there are two state biases with equal gradients where one parameter would do; the
        # second is frozen, so that the norm is the one of the mathematics.
        model["rnn"].bias_hh_l0.grad = None
        # By hand: clip_grad_norm_ divides by norm + 1e-6, where the mathematics has the norm.
        gradients = [p.grad for p in model.parameters() if p.grad is not None]
        norms.append(torch.sqrt(sum((g**2).sum() for g in gradients)).item())
        for g in gradients:
            g *= min(1.0, 1.0 / norms[-1])
        losses.append(E.item())
        optimizer.step()
    run = {"T": T, "B": B, "learningRate": 0.05, "momentum": 0.9, "clipNorm": 1.0, "X": X.tolist(),
           "D": D.tolist(), "outputs": y.tolist(), "losses": losses, "gradientNorms": norms}
    (HERE / "run.json").write_text(json.dumps(run))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        target = pathlib.Path(sys.argv[1])
        target.mkdir(parents=True, exist_ok=True)
        record_cases(target, int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    else:
        (HERE / "Cases").mkdir(exist_ok=True)
        record_cases(HERE / "Cases", 0)
        record_run()
