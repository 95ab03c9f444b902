"""The recurrence of a layer in JAX: a lax.scan of fused steps with one product each way. The gradient of W_s is one
product over all steps, outside the scan; JAX itself would add a product a step, which takes up to twice as long.
"""

from functools import partial

import jax
import jax.numpy as jnp


def elman(before, z, q):
    s = jnp.tanh(z + q)
    return s, (s,)


def lstm(before, z, q):
    i, f, g, o = jnp.split(z + q, 4, axis=-1)
    c = jax.nn.sigmoid(f) * before[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
    s = jax.nn.sigmoid(o) * jnp.tanh(c)
    return s, (s, c)


def gru(before, z, q):
    """z has a fourth block: b_n, which is inside the product with r."""
    z_r, z_z, z_n, b_n = jnp.split(z, 4, axis=-1)
    q_r, q_z, q_n = jnp.split(q, 3, axis=-1)
    r, z = jax.nn.sigmoid(z_r + q_r), jax.nn.sigmoid(z_z + q_z)
    n = jnp.tanh(z_n + r * (q_n + b_n))
    s = (1 - z) * n + z * before[0]
    return s, (s,)


CELLS = {"elman": elman, "lstm": lstm, "gru": gru}


def scan(cell, reverse, W_s, z, mask):
    def step(before, inputs):
        z, valid = inputs
        s, after = CELLS[cell](before, z, before[0] @ W_s)
        if valid is not None:
            after = tuple(jnp.where(valid, new, old) for new, old in zip(after, before))
        return after, after[0]

    first = jnp.zeros((z.shape[1], W_s.shape[0]), z.dtype)
    return jax.lax.scan(step, (first,) * (2 if cell == "lstm" else 1), (z, mask), reverse=reverse)[1]


@partial(jax.custom_vjp, nondiff_argnums=(0, 1))
def states(cell, reverse, W_s, z, mask):
    """S (T × B × H) from z = X W_x + b_s; `mask` (T × B × 1) says which steps are valid, None that all are."""
    return scan(cell, reverse, W_s, z, mask)


def forwards(cell, reverse, W_s, z, mask):
    S, pull_back = jax.vjp(lambda z: scan(cell, reverse, W_s, z, mask), z)
    return S, (S, pull_back)


def backwards(cell, reverse, kept, gradient):
    S, pull_back = kept
    (of_z,) = pull_back(gradient)
    of_q = of_z
    if cell == "gru":
        r_and_z, _, n = jnp.split(of_z, [2 * S.shape[-1], 3 * S.shape[-1]], axis=-1)
        of_q = jnp.concatenate([r_and_z, n], axis=-1)
    before, of_q = (S[1:], of_q[:-1]) if reverse else (S[:-1], of_q[1:])
    return jnp.einsum("tbh,tbg->hg", before, of_q), of_z, None


states.defvjp(forwards, backwards)
