"""Records .npy files of many types, orders and versions as NumPy writes them, and their values, as numpy.json.

    python3 -m venv ENV && ENV/bin/pip install numpy && ENV/bin/python make_numpy.py

Values are hexadecimal floating-point numbers, row-major; "refused" are files that hold no array of real numbers.
"""

import base64
import io
import json
import pathlib

import numpy as np
from numpy.lib import format as npy

BOUNDS = {
    "f2": [0, -0.0, 2**-24, 65504, 1 / 3, -1.5, 2**-14, np.inf, -np.inf, np.nan],
    "f4": [0, -0.0, 2**-149, 3.4028234663852886e38, 1 / 3, -np.inf, np.nan],
    "f8": [0, -0.0, 5e-324, 1.7976931348623157e308, 1 / 3, -np.inf, np.nan],
    "i8": [-(2**53), 2**53, 2**62, -(2**63), 0, 1],
    "u8": [0, 2**53, 2**63, 1],
    "b1": [True, False],
}


def file(array, version=None):
    data = io.BytesIO()
    npy.write_array(data, array, version=version)
    return base64.b64encode(data.getvalue()).decode()


def values(array):
    return [float(x).hex() for x in array.ravel(order="C").tolist()]


arrays = {}
for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]:
    limits = BOUNDS.get(kind)
    if limits is None:
        limits = [np.iinfo(kind).min, np.iinfo(kind).max, 0, 1]
    for order in "<>" if kind[1] != "1" else "|":
        arrays[order + kind] = (np.array(limits, dtype=order + kind), None)
cube = np.arange(24, dtype="<f4").reshape(2, 3, 4)
arrays["3-d"] = (cube, None)
arrays["2-d of doubles"] = (np.arange(6, dtype="<f8").reshape(2, 3), None)
arrays["Fortran order, 2-d"] = (np.asfortranarray(cube[0]), None)
arrays["Fortran order, 3-d, big-endian"] = (np.asfortranarray(cube.astype(">f8")), None)
arrays["Fortran order, 5-d"] = (np.asfortranarray(np.arange(72, dtype="i2").reshape(3, 1, 2, 4, 3)), None)
arrays["version 2"] = (cube, (2, 0))
arrays["version 3"] = (cube, (3, 0))
arrays["0-d"] = (np.array(2.5), None)
arrays["1-d"] = (np.array([1.0]), None)
arrays["empty"] = (np.zeros((0, 3), dtype="f4"), None)
arrays["empty, Fortran order"] = (np.zeros((3, 0, 2), dtype="f4", order="F"), None)
arrays["empty, 1-d"] = (np.zeros(0), None)

refused = {
    "complex": np.array([1j]),
    "text": np.array(["a"]),
    "bytes": np.array([b"a"]),
    "dates": np.array(["2020-01-01"], dtype="M8[D]"),
    "structured": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]),
    "objects": np.array([None], dtype=object),
    "wider than a double": np.array([1], dtype=np.longdouble),
    "an integer between doubles": np.array([0, 2**53 + 1]),
    "an unsigned integer between doubles": np.array([2**64 - 1], dtype="u8"),
}

def lines(records):
    return "[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]"


read = lines(
    {"name": name, "shape": array.shape, "values": values(array), "file": file(array, version)}
    for name, (array, version) in arrays.items())
no_numbers = lines({"name": name, "file": file(array)} for name, array in refused.items())
path = pathlib.Path(__file__).parent / "numpy.json"
path.write_text(f'{{"arrays": {read}, "refused": {no_numbers}}}\n')
