"""The least that the spectra of a file cost with OpenBLAS: dsyrk and dsyevd without vectors, on float64 values in memory.

Reading, converting, fitting and checking are left out. Arguments: a safetensors file. Prints one JSON line.
"""

import json
import sys
import time

import numpy
import torch  # noqa: F401  (reads bfloat16)
from safetensors import safe_open
from scipy.linalg.blas import dsyrk
from scipy.linalg.lapack import dsyevd

seconds = 0.0
product = 0.0
with safe_open(sys.argv[1], framework="pt") as file:
    for name in file.keys():
        values = file.get_tensor(name)
        if values.ndim != 2 or min(values.shape) < 8:
            continue
        # Short side times long side, columns contiguous as BLAS wants them.
        wide = numpy.asfortranarray((values if values.shape[0] <= values.shape[1] else values.T).to(torch.float64).numpy())
        start = time.perf_counter()
        gram = dsyrk(1.0, wide, lower=1)
        middle = time.perf_counter()
        _, _, info = dsyevd(gram, compute_v=0, lower=1, overwrite_a=1)
        seconds += time.perf_counter() - start
        product += middle - start
        assert info == 0
print(json.dumps({"seconds": seconds, "product": product}))
