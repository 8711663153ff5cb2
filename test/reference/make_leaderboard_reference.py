"""Writes test/leaderboard/ranking/reference.json: the leaderboard's statistics by numpy, scipy and statsmodels.

Run: python test/reference/make_leaderboard_reference.py (numpy 2.4, scipy 1.17, statsmodels 0.15).
"""

import itertools
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261125)


def answers(models, items, clusters):
    """0/100 answers of models that share difficulties, items of one cluster more alike."""
    ability = np.linspace(0.9, -0.2, models)
    passage = rng.normal(size=clusters)[np.arange(items) % clusters]
    logit = ability[:, None] - 0.8 * passage - rng.normal(size=items)
    return 100.0 * (rng.uniform(size=(models, items)) < 1 / (1 + np.exp(-logit)))


def pair_errors(values, groups):
    """Standard error of each paired mean difference: statsmodels' cluster-robust OLS on a constant."""
    out = {}
    for a, b in itertools.combinations(range(len(values)), 2):
        d = values[a] - values[b]
        fit = sm.OLS(d, np.ones_like(d)).fit(cov_type="cluster", cov_kwds={"groups": groups})
        out[f"{a}-{b}"] = float(fit.bse[0])
    return out


def step_down(theta, cov, df, draws=400_000, level=0.05):
    """Romano & Wolf's step-down over all ordered pairs, written as the loop it is: adjusted p by repeated maxima."""
    models = len(theta)
    ordered = [(a, b) for a in range(models) for b in range(models) if a != b]
    se = {p: np.sqrt(cov[p[0], p[0]] + cov[p[1], p[1]] - 2 * cov[p[0], p[1]]) for p in ordered}
    t = {p: (theta[p[0]] - theta[p[1]]) / se[p] for p in ordered}
    z = {p: float(stats.norm.isf(stats.t.sf(t[p], df))) for p in ordered}
    noise = rng.multivariate_normal(np.zeros(models), cov, size=draws, method="eigh")
    drawn = {p: (noise[:, p[0]] - noise[:, p[1]]) / se[p] for p in ordered}
    left, adjusted, least = set(ordered), {}, 0.0
    for pair in sorted(ordered, key=lambda p: -z[p]):
        largest = np.max([drawn[p] for p in left], axis=0)
        least = max(least, float(np.mean(largest >= z[pair])))
        adjusted[f"{pair[0]}-{pair[1]}"] = least
        left.remove(pair)
    return adjusted


def ranks(models, adjusted, level=0.05):
    claims = [tuple(map(int, key.split("-"))) for key, p in adjusted.items() if p <= level]
    return [
        [1 + sum(worse == m for _, worse in claims), models - sum(better == m for better, _ in claims)]
        for m in range(models)
    ]


def cliques(models, differing):
    """All maximal sets without a differing pair, by looking at every subset."""
    free = [
        set(s)
        for size in range(1, models + 1)
        for s in itertools.combinations(range(models), size)
        if not any(set(d) <= set(s) for d in differing)
    ]
    return sorted(sorted(s) for s in free if not any(s < other for other in free))


reference = {}

# 1. Paired errors and joint tests on shared items: singletons, and 12 clusters of 5.
for name, clusters in {"single": 60, "clustered": 12}.items():
    values = answers(5, 60, clusters)
    groups = np.arange(60) % clusters
    sums = np.array([[(v[groups == g] - v.mean()).sum() for g in range(clusters)] for v in values])
    cov = clusters / (clusters - 1) * sums @ sums.T / 60**2
    adjusted = step_down(values.mean(axis=1), cov, clusters - 1)
    reference[name] = {
        "values": values.tolist(),
        "clusters": [f"c{g}" for g in groups],
        "means": values.mean(axis=1).tolist(),
        "pairErrors": pair_errors(values, groups),
        "adjusted": adjusted,
        "ranks": ranks(5, adjusted),
    }

# 2. Single-step critical values: with independent equal noise the studentised range over the root of 2.
share = 0.05 + 2 * np.sqrt(0.05 * 0.95 / 10_000)
reference["critical"] = {
    str(k): float(stats.studentized_range.ppf(0.95 + (share - 0.05), k, 100_000) / np.sqrt(2)) for k in (2, 3, 5, 10, 20)
}

# 3. Holm over one-sided p values of unpaired differences.
theta, variance, df = np.array([61.0, 58.5, 55.0, 54.0]), np.array([1.2, 0.8, 1.5, 1.0]), np.array([40.0, 25.0, 60.0, 12.0])
pairs = [(a, b) for a in range(4) for b in range(4) if a != b]
raw = []
for a, b in pairs:
    v = variance[a] + variance[b]
    nu = v**2 / (variance[a] ** 2 / df[a] + variance[b] ** 2 / df[b])
    raw.append(stats.t.sf((theta[a] - theta[b]) / np.sqrt(v), nu))
holm = multipletests(raw, 0.05, method="holm")[1]
reference["holm"] = {
    "values": theta.tolist(),
    "variances": variance.tolist(),
    "dfs": df.tolist(),
    "adjusted": {f"{a}-{b}": float(p) for (a, b), p in zip(pairs, holm)},
}

# 4. Letters: maximal sets of models without a differing pair, for random differences.
reference["letters"] = []
for models, chance in [(2, 1.0), (3, 0.4), (5, 0.5), (6, 0.3), (7, 0.6), (8, 0.5), (8, 0.9), (9, 0.2)]:
    differing = [p for p in itertools.combinations(range(models), 2) if rng.uniform() < chance]
    reference["letters"].append({"models": models, "differing": differing, "groups": cliques(models, differing)})

# 5. Empirical Bayes with correlated noise.
scores = np.array([71.0, 64.0, 62.5, 60.0, 57.0])
root = rng.normal(size=(5, 5))
noise = root @ root.T + 4 * np.ones((5, 5))
centre = np.eye(5) - np.ones((5, 5)) / 5
tau2 = (scores @ centre @ scores - np.trace(centre @ noise)) / 4
inverse = np.linalg.inv(tau2 * np.eye(5) + noise)
mean = np.ones(5) @ inverse @ scores / (np.ones(5) @ inverse @ np.ones(5))
reference["shrinkage"] = {
    "values": scores.tolist(),
    "covariance": noise.tolist(),
    "shrunken": (mean + tau2 * inverse @ (scores - mean)).tolist(),
}

# 6. Chance of being first: an orthant probability of the differences.
top = np.array([60.0, 59.0, 58.2])
spread = np.array([[1.0, 0.4, 0.2], [0.4, 1.3, 0.3], [0.2, 0.3, 0.9]])
first = []
for m in range(3):
    others = [k for k in range(3) if k != m]
    contrast = np.zeros((2, 3))
    for row, k in enumerate(others):
        contrast[row, k], contrast[row, m] = 1, -1
    first.append(float(stats.multivariate_normal(contrast @ top, contrast @ spread @ contrast.T).cdf([0, 0])))
reference["first"] = {"values": top.tolist(), "covariance": spread.tolist(), "shares": first}

# 7. First places over weightings of three families, a million Dirichlet(1) draws.
families = np.array([[70.0, 60.0, 40.0], [30.0, 45.0, 50.0], [55.0, 50.0, 58.0]])
winners = np.argmax(rng.dirichlet(np.ones(3), size=1_000_000) @ families, axis=1)
reference["weightings"] = {
    "families": families.tolist(),
    "shares": [float(np.mean(winners == m)) for m in range(3)],
}

path = pathlib.Path(__file__).parents[1] / "leaderboard" / "ranking" / "reference.json"
path.write_text(json.dumps(reference) + "\n")
