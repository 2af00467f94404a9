"""A real machine that names photos: EfficientNet-Lite0, trained on ImageNet-1k, in plain NumPy.

In:  the file of its weights, and a picture of 224 x 224 pixels.   Out: a probability for each of its thousand names.
Left out on purpose: training. The weights are read without running anything that the file might want to run.
"""

import io
import pickle
from collections import OrderedDict

import numpy as np

SIZE = 224
BLOCKS = [(1, 3, 1, 1), (6, 3, 2, 2), (6, 5, 2, 2), (6, 3, 2, 3), (6, 5, 1, 3), (6, 5, 2, 4), (6, 3, 1, 1)]
"""How much wider inside, size of the filter, step, how many in a row."""


class _Careful(pickle.Unpickler):
    """Reads tensors as (storage, offset, shape, strides) and refuses everything else."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *_: (storage, offset, shape, strides)
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name}")

    def persistent_load(self, ident):
        return ident


def weights(data):
    """The arrays of a file in torch's old format, by name."""
    file = io.BytesIO(data)
    for _ in range(3):  # a magic number, a protocol, the system
        _Careful(file).load()
    found = _Careful(file).load()
    kinds = {tensor[0][2]: "<f4" if "Float" in tensor[0][1] else "<i8" for tensor in found.values()}
    stored = {}
    for key in _Careful(file).load():
        count = int(np.frombuffer(file.read(8), "<i8")[0])
        stored[key] = np.frombuffer(file.read(count * int(kinds[key][2])), kinds[key])
    return {name: _array(stored[storage[2]], *rest) for name, (storage, *rest) in found.items()}


def _array(flat, offset, shape, strides):
    return np.lib.stride_tricks.as_strided(flat[offset:], shape, [step * flat.itemsize for step in strides])


class Classifier:
    """The machine with its weights."""

    def __init__(self, data):
        """A machine with the weights of this file."""
        self.w = weights(data)

    def probabilities(self, pixels):
        """The probability of each name for an array of 224 x 224 x 3 numbers from 0 to 255."""
        x = (np.asarray(pixels, np.float32) - 127) / 128
        x = _cut(self._norm(np.einsum("hwcij,ocij->hwo", _windows(x, 3, 2), self.w["_conv_stem.weight"], optimize=True), "_bn0"))
        number = 0
        for wider, size, step, times in BLOCKS:
            for turn in range(times):
                out = self._block(x, f"_blocks.{number}", wider, size, step if turn == 0 else 1)
                x, number = (x + out if turn else out), number + 1
        x = _cut(self._norm(self._point(x, "_conv_head"), "_bn1")).mean(axis=(0, 1))
        scores = self.w["_fc.weight"] @ x + self.w["_fc.bias"]
        raised = np.exp(scores - scores.max())
        return raised / raised.sum()

    def _block(self, x, name, wider, size, step):
        if wider > 1:
            x = _cut(self._norm(self._point(x, f"{name}._expand_conv"), f"{name}._bn0"))
        filters = self.w[f"{name}._depthwise_conv.weight"][:, 0]
        x = np.einsum("hwcij,cij->hwc", _windows(x, size, step), filters, optimize=True)
        x = _cut(self._norm(x, f"{name}._bn1"))
        return self._norm(self._point(x, f"{name}._project_conv"), f"{name}._bn2")

    def _point(self, x, name):
        return x @ self.w[f"{name}.weight"][:, :, 0, 0].T

    def _norm(self, x, name):
        w = self.w
        return (x - w[f"{name}.running_mean"]) / np.sqrt(w[f"{name}.running_var"] + 1e-3) * w[f"{name}.weight"] + w[f"{name}.bias"]


def _cut(x):
    return np.clip(x, 0, 6)


def _windows(x, size, step):
    sides = [max((-(-n // step) - 1) * step + size - n, 0) for n in x.shape[:2]]
    x = np.pad(x, [*((side // 2, side - side // 2) for side in sides), (0, 0)])
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(0, 1))[::step, ::step]
