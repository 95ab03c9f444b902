"""Records what PyTorch's losses of outputs, and their gradients, are in float64, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy
    ENV/bin/python make_losses.py

Writes losses.json beside this file. Each case has outputs a of T steps before the output function, targets, and weights of
classes where there are any; E is a sum over the steps unless the reduction is a mean.
"""

import json
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent
T = 7


def record(name, output, a, d, loss, **more):
    a = a.clone().requires_grad_(True)
    E = loss(a, d)
    E.backward()
    return {"name": name, "output": output, "a": a.tolist(), "d": d.tolist(), "E": E.item(),
            "gradient": a.grad.tolist(), **more}


def pinball(levels):
    def loss(a, d):
        e = d.unsqueeze(2) - a.reshape(T, d.shape[1], len(levels))
        tau = torch.tensor(levels)
        return torch.maximum(tau * e, (tau - 1) * e).sum()
    return loss


def gaussian(a, d):
    mean, log_variance = a.chunk(2, dim=1)
    return nn.GaussianNLLLoss(reduction="sum", eps=1e-12)(mean, d, log_variance.exp())


def main():
    torch.manual_seed(5)
    a, d = 2 * torch.randn(T, 4), torch.randn(T, 4)
    counts = torch.poisson(torch.full((T, 4), 2.0))
    shares = torch.softmax(torch.randn(T, 4), dim=1)
    classes = torch.randint(0, 4, (T,))
    weights = [0.5, 2.0, 0.25, 3.0]
    entropy = nn.CrossEntropyLoss
    cases = [
        record("absoluteError", "linear", a, d, nn.L1Loss(reduction="sum")),
        record("absoluteError", "sigmoid", a, d, lambda a, d: nn.L1Loss(reduction="sum")(a.sigmoid(), d)),
        record("huber(1.0)", "linear", a, d, nn.HuberLoss(reduction="sum")),
        record("huber(0.3)", "softmax", a, d,
               lambda a, d: nn.HuberLoss(reduction="sum", delta=0.3)(a.softmax(1), d)),
        record("quantile(0.1, 0.9)", "linear", a, d[:, :2], pinball([0.1, 0.9])),
        record("poisson", "linear", a, counts, nn.PoissonNLLLoss(reduction="sum")),
        record("gaussian", "linear", a, d[:, :2], gaussian),
        record("softCrossEntropy", "softmax", a, shares, entropy(reduction="sum")),
        record("smoothedCrossEntropy(0.1)", "softmax", a, classes, entropy(reduction="sum", label_smoothing=0.1)),
        record("crossEntropy", "softmax", a, classes, entropy(weight=torch.tensor(weights)), classWeights=weights,
               reduction="weightedMean"),
        record("crossEntropy", "softmax", a, classes, entropy(weight=torch.tensor(weights), reduction="sum"),
               classWeights=weights),
    ]
    (HERE / "losses.json").write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
