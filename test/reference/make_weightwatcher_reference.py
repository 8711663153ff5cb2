"""Writes weightwatcher.json: what WeightWatcher 0.7.7 itself says about matrices that are committed here.

    python make_weightwatcher_reference.py

Needs weightwatcher==0.7.7, torch, safetensors. It also (re)writes matrices.safetensors, whose bytes depend only on
the seed and on numpy's generator. WeightWatcher is given float32 tensors: it upcasts bfloat16 itself (`.float()`),
and it would cut float64 down, so no float64 matrix is part of the comparison.

Numbers are written with `repr`, so they read back to the same float64; infinities are the string "inf".
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import math
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

HERE = Path(__file__).resolve().parent
CHECKPOINTS = HERE.parent.parent / "examples" / "tiny" / "checkpoints"
TINY = ("base", "narrow", "rebuilt")
COLUMNS = ("alpha", "D", "sigma", "xmin", "num_pl_spikes", "stable_rank", "log_norm", "lambda_max", "alpha_weighted")
SEED = 20260407


def synthetic() -> dict[str, torch.Tensor]:
    """Small matrices that reach every branch of the fit."""
    random = np.random.default_rng(SEED)

    def gaussian(rows: int, cols: int) -> np.ndarray:
        return random.standard_normal((rows, cols))

    def planted(rows: int, cols: int, alpha: float) -> np.ndarray:
        """Eigenvalues of WᵀW drawn from a Pareto density of exponent alpha."""
        short = min(rows, cols)
        left, _ = np.linalg.qr(gaussian(rows, short))
        right, _ = np.linalg.qr(gaussian(cols, short))
        eigenvalues = (1 - random.random(short)) ** (-1 / (alpha - 1))
        return (left * np.sqrt(eigenvalues)) @ right.T

    spiked = gaussian(100, 150) * 0.05
    spiked += planted(100, 5, 3.0) @ gaussian(5, 150) * 0.1
    block = gaussian(24, 40)
    matrices = {
        "gaussian": gaussian(128, 192),
        "gaussian-wide": gaussian(48, 160) * 0.02,
        "gaussian-tall": gaussian(160, 48) * 0.02,
        "pareto-2.5": planted(96, 120, 2.5),
        "pareto-4": planted(120, 96, 4.0),
        "student-t3": random.standard_t(3, (80, 80)),
        "spiked": spiked,
        "fewer-than-20": random.standard_t(3, (14, 30)),
        "fewer-than-8": gaussian(6, 30),
        "exactly-20": planted(20, 40, 3.0),
        "rank-30-of-60": gaussian(80, 30) @ gaussian(30, 60) * 0.1,
        "rank-12-of-60": gaussian(80, 12) @ gaussian(12, 60) * 0.1,
        "every-eigenvalue-twice": np.kron(np.eye(2), block),
        "identity": np.eye(32),
        "partly-below-threshold": gaussian(40, 60) * 1e-3,
        "all-below-threshold": gaussian(16, 24) * 1e-5,
        "zero": np.zeros((16, 24)),
    }
    tensors = {f"{name}.weight": torch.tensor(matrix, dtype=torch.float32) for name, matrix in matrices.items()}
    tensors["pareto-3-bf16.weight"] = torch.tensor(planted(96, 96, 3.0)).to(torch.bfloat16)
    tensors["student-t3-f16.weight"] = torch.tensor(random.standard_t(3, (64, 100))).to(torch.float16)
    return tensors


def analyze(tensors: Mapping[str, torch.Tensor]) -> dict[str, dict[str, float | int | str]]:
    """One row for each 2-D weight, by tensor name."""
    import weightwatcher

    logging.disable(logging.CRITICAL)
    matrices = {name: tensor for name, tensor in tensors.items() if tensor.ndim == 2 and name.endswith(".weight")}
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        details = weightwatcher.WeightWatcher(model=dict(matrices)).analyze(min_evals=1)
    rows = {f"{row['name']}.weight": row for row in details.to_dict("records")}
    missing = sorted(set(matrices) - set(rows))
    if missing:
        raise SystemExit(f"WeightWatcher left out {missing}")
    return {
        name: {"status": row["status"]} | {column: plain(row[column]) for column in COLUMNS}
        for name, row in rows.items()
    }


def plain(value: object) -> float | int | str:
    number = float(value)  # type: ignore[arg-type]
    if math.isinf(number) or math.isnan(number):
        return str(number)
    return int(number) if number.is_integer() and abs(number) < 1e6 else number


def main() -> None:
    save_file(synthetic(), HERE / "matrices.safetensors")
    (HERE / "matrices.safetensors").chmod(0o644)
    sources = {"test/reference/matrices.safetensors": HERE / "matrices.safetensors"}
    sources |= {
        f"examples/tiny/checkpoints/{name}": CHECKPOINTS / name / "model.safetensors"
        for name in TINY
        if (CHECKPOINTS / name / "model.safetensors").exists()
    }
    document = {
        "made_with": {
            "python": sys.version.split()[0],
            **{package: version(package) for package in ("weightwatcher", "numpy", "scipy", "torch")},
        },
        "sha256": {label: hashlib.sha256(path.read_bytes()).hexdigest() for label, path in sources.items()},
        "matrices": {label: analyze(load_file(path)) for label, path in sources.items()},
    }
    (HERE / "weightwatcher.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    for label, rows in document["matrices"].items():
        print(f"{label}: {len(rows)} matrices")


if __name__ == "__main__":
    main()
