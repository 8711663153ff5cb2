"""Writes alternatives.json: values from outside for the exponents by other rules and for the parts of the compatible table.

    python make_alternatives_reference.py

Needs what python/requirements-reference.lock pins. fix_fingers, mp_fit, detX and the Jensen–Shannon distance come from
WeightWatcher itself; the lognormal test from scipy (the cut-off normal fitted by direct maximisation of its likelihood)
and from powerlaw.loglikelihood_ratio on the two columns of log-likelihoods.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import math
from pathlib import Path

import numpy as np
import powerlaw
import weightwatcher
from scipy import optimize, stats
from weightwatcher.RMT_Util import detX_constraint, fit_clipped_powerlaw, jensen_shannon_distance, rescale_eigenvalues

HERE = Path(__file__).resolve().parent
SEED = 20260408


def spectra() -> dict[str, np.ndarray]:
    random = np.random.default_rng(SEED)

    def pareto(n: int, alpha: float) -> np.ndarray:
        return (1 - random.random(n)) ** (-1 / (alpha - 1))

    def wishart(rows: int, cols: int) -> np.ndarray:
        return np.linalg.svd(random.standard_normal((rows, cols)), compute_uv=False) ** 2

    clustered = np.exp(random.normal(2, 0.15, 80))
    return {
        "pareto-3": pareto(120, 3),
        "pareto-1.8": pareto(60, 1.8),
        "wishart": wishart(80, 100),
        "wishart-square": wishart(60, 60),
        "wishart-with-spikes": np.append(wishart(100, 150), [900.0, 1500.0, 1600.0]),
        "lognormal": np.exp(random.normal(0, 1, 150)),
        "lognormal-narrow": clustered,
        "bulk-and-fingers": np.append(pareto(100, 2.5).clip(max=8), [400.0, 420.0, 440.0]),
        "fingers": np.append(np.linspace(1, 3, 40) ** 4, [300.0, 310.0, 320.0, 330.0]),
        "twenty-one": pareto(21, 4),
        "fifteen": pareto(15, 3),
    }


def lognormal(data: np.ndarray, xmin: float, alpha: float) -> dict[str, float]:
    """Vuong's ratio of the cut-off lognormal over the power law, and its p."""
    tail = np.sort(data[data >= xmin])
    y = np.log(tail / xmin)

    def cost(parameters: np.ndarray) -> float:
        mean, scale = parameters[0], math.exp(parameters[1])
        return -np.sum(stats.norm.logpdf(y, mean, scale) - stats.norm.logsf(0, mean, scale))

    best = min(
        (
            optimize.minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-13, "maxiter": 40000})
            for start in ([y.mean(), math.log(y.std())], [-3 * y.mean(), math.log(2 * y.std())], [-30.0, 1.5])
        ),
        key=lambda result: result.fun,
    )
    mean, scale = best.x[0], math.exp(best.x[1])
    ours = stats.norm.logpdf(y, mean, scale) - stats.norm.logsf(0, mean, scale) - np.log(tail)
    theirs = np.log((alpha - 1) / xmin) - alpha * np.log(tail / xmin)
    ratio, p = powerlaw.loglikelihood_ratio(ours, theirs, normalized_ratio=True)
    return {"n": len(tail), "mean": mean, "scale": scale, "ratio": float(ratio), "p": float(p), "moments": float((y**2).mean() / y.mean() ** 2)}


def measured(values: np.ndarray) -> dict[str, object]:
    values = np.sort(values)
    watcher = weightwatcher.WeightWatcher()
    fit, fingers, raw = fit_clipped_powerlaw(values, max_fingers=10)
    scaled, scale = rescale_eigenvalues(values)
    count, index = detX_constraint(scaled, rescale=False)
    sides = {"square": (len(values), len(values)), "wide": (2 * len(values), len(values))}
    mp = {
        name: dict(
            zip(
                ("num_spikes", "sigma_mp", "mp_softrank", "bulk_min", "bulk_max", "W_scale"),
                map(float, watcher.mp_fit(values, N, M, 1, "", 0, 0, False, False, "", "", 1, True, values)),
                strict=True,
            )
        )
        for name, (N, M) in sides.items()
    }
    other = np.sort(np.roll(values, 1) * np.linspace(0.5, 1.5, len(values)))
    return {
        "eigenvalues": values.tolist(),
        "alpha": float(raw.alpha),
        "xmin": float(raw.xmin),
        "fix_fingers": {"alpha": float(fit.alpha), "num_fingers": int(fingers), "xmin": float(fit.xmin)},
        "lognormal": lognormal(values, float(raw.xmin), float(raw.alpha)),
        "mp_fit": mp,
        "detX": {"num": int(count), "value": float(values[index]), "scaled": float(scaled[index])},
        "jensen_shannon": {"other": other.tolist(), "distance": float(jensen_shannon_distance(values, other))},
    }


def main() -> None:
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        document = {name: measured(values) for name, values in spectra().items()}
    (HERE / "alternatives.json").write_text(json.dumps(document) + "\n", encoding="utf-8")
    for name, row in document.items():
        print(name, row["fix_fingers"], row["lognormal"])


if __name__ == "__main__":
    main()
