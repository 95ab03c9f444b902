"""Records exp, tanh and sigmoid to 106 bits at many doubles, with mpmath, as elementwise.csv.

    python3 -m venv ENV && ENV/bin/pip install mpmath && ENV/bin/python make_elementwise.py

Each line: function, the bits of x, and f(x) as the bits of two doubles whose sum it is.
"""

import math
import pathlib
import random
import struct

from mpmath import mp, mpf

mp.prec = 1200  # enough for 1 + e^-700 to keep both terms
FUNCTIONS = {
    "exp": mp.exp,
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
}


def bits(x):
    return struct.pack(">d", x).hex()


def points(function):
    random.seed(function)
    edges = [0.625, 0.6250000000000001, 0.6249999999999999, 1.0, 19.0, 20.0, 22.0, 36.7, 708.39,
             709.78, 5e-324, 1e-310, 2.2250738585072014e-308, 1e-20, 1e-8, 745.1, 744.4]
    yield from (sign * edge for edge in edges for sign in (1, -1))
    for _ in range(250):
        yield random.uniform(-1, 1)
        yield random.uniform(-20, 20)
        yield random.uniform(-745, 709.7)
        yield random.choice((-1, 1)) * math.exp(random.uniform(-700, 0))


lines = []
for name, f in FUNCTIONS.items():
    for x in points(name):
        exact = f(mpf(x))
        high = float(exact)
        if math.isinf(high):
            continue
        lines.append(f"{name},{bits(x)},{bits(high)},{bits(float(exact - mpf(high)))}")
path = pathlib.Path(__file__).parent / "elementwise.csv"
path.write_text("function,x,high,low\n" + "\n".join(lines) + "\n")
