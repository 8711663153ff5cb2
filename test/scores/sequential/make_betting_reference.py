"""Reference values for betting confidence sequences, written to betting-reference.json.

    python make_betting_reference.py PATH_OF_CONFSEQ_SRC

PATH_OF_CONFSEQ_SRC is the folder `src` of the source package confseq 0.0.11 from PyPI (its own wheel needs a compiler
for parts that are not used here); also needs numpy, scipy, matplotlib and multiprocess.

Single streams come from confseq itself (`betting_mart` with the bets of `lambda_aKelly`), by the authors of the method.
Rounds of several strata, which confseq does not have, and the other formulas are written out below with plain loops.
"""

import json
import math
import pathlib
import sys

import numpy as np
from scipy.special import betaln

# confseq 0.0.11 was written for NumPy 1.
np.float_ = np.float64
sys.path.insert(0, sys.argv[1])
from confseq.betting import betting_mart  # noqa: E402
from confseq.betting_strategies import lambda_aKelly  # noqa: E402

C = 0.5


def stream(seed, n, p_up, p_down, graded=False):
    """Paired differences mapped to [0, 1], from a generator that any language has."""
    state, out = seed, []
    for _ in range(n):
        state = (1103515245 * state + 12345) % 2**31
        u = state / 2**31
        if graded:
            out.append(round(u * u, 3))
        else:
            out.append(1.0 if u < p_up else 0.0 if u < p_up + p_down else 0.5)
    return out


def from_confseq(x, m, total):
    """K+ and K- of confseq at every step; each side bets only in its own direction."""
    x = np.array(x)

    def up(values, mean):
        return np.maximum(0, lambda_aKelly(values, mean, N=total, trunc_scale=C))

    plus = betting_mart(x, m, lambdas_fn_positive=up, N=total, theta=1, trunc_scale=C)
    # K- is K+ of the mirrored values.
    minus = betting_mart(1 - x, 1 - m, lambdas_fn_positive=up, N=total, theta=1, trunc_scale=C)
    return plus.tolist(), minus.tolist()


def by_loops(rounds, m, total):
    """Peaks of K+ and K- over rounds of several strata, straight from the formulas of capital.ts."""
    plus = minus = 1.0
    peaks = [1.0, 1.0]
    seen, done, squares = [], 0.0, 0.0
    for index, values in enumerate(rounds):
        mean = (0.5 + sum(seen)) / (1 + len(seen))
        variance = (0.25 + squares) / (1 + len(seen))
        left = total - index if total else None
        need = (total * m - done) / left if total else m
        guess = (total * mean - done) / left if total else mean
        if need < -1e-9:
            peaks[0] = math.inf
        if need > 1 + 1e-9:
            peaks[1] = math.inf
        edge = guess - need
        lam = edge / (variance + edge * edge)
        for value in values:
            if edge > 0 and 0 <= need:
                plus *= 1 + (min(lam, C / need) if need > 0 else lam) * (value - need)
            if edge < 0 and need <= 1:
                minus *= 1 + (max(lam, -C / (1 - need)) if need < 1 else lam) * (value - need)
        for value in values:
            seen.append(value)
            squares += (value - (0.5 + sum(seen)) / (1 + len(seen))) ** 2
        done += sum(values) / len(values)
        peaks = [max(peaks[0], plus), max(peaks[1], minus)]
    return plus, minus, peaks


def bounds(rounds, level, total):
    """Bounds by brute force over the grid, as confidence-sequence.ts defines them."""
    out = 2 / (1 - level)
    grid = [i * 0.001 for i in range(1001)]
    peaks = [by_loops(rounds, m, total)[2] for m in grid]
    low, high = 0.0, 1.0
    for m, (above, _) in zip(grid, peaks):
        if above < out:
            break
        low = m
    for m, (_, below) in reversed(list(zip(grid, peaks))):
        if below < out:
            break
        high = m
    done = sum(sum(r) / len(r) for r in rounds)
    if total:
        low, high = max(low, done / total), min(high, (done + total - len(rounds)) / total)
    return [low, high]


reference = {"single": [], "rounds": [], "bounds": [], "discordant": [], "ebh": []}
for name, x in {
    "gain": stream(7, 60, 0.4, 0.1),
    "even": stream(11, 60, 0.15, 0.15),
    "graded": stream(5, 60, 0, 0, graded=True),
}.items():
    for total in (None, 200):
        for m in (0.3, 0.49, 0.5, 0.7):
            plus, minus = from_confseq(x, m, total)
            mine = by_loops([[value] for value in x], m, total)
            need = [(total * m - sum(x[:i])) / (total - i) for i in range(60)] if total else [m]
            assert all(0 < value < 1 for value in need), (name, total, m)
            assert abs(mine[0] / plus[-1] - 1) < 1e-9 and abs(mine[1] / minus[-1] - 1) < 1e-9
            reference["single"].append(
                {"name": name, "x": x, "m": m, "total": total, "above": plus[9::10], "below": minus[9::10]}
            )

flat = stream(21, 120, 0.3, 0.12)
quads = [flat[i : i + 4] for i in range(0, 120, 4)]
for total in (None, 40):
    for m in (0.45, 0.5, 0.6):
        plus, minus, _ = by_loops(quads, m, total)
        reference["rounds"].append({"rounds": quads, "m": m, "total": total, "above": plus, "below": minus})
for total in (None, 40, 30):
    for level in (0.95, 0.99):
        for n in (10, 30):
            reference["bounds"].append(
                {"rounds": quads[:n], "total": total, "level": level, "bounds": bounds(quads[:n], level, total)}
            )
for k, t in ((0, 0), (5, 5), (12, 20), (30, 40), (20, 40), (180, 300)):
    value = math.exp(t * math.log(2) + betaln(k + 10, t - k + 10) - betaln(10, 10))
    reference["discordant"].append({"won": k, "discordant": t, "e": value})
for e in ([40, 1, 90, 0.2, 12], [3, 3, 3], [200, 0], [25, 24, 23, 22]):
    # Smallest q at which e-BH rejects, by trying every k as Wang & Ramdas state it.
    adjusted = []
    for value in e:
        best = 1.0
        for k in range(1, len(e) + 1):
            kth = sorted(e, reverse=True)[k - 1]
            if value >= kth > 0:
                best = min(best, len(e) / (k * kth))
        adjusted.append(best)
    reference["ebh"].append({"e": e, "adjusted": adjusted})

path = pathlib.Path(__file__).with_name("betting-reference.json")
path.write_text(json.dumps(reference) + "\n")
print(f"wrote {path.name}: {({name: len(cases) for name, cases in reference.items()})}")
