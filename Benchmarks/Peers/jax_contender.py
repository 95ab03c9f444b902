"""JAX: a jitted training step. The input products of all timesteps are one product; the recurrence is a
lax.scan."""

import jax

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

import jax.numpy as jnp

from contender import serve

RATE = 1e-6


def states(cell, x, reverse):
    z = x @ cell["W_x"] + cell["b_s"]

    def step(s, z_t):
        s = jnp.tanh(z_t + s @ cell["W_s"])
        return s, s

    first = jnp.zeros((x.shape[1], cell["W_s"].shape[0]), x.dtype)
    return jax.lax.scan(step, first, z, reverse=reverse)[1]


def outputs(weights, x):
    for cells in weights["layers"]:
        both = [states(cell, x, reverse=number == 1) for number, cell in enumerate(cells)]
        x = both[0] if len(both) == 1 else jnp.concatenate(both, axis=-1)
    return x @ weights["W_y"] + weights["b_y"]


def loss(weights, x, d):
    return 0.5 * jnp.sum((outputs(weights, x) - d) ** 2)


@jax.jit
def training_step(weights, x, d):
    value, gradient = jax.value_and_grad(loss)(weights, x, d)
    norm = jnp.sqrt(sum(jnp.vdot(g, g) for g in jax.tree.leaves(gradient)))
    rate = RATE * jnp.minimum(1.0, 1.0 / norm)
    return value, jax.tree.map(lambda w, g: w - rate.astype(w.dtype) * g, weights, gradient)


forward = jax.jit(outputs)


class Contender:
    def __init__(self, tensors):
        self.x, self.d = jnp.asarray(tensors["x"]), jnp.asarray(tensors["d"])

        def cell(name):
            return {
                "W_x": jnp.asarray(tensors[f"rnn.weight_ih_{name}"].T.copy()),
                "W_s": jnp.asarray(tensors[f"rnn.weight_hh_{name}"].T.copy()),
                "b_s": jnp.asarray(tensors[f"rnn.bias_ih_{name}"]),
            }

        layers = sum(name.startswith("rnn.weight_hh") and "reverse" not in name for name in tensors)
        suffixes = ["", "_reverse"] if "rnn.weight_hh_l0_reverse" in tensors else [""]
        self.start = {
            "layers": [[cell(f"l{layer}{suffix}") for suffix in suffixes] for layer in range(layers)],
            "W_y": jnp.asarray(tensors["readout.weight"].T.copy()),
            "b_y": jnp.asarray(tensors["readout.bias"]),
        }
        self.weights = self.start

    def train(self):
        value, self.weights = training_step(self.weights, self.x, self.d)
        jax.block_until_ready(self.weights)
        return value

    def infer(self):
        return jax.block_until_ready(forward(self.weights, self.x))

    def losses(self, count):
        self.weights = self.start
        return [self.train() for _ in range(count)]


serve(Contender)
