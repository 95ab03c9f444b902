"""Records what torch.nn.CTCLoss and its gradient by the outputs before softmax are in float64, as JSON.

    python3 -m venv ENV && ENV/bin/pip install torch==2.13.0 numpy
    ENV/bin/python make_ctc.py

Writes ctc.json beside this file: batches of outputs a of some sequences, their labels and the blank, the loss of each
sequence, and the gradient of their sum.
"""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
HERE = pathlib.Path(__file__).parent


def record(lengths, labels, classes, blank, scale=1.0):
    a = (scale * torch.randn(len(lengths), max(lengths), classes)).requires_grad_(True)
    log_y = a.log_softmax(2).transpose(0, 1)
    targets = torch.tensor([label for row in labels for label in row], dtype=torch.long)
    losses = torch.nn.CTCLoss(blank=blank, reduction="none")(
        log_y, targets, torch.tensor(lengths), torch.tensor([len(row) for row in labels]))
    losses.sum().backward()
    cut = [(a[b, :length].tolist(), a.grad[b, :length].tolist()) for b, length in enumerate(lengths)]
    return {"blank": blank, "labels": labels, "a": [rows for rows, _ in cut], "losses": losses.tolist(),
            "gradients": [rows for _, rows in cut]}


def main():
    torch.manual_seed(3)
    cases = [
        record([6], [[1, 2]], 3, 0),
        record([5, 9, 3, 1], [[1, 1, 2], [3, 2, 3, 3], [], [2]], 4, 0),
        record([7, 5], [[0, 1, 0], [1, 1, 1]], 3, 2),
        record([40, 23], [[1, 4, 2, 2, 3, 1, 1, 4], [4, 3, 2, 1]], 6, 0, scale=4.0),
        record([150], [[1 + (5 * i) % 7 for i in range(30)]], 9, 0),
    ]
    (HERE / "ctc.json").write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
