"""One WeightWatcher.analyze() in a process of its own, timed without imports and without reading the file.

Arguments: a safetensors file. Prints one JSON line.
"""

import json
import logging
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import torch  # noqa: E402
import weightwatcher  # noqa: E402
from safetensors.torch import load_file  # noqa: E402
from threadpoolctl import threadpool_info  # noqa: E402

COLUMNS = ["alpha", "D", "sigma", "xmin", "norm", "log_norm", "spectral_norm", "stable_rank", "entropy",
           "num_pl_spikes", "warning", "matrix_rank"]


def memory(key):
    try:
        with open("/proc/self/status") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith(key))
    except (OSError, StopIteration):
        return 0


state = load_file(sys.argv[1])
before = memory("VmRSS:")
start = time.perf_counter()
details = weightwatcher.WeightWatcher(model=state).analyze()
seconds = time.perf_counter() - start


def plain(value):
    """Text as it is, a finite number as float, anything else as null: JSON has no NaN."""
    if isinstance(value, str):
        return value
    return float(value) if math.isfinite(value) else None


rows = {row["longname"]: {key: plain(row[key]) for key in COLUMNS} for _, row in details.iterrows()}
print(json.dumps({
    "seconds": seconds,
    "before": before,
    "version": weightwatcher.__version__,
    "torch": torch.__version__,
    "blas": sorted({f"{lib['internal_api']} {lib.get('version')} ({lib.get('architecture')}), {lib['num_threads']} threads"
                    for lib in threadpool_info() if lib["user_api"] == "blas"}),
    "rows": rows,
}))
