"""Stored tensors as float64 on the device, a block of rows at a time."""

import os

import numpy
import torch

from skiagram_torch.refusal import Refusal

# Stored type, and the torch type that its bits are read as.
DTYPES = {
    "F64": (numpy.dtype("<f8"), None),
    "F32": (numpy.dtype("<f4"), None),
    "F16": (numpy.dtype("<f2"), None),
    "BF16": (numpy.dtype("<i2"), torch.bfloat16),
    "F8_E4M3": (numpy.dtype("u1"), torch.float8_e4m3fn),
    "F8_E5M2": (numpy.dtype("u1"), torch.float8_e5m2),
}

# Entries turned to float64 at once: 128 MiB.
BLOCK = 1 << 24


class Tensor:
    """One matrix of a call. `place` is its number among the call's tensors, for errors."""

    def __init__(self, location, place, device):
        self.location = location
        self.place = place
        self.device = device
        self.rows, self.cols = location["shape"]
        self.view = location.get("view")
        self.scaled = location.get("scaled")
        self.updates = location.get("updates") or []
        if location["dtype"] not in DTYPES:
            raise Refusal("dtype-unsupported", place, location["dtype"])
        self._viewed = None

    def blocks(self, at_least=1):
        """Float64 blocks of whole rows, at least `at_least` each but the last. Refuses NaN and Inf, with counts over the whole."""
        for _, block in self._blocks(at_least):
            if not bool(torch.isfinite(block).all()):
                raise self._not_finite()
            yield block

    def matrix(self):
        """The whole matrix in float64."""
        whole = torch.empty((self.rows, self.cols), dtype=torch.float64, device=self.device)
        start = 0
        for block in self.blocks():
            whole[start : start + len(block)] = block
            start += len(block)
        return whole

    def _blocks(self, at_least=1):
        step = max(at_least, BLOCK // max(1, self.cols), 1)
        for start in range(0, self.rows, step):
            stop = min(self.rows, start + step)
            yield start, self._finished(self._stored(start, stop), start, stop)

    def _stored(self, start, stop):
        if self.view is None:
            values = self._read(start * self.cols, (stop - start) * self.cols).reshape(stop - start, self.cols)
        else:
            values = self._view()[start:stop]
        tensor = torch.from_numpy(numpy.ascontiguousarray(values)).to(self.device)
        kind = DTYPES[self.location["dtype"]][1]
        return (tensor if kind is None else tensor.view(kind)).to(torch.float64)

    def _finished(self, block, start, stop):
        if self.scaled is not None:
            block = block * self._factors(start, stop)
        for update in self.updates:
            b = Tensor(update["b"], self.place, self.device).matrix()[start:stop]
            a = Tensor(update["a"], self.place, self.device).matrix()
            block = block + update["factor"] * (b @ a)
        return block

    def _factors(self, start, stop):
        factors = Tensor(self.scaled["scale"], self.place, self.device).matrix()
        rows = torch.arange(start, stop, device=self.device) // self.scaled["blockRows"]
        cols = torch.arange(self.cols, device=self.device) // self.scaled["blockCols"]
        return factors[rows][:, cols]

    def _view(self):
        """The stored numbers in the order of the view, in their stored type. Read once a call: views may skip about."""
        if self._viewed is None:
            axes = self.view["rows"] + self.view["cols"]
            offset = self.view["offset"]
            last = offset + sum((axis["size"] - 1) * axis["stride"] for axis in axes)
            count = (self.location["end"] - self.location["begin"]) // DTYPES[self.location["dtype"]][0].itemsize
            if offset < 0 or last >= count or any(axis["stride"] < 0 or axis["size"] < 1 for axis in axes):
                raise Refusal("file-truncated", self.place)
            stored = self._read(offset, last - offset + 1)
            strides = [axis["stride"] * stored.itemsize for axis in axes]
            strided = numpy.lib.stride_tricks.as_strided(stored, [axis["size"] for axis in axes], strides)
            self._viewed = strided.reshape(self.rows, self.cols)
        return self._viewed

    def _read(self, first, count):
        """`count` stored numbers from number `first` on. Plain reads: a file cut short while it is mapped would kill the process."""
        location = self.location
        dtype = DTYPES[location["dtype"]][0]
        values = numpy.empty(count, dtype=dtype)
        begin = location["begin"] + first * dtype.itemsize
        if begin + values.nbytes > location["end"]:
            raise Refusal("file-truncated", self.place)
        try:
            with open(location["file"], "rb", buffering=0) as file:
                file.seek(begin)
                memory = memoryview(values).cast("B")
                while memory:
                    taken = file.readinto(memory[: 1 << 30])
                    if not taken:
                        raise Refusal("file-truncated", self.place)
                    memory = memory[taken:]
        except OSError as error:
            raise Refusal("file-unreadable", self.place, os.strerror(error.errno) if error.errno else str(error))
        return values

    def _not_finite(self):
        nan = infinite = 0
        for _, block in self._blocks():
            nan += int(torch.isnan(block).sum())
            infinite += int(torch.isinf(block).sum())
        return Refusal("weights-not-finite", self.place, nan, infinite, self.rows * self.cols)
