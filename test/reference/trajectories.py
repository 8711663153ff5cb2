"""Reference values for the tests over training runs, from scipy.

    python -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.17.1
    VENV/bin/python test/reference/trajectories.py

writes test/reference/trajectories.json: inputs beside expected numbers. Nothing here is taken from the code under test.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20261126)

# Counts of Table 1 (k of 224), baseline A against B, C and D at the same steps.
table = {
    "A": [136, 183, 177, 178, 176],
    "B": [139, 129, 129, 137, 137],
    "C": [132, 179, 183, 180, 182],
    "D": [137, 173, 175, 174, 173],
}


def fisher(k, n, j, m):
    return {"k": k, "n": n, "j": j, "m": m, "p": float(stats.fisher_exact([[k, n - k], [j, m - j]]).pvalue)}


def adjusted(condition):
    p = [fisher(k, 224, j, 224)["p"] for k, j in zip(table[condition][1:], table["A"][1:])]
    return {"condition": condition, "p": p, "q": stats.false_discovery_control(p).tolist()}


def sign_interval(n):
    values = np.sort(random.normal(size=n).round(3))
    low, high = None, None
    # The widest rank whose tail, doubled, stays within 5 %: quantile of the fair binomial.
    rank = int(stats.binom.ppf(0.025, n, 0.5))
    if rank > 0 and 2 * stats.binom.cdf(rank - 1, n, 0.5) <= 0.05:
        low, high = float(values[rank - 1]), float(values[n - rank])
    return {"values": values.tolist(), "median": float(np.median(values)), "low": low, "high": high}


document = {
    "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
    "fisher": [fisher(k, 224, j, 224) for c in "BCD" for k, j in zip(table[c], table["A"])]
    + [fisher(*row) for row in [(3, 3, 0, 3), (0, 5, 0, 7), (5, 5, 7, 7), (1, 8, 9, 12), (174, 252, 132, 224), (900, 1000, 2, 1000), (7, 12, 3, 40)]],
    "adjusted": [adjusted(condition) for condition in "BCD"],
    "sign": [{"below": k, "n": n, "p": float(stats.binomtest(k, n).pvalue)} for k, n in [(4, 4), (0, 4), (1, 4), (2, 4), (3, 7), (12, 14)]],
    "signInterval": [sign_interval(n) for n in [3, 5, 6, 7, 20, 51, 224]],
}
path = pathlib.Path(__file__).with_name("trajectories.json")
path.write_text(json.dumps(document, indent=2) + "\n")
