"""JAX: a jitted training step. The input products of all timesteps are one product; the recurrence is a
lax.scan."""

from functools import partial

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp
import numpy as np

from contender import serve
from jax_recurrence import states

RATE = 1e-6


def layer(name, weights, x, mask, reverse):
    z = x @ weights["W_x"] + weights["b_s"]
    if name == "gru":
        b_n = jnp.broadcast_to(weights["b_n"], z.shape[:2] + weights["b_n"].shape)
        z = jnp.concatenate([z, b_n], axis=-1)
    return states(name, reverse, weights["W_s"], z, mask)


def outputs(cell, weights, x, mask):
    for cells in weights["layers"]:
        both = [layer(cell, each, x, mask, reverse=number == 1) for number, each in enumerate(cells)]
        x = both[0] if len(both) == 1 else jnp.concatenate(both, axis=-1)
    return x @ weights["W_y"] + weights["b_y"]


def loss(weights, cell, x, d, mask):
    difference = outputs(cell, weights, x, mask) - d
    return 0.5 * jnp.sum((difference if mask is None else jnp.where(mask, difference, 0)) ** 2)


@partial(jax.jit, static_argnums=0)
def training_step(cell, weights, x, d, mask):
    value, gradient = jax.value_and_grad(loss)(weights, cell, x, d, mask)
    norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in jax.tree.leaves(gradient)))
    rate = RATE * jnp.minimum(1.0, 1.0 / norm)
    return value, jax.tree.map(lambda w, g: w - rate.astype(w.dtype) * g, weights, gradient)


forward = jax.jit(outputs, static_argnums=0)


class Contender:
    def __init__(self, case):
        self.cell = case.cell
        self.x, self.d, self.mask = jnp.asarray(case.x), jnp.asarray(case.d), None
        if case.lengths:
            steps = np.arange(case.x.shape[0])[:, None, None]
            self.mask = jnp.asarray(steps < np.array(case.lengths)[:, None])
        tensors = case.tensors

        def weights(name):
            parts = {
                "W_x": jnp.asarray(tensors[f"rnn.weight_ih_{name}"].T.copy()),
                "W_s": jnp.asarray(tensors[f"rnn.weight_hh_{name}"].T.copy()),
                "b_s": jnp.asarray(tensors[f"rnn.bias_ih_{name}"]),
            }
            if case.cell == "gru":
                parts["b_n"] = jnp.asarray(tensors[f"rnn.bias_hh_{name}"][2 * case.width :])
            return parts

        suffixes = ["", "_reverse"][: case.directions]
        self.start = {
            "layers": [[weights(f"l{layer}{suffix}") for suffix in suffixes] for layer in range(case.layers)],
            "W_y": jnp.asarray(tensors["readout.weight"].T.copy()),
            "b_y": jnp.asarray(tensors["readout.bias"]),
        }
        self.weights = self.start

    def train(self):
        value, self.weights = training_step(self.cell, self.weights, self.x, self.d, self.mask)
        jax.block_until_ready(self.weights)
        return value

    def infer(self):
        return jax.block_until_ready(forward(self.cell, self.weights, self.x, self.mask))

    def losses(self, count):
        self.weights = self.start
        return [self.train() for _ in range(count)]


serve(Contender)
