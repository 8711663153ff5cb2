"""Checks the recorded results and the checkpoints against what the example promises.

    python check.py

Prints, for every checkpoint, the chance-corrected score of each family, the contrast between the
gains of the targeted and the coverage families (on both scales, tasks as the random unit), and
how far the weights moved from the base. Ends with status 1 when a promise is broken.

This is a plain reading of the definitions in NumPy, kept apart from Skiagram's own code so that
the two can be compared.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.torch import load_file
from scipy import stats

from items import COVERAGE, FAMILIES, TARGETED, all_tasks

HERE = Path(__file__).resolve().parent
SUBJECTS = ("narrow", "broad-1", "broad-2", "broad", "rebuilt")
FAMILY_NAMES = tuple(family.name for family in FAMILIES)
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
MLP = ("gate_proj", "up_proj", "down_proj")
NULL_DRAWS = 5
GEOMETRY_SCALE = 0.05

Scores = dict[str, list[float]]
"""Raw accuracy of each task, grouped by family."""


def recorded_scores(checkpoint: str) -> tuple[Scores, int]:
    """Accuracies of one checkpoint and the number of items per task."""
    (path,) = (HERE / "recorded" / checkpoint).glob("results_*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    scores: Scores = {name: [] for name in FAMILY_NAMES}
    for task in all_tasks():
        scores[task.family.name].append(document["results"][task.name]["acc,none"])
    items = {count["effective"] for count in document["n-samples"].values()}
    return scores, items.pop()


def corrected(scores: Scores) -> Scores:
    """Chance-corrected scores, in points."""
    chance = {task.family.name: task.chance for task in all_tasks()}
    return {
        name: [100 * (score - chance[name]) / (1 - chance[name]) for score in values]
        for name, values in scores.items()
    }


def log_odds(scores: Scores, items: int) -> Scores:
    """Log-odds, with scores kept half an item away from 0 and 1."""
    edge = 0.5 / items
    return {
        name: [math.log(s / (1 - s)) for s in np.clip(values, edge, 1 - edge)]
        for name, values in scores.items()
    }


@dataclass(frozen=True)
class Contrast:
    """Mean gains on both sides of the axis, and coverage minus half of targeted."""

    targeted: float
    coverage: float
    targeted_error: float
    coverage_error: float
    transfer: float
    transfer_error: float
    quantile: float

    def line(self) -> str:
        low = self.transfer - self.quantile * self.transfer_error
        high = self.transfer + self.quantile * self.transfer_error
        return (
            f"T {self.targeted:6.2f} ± {self.quantile * self.targeted_error:.2f}   "
            f"C {self.coverage:6.2f} ± {self.quantile * self.coverage_error:.2f}   "
            f"C − T/2 {self.transfer:6.2f} [{low:.2f}, {high:.2f}]"
        )


def contrast(subject: Scores, base: Scores) -> Contrast:
    """The transfer contrast with a pooled within-family task variance."""
    gains = {n: np.subtract(subject[n], base[n]) for n in FAMILY_NAMES}
    freedom = sum(len(g) for g in gains.values()) - len(gains)
    pooled = sum(float(((g - g.mean()) ** 2).sum()) for g in gains.values()) / freedom

    def side(names: Iterable[str]) -> tuple[float, float]:
        chosen = [gains[name] for name in names]
        variance = sum(pooled / len(g) for g in chosen) / len(chosen) ** 2
        return float(np.mean([g.mean() for g in chosen])), variance

    (targeted, t_variance), (coverage, c_variance) = side(TARGETED), side(COVERAGE)
    return Contrast(
        targeted=targeted,
        coverage=coverage,
        targeted_error=math.sqrt(t_variance),
        coverage_error=math.sqrt(c_variance),
        transfer=coverage - targeted / 2,
        transfer_error=math.sqrt(c_variance + t_variance / 4),
        quantile=float(stats.t.ppf(0.975, freedom)),
    )


def matrices(checkpoint: str) -> dict[str, np.ndarray]:
    """The seven linear weights of every layer, in double precision."""
    tensors = load_file(HERE / "checkpoints" / checkpoint / "model.safetensors")
    return {
        name: tensor.double().numpy()
        for name, tensor in sorted(tensors.items())
        if "_proj.weight" in name
    }


def log_effective_rank(matrix: np.ndarray) -> float:
    """Entropy of the normalised singular values."""
    shares = np.linalg.svd(matrix, compute_uv=False)
    shares = shares[shares > 0] / shares.sum()
    return float(-(shares * np.log(shares)).sum())


@dataclass(frozen=True)
class Change:
    """How one matrix differs from the base."""

    kind: str
    relative: float
    correlation: float
    geometry: float

    @property
    def depth(self) -> float:
        return 1 - max(0.0, self.correlation)


def change(name: str, after: np.ndarray, before: np.ndarray, rng: np.random.Generator) -> Change:
    """Relative change, correlation, and the rank change beyond that of equal random noise."""
    difference = np.linalg.norm(after - before)
    start = log_effective_rank(before)
    null = []
    for _ in range(NULL_DRAWS):
        noise = rng.standard_normal(before.shape)
        moved = before + noise * (difference / np.linalg.norm(noise))
        null.append(abs(log_effective_rank(moved) - start))
    excess = abs(log_effective_rank(after) - start) - float(np.mean(null))
    return Change(
        kind=name.split(".")[-2],
        relative=float(difference / np.linalg.norm(before)),
        correlation=float(np.corrcoef(after.ravel(), before.ravel())[0, 1]),
        geometry=min(1.0, max(0.0, excess) / GEOMETRY_SCALE),
    )


def balanced_mean(changes: list[Change], value: str) -> float:
    """Half the mean over attention kinds, half the mean over MLP kinds."""

    def half(kinds: tuple[str, ...]) -> float:
        return float(
            np.mean([np.mean([getattr(c, value) for c in changes if c.kind == k]) for k in kinds])
        )

    return (half(ATTENTION) + half(MLP)) / 2


def weight_report(subject: str, base: dict[str, np.ndarray]) -> tuple[str, float, list[Change]]:
    """One line on the weights, the depth score, and the changes behind it."""
    rng = np.random.default_rng(0)
    moved = matrices(subject)
    changes = [change(name, moved[name], before, rng) for name, before in base.items()]
    relative = np.array([c.relative for c in changes])
    depth, geometry = balanced_mean(changes, "depth"), balanced_mean(changes, "geometry")
    deep = np.mean([c.relative >= 1 and c.correlation < 0.5 for c in changes])
    return (
        f"{subject:8} m median {np.median(relative):.3f}"
        f" [{relative.min():.3f}, {relative.max():.3f}]"
        f"   m ≥ 0.5: {np.mean(relative >= 0.5):.0%}   m ≥ 1: {np.mean(relative >= 1):.0%}"
        f"   deep: {deep:.0%}   r median {np.median([c.correlation for c in changes]):.3f}"
        f"   D {depth:.3f}   G {geometry:.3f}",
        depth,
        changes,
    )


def main() -> int:
    raw = {name: recorded_scores(name) for name in ("base", *SUBJECTS)}
    points = {name: corrected(scores) for name, (scores, _) in raw.items()}
    odds = {name: log_odds(scores, items) for name, (scores, items) in raw.items()}

    print("Chance-corrected score, mean of the family's tasks (points)")
    print(" " * 14 + "".join(f"{name:>9}" for name in points))
    for family in FAMILY_NAMES:
        mark = "*" if family in TARGETED else " "
        row = "".join(f"{np.mean(scores[family]):9.1f}" for scores in points.values())
        print(f"{family:13}{mark}{row}")

    print("\nGains over the base (* targeted), mean [lowest, highest task]")
    for family in FAMILY_NAMES:
        cells = []
        for name in SUBJECTS:
            gains = np.subtract(points[name][family], points["base"][family])
            cells.append(f"{gains.mean():6.1f} [{gains.min():5.1f},{gains.max():6.1f}]")
        print(f"{family:13}{'*' if family in TARGETED else ' '}{'  '.join(cells)}")

    contrasts = {name: contrast(points[name], points["base"]) for name in SUBJECTS}
    print("\nContrast in points, 95 % intervals")
    for name, value in contrasts.items():
        print(f"{name:8} {value.line()}")
    print("Contrast in log-odds, 95 % intervals")
    for name in SUBJECTS:
        print(f"{name:8} {contrast(odds[name], odds['base']).line()}")

    print("\nWeights against the base")
    base = matrices("base")
    reports = {name: weight_report(name, base) for name in SUBJECTS}
    for line, _, _ in reports.values():
        print(line)

    narrow, broad = contrasts["narrow"], contrasts["broad"]
    start = {name: float(np.mean(points["base"][name])) for name in FAMILY_NAMES}
    promises = {
        "base has headroom in every family": all(5 <= s <= 75 for s in start.values()),
        "narrow does not transfer": narrow.transfer + narrow.quantile * narrow.transfer_error < 0,
        "narrow lifts every targeted family by 25 points": all(
            np.mean(np.subtract(points["narrow"][n], points["base"][n])) >= 25 for n in TARGETED
        ),
        "narrow leaves every coverage family within 4 points": all(
            abs(np.mean(np.subtract(points["narrow"][n], points["base"][n]))) <= 4 for n in COVERAGE
        ),
        "narrow barely restructures": reports["narrow"][1] <= 0.05
        and all(c.relative < 0.5 for c in reports["narrow"][2]),
        "broad lifts every family": all(
            np.mean(np.subtract(points["broad"][n], points["base"][n])) > 0 for n in FAMILY_NAMES
        ),
        "broad transfers": broad.coverage - broad.quantile * broad.coverage_error > 0
        and broad.transfer - broad.quantile * broad.transfer_error > 0,
        "rebuilt rewrites the weights": reports["rebuilt"][1] >= 0.40,
    }
    print("\nPromises")
    for text, kept in promises.items():
        print(f"  {'kept  ' if kept else 'BROKEN'} {text}")
    return 0 if all(promises.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
