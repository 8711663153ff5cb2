"""One comparison by modeldelta in a process of its own, timed without imports: reading, sums and the SVD of every change.

Arguments: the folders of base and subject. Prints one JSON line.
"""

import json
import sys
import time
from importlib.metadata import version

import torch
from modeldelta.core.weight_diff import compare_models
from modeldelta.utils.model_loader import get_tensor_map

start = time.perf_counter()
results, skipped = compare_models(get_tensor_map(sys.argv[1]), get_tensor_map(sys.argv[2]))
seconds = time.perf_counter() - start
print(json.dumps({
    "seconds": seconds,
    "version": version("modeldelta"),
    "torch": torch.__version__,
    "threads": torch.get_num_threads(),
    "rows": {row["name"]: {"change": row["frob_norm_relative"], "cosine": row["cosine_sim"]} for row in results},
}))
