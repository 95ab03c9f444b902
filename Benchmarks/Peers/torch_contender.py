"""PyTorch: torch.nn.RNN and torch.nn.Linear, used the way its documentation shows."""

import os

import torch

from contender import serve

RATE = 1e-6


class Contender:
    def __init__(self, tensors):
        torch.set_num_threads(len(os.sched_getaffinity(0)))
        tensors = {name: torch.from_numpy(value) for name, value in tensors.items()}
        self.x, self.d = tensors.pop("x"), tensors.pop("d")
        self.start = tensors
        width, inputs = tensors["rnn.weight_ih_l0"].shape
        outputs = tensors["readout.weight"].shape[0]
        layers = sum(name.startswith("rnn.weight_hh") and "reverse" not in name for name in tensors)
        rnn = torch.nn.RNN(inputs, width, layers, bidirectional="rnn.weight_hh_l0_reverse" in tensors)
        readout = torch.nn.Linear(tensors["readout.weight"].shape[1], outputs)
        self.model = torch.nn.ModuleDict({"rnn": rnn, "readout": readout}).to(self.x.dtype)
        # One bias per cell, like the other contenders.
        for name, parameter in rnn.named_parameters():
            if name.startswith("bias_hh"):
                parameter.requires_grad_(False)
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimiser = torch.optim.SGD(self.parameters, lr=RATE)

    def forward(self):
        states, _ = self.model["rnn"](self.x)
        return self.model["readout"](states)

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


serve(Contender)
