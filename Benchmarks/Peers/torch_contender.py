"""PyTorch: torch.nn.RNN, LSTM or GRU and torch.nn.Linear, used the way its documentation shows. Ragged batches are
packed once, before anything is timed, and the read-out sees valid steps only.

    torch_contender.py [THREADS]    all processors by default
"""

import os
import sys

import torch
from torch.nn.utils.rnn import pack_padded_sequence

from contender import serve

RATE = 1e-6
LAYERS = {"elman": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


class Contender:
    def __init__(self, case):
        self.start = {name: torch.from_numpy(value) for name, value in case.tensors.items()}
        self.x, self.d = torch.from_numpy(case.x), torch.from_numpy(case.d)
        self.is_packed = case.lengths is not None
        rnn = LAYERS[case.cell](self.x.shape[2], case.width, case.layers, bidirectional=case.directions == 2)
        readout = torch.nn.Linear(case.directions * case.width, self.d.shape[2])
        self.model = torch.nn.ModuleDict({"rnn": rnn, "readout": readout}).to(self.x.dtype)
        if self.is_packed:
            lengths = torch.tensor(case.lengths)
            self.x, d = (pack_padded_sequence(v, lengths, enforce_sorted=False) for v in (self.x, self.d))
            self.d = d.data
        self.join_biases(rnn, case)
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = torch.optim.SGD(self.parameters, lr=RATE)

    def join_biases(self, rnn, case):
        """One bias per cell, like the other contenders; of a GRU's second bias, the last third is learned too."""
        learned = (torch.arange(3 * case.width) >= 2 * case.width).to(self.d.dtype)
        for name, parameter in rnn.named_parameters():
            if name.startswith("bias_hh"):
                if case.cell == "gru":
                    parameter.register_hook(lambda gradient: gradient * learned)
                else:
                    parameter.requires_grad_(False)

    def forward(self):
        states, _ = self.model["rnn"](self.x)
        return self.model["readout"](states.data if self.is_packed else states)

    def train(self):
        self.optimiser.zero_grad(set_to_none=True)
        loss = 0.5 * ((self.forward() - self.d) ** 2).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()
        return loss.item()

    def infer(self):
        with torch.inference_mode():
            return self.forward()

    def losses(self, count):
        self.model.load_state_dict(self.start)
        return [self.train() for _ in range(count)]


torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else len(os.sched_getaffinity(0)))
serve(Contender)
