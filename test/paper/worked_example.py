"""Worked examples of the paper's Table 2 and Tables 4-8 by numpy and scipy, from reports/paper/data alone.

    python test/paper/worked_example.py

writes worked-example.json beside it. Nothing here is taken from the code under test; families and levels of guessing are written out.
"""

import csv
import json
import math
import pathlib

import numpy as np
import scipy
from scipy import optimize, stats

here = pathlib.Path(__file__).parent
data = here.parent.parent / "reports" / "paper" / "data"
chance = {
    **dict.fromkeys("mmmu mathvista logicvista ai2d mmbench mmstar realworldqa muirbench".split(), 0.25),
    "blink": 0.35,
    **dict.fromkeys("mmmu_pro mathvision mathverse".split(), 0.10),
}
peers = {
    "reasoning": "mmmu mmmu_pro logicvista",
    "math": "mathvista mathvision mathverse dynamath",
    "document": "ai2d chartqa docvqa infovqa ocrbench",
    "general": "mmbench mmstar realworldqa hallusionbench",
    "multi_image": "blink muirbench",
}


def rows(name):
    with open(data / name, newline="") as file:
        return list(csv.DictReader(file))


def contrast(scores, families, subject, reference):
    """scores: (task, model) -> (share, n); gains in chance-corrected points."""
    names = list(families)
    gains, variances = {}, {}
    for family in names:
        gains[family], variances[family] = [], []
        for task in families[family]:
            (s1, n1), (s0, n0) = scores[task, subject], scores[task, reference]
            c = chance.get(task, 0) if families is peer_families else 0
            gains[family].append(100 * (s1 - s0) / (1 - c))
            variances[family].append(1e4 * (s1 * (1 - s1) / n1 + s0 * (1 - s0) / n0) / (1 - c) ** 2)
    y = np.array([np.mean(gains[f]) for f in names])
    count = np.array([len(gains[f]) for f in names])
    fixed = np.array([np.sum(variances[f]) for f in names]) / count**2
    within = sum(((np.array(gains[f]) - np.mean(gains[f])) ** 2).sum() for f in names)
    df = count.sum() - len(names)
    random = within / df / count

    def q(t, v):
        w = 1 / (v + t)
        return (w * (y - (w * y).sum() / w.sum()) ** 2).sum()

    def solve(target):
        if q(0, random) <= target:
            return 0.0
        return math.sqrt(optimize.brentq(lambda t: q(t, random) - target, 0, 1e6))

    f = stats.f_oneway(*[gains[f] for f in names])
    tau = solve(len(names) - 1)
    return {
        "subject": subject,
        "reference": reference,
        "gains": dict(zip(names, y.tolist())),
        "se": dict(zip(names, np.sqrt(fixed).tolist())),
        "Q": float(q(0, fixed)),
        "F": float(f.statistic),
        "tau": tau,
        "tauLow": solve(stats.chi2.ppf(0.975, len(names) - 1)),
        "tauHigh": solve(stats.chi2.ppf(0.025, len(names) - 1)),
        "CAI": float(tau**2 / (tau**2 + y.mean() ** 2)),
    }


table2 = {}
for row in rows("table-2.csv"):
    top = 1000 if row["task"] == "ocrbench" else 100
    table2[row["task"], row["model"]] = (float(row["value"]) / top, int(row["n"]))
peer_families = {family: tasks.split() for family, tasks in peers.items()}
Q, I, A = "Qwen3-VL-4B-Instruct", "InternVL3.5-4B", "AndesVL-4B-Instruct"

scores, dedup = {}, {}
for number, family in zip(range(4, 9), ["general_mllm", "general_llm", "business_mllm", "business_llm", "instructions"]):
    for row in rows(f"table-{number}.csv"):
        if row["task"].endswith(".table_8"):
            continue
        scores[row["task"], row["model"]] = (float(row["value"]), int(row["n"]))
        if row["task"] not in dedup.setdefault(family, []):
            dedup[family].append(row["task"])

result = {
    "made with": {"numpy": np.__version__, "scipy": scipy.__version__},
    "peers": [contrast(table2, peer_families, *pair) for pair in ((A, I), (A, Q), (I, Q))],
    "deduplication": contrast(scores, dedup, "deduplicated", "baseline"),
}
(here / "worked-example.json").write_text(json.dumps(result, indent=1) + "\n")
