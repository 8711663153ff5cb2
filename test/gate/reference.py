"""Reference bounds for the gate, from scipy. Run with the harness's Python: .venv/bin/python test/gate/reference.py"""
import json, math, os
import numpy as np
from scipy import optimize, stats

def tango(gained, lost, n, level):
    """Tango (1998): |score(delta)| <= z, with the constrained likelihood maximised numerically, not by its closed form."""
    z = stats.norm.ppf(0.5 + level / 2)
    def score(delta):
        # p21 = losses, p12 = losses + delta; maximise gained*ln(p12) + lost*ln(p21) + rest*ln(1 - p12 - p21)
        low, high = max(0.0, -delta), (1 - delta) / 2
        rest = n - gained - lost
        def minus(p):
            total = 0.0
            for k, q in ((gained, p + delta), (lost, p), (rest, 1 - 2 * p - delta)):
                if k > 0:
                    total -= k * math.log(max(q, 1e-300))
            return total
        best = optimize.minimize_scalar(minus, bounds=(low, high), method="bounded", options={"xatol": 1e-13})
        p = best.x
        variance = n * (2 * p + delta * (1 - delta))
        return (gained - lost - n * delta) / math.sqrt(max(variance, 1e-300))
    centre = (gained - lost) / n
    bounds = []
    for sign, edge in ((1, -1 + 1e-9), (-1, 1 - 1e-9)):
        bounds.append(optimize.brentq(lambda d: score(d) - sign * z, edge, centre + sign * -1e-9) if sign == 1
                      else optimize.brentq(lambda d: score(d) - sign * z, centre + 1e-9, edge))
    return [100 * b for b in bounds]

def newcombe(p1, n1, p2, n2, level):
    z = stats.norm.ppf(0.5 + level / 2)
    def wilson(p, n):
        c = (p + z * z / 2 / n) / (1 + z * z / n)
        h = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
        return c - h, c + h
    (l1, u1), (l2, u2) = wilson(p1, n1), wilson(p2, n2)
    d = p2 - p1
    return [100 * (d - math.hypot(p2 - l2, u1 - p1)), 100 * (d + math.hypot(u2 - p2, p1 - l1))]

def paired_t(tasks, confidence):
    """Tasks of 0/1 differences: mean of means, Satterthwaite t."""
    diffs = [np.array([1] * g + [-1] * l + [0] * (n - g - l), float) * 100 for g, l, n in tasks]
    v = np.array([d.var(ddof=1) / len(d) for d in diffs])
    df = v.sum() ** 2 / (v ** 2 / np.array([len(d) - 1 for d in diffs])).sum()
    mean, half = np.mean([d.mean() for d in diffs]), stats.t.ppf(confidence, df) * math.sqrt(v.sum()) / len(diffs)
    return [mean - half, mean + half]

def mover(tasks, confidence):
    """Zou & Donner (2008): distances of the tasks' own bounds as roots of squares."""
    estimate = np.mean([100 * (g - l) / n for g, l, n in tasks])
    low = high = 0.0
    for g, l, n in tasks:
        d = 100 * (g - l) / n
        if g + l == 0:
            half = -100 * math.log(1 - confidence) / n
            a, b = -half, half
        elif g + l < 25:
            a, b = tango(g, l, n, 2 * confidence - 1)
        else:
            a, b = paired_t([(g, l, n)], confidence)
        low += ((d - a) / len(tasks)) ** 2
        high += ((b - d) / len(tasks)) ** 2
    return [estimate - math.sqrt(low), estimate + math.sqrt(high)]

out = {
    "about": "made by test/gate/reference.py with scipy " + __import__("scipy").__version__,
    "tango": [{"gained": g, "lost": l, "n": n, "confidence": c, "bounds": tango(g, l, n, 2 * c - 1)}
              for g, l, n, c in [(3, 1, 50, .95), (0, 4, 200, .95), (7, 0, 40, .95), (10, 14, 400, .95), (1, 1, 30, .99), (2, 9, 120, .975)]],
    "newcombe": [{"before": a, "after": b, "n": n, "confidence": c, "bounds": newcombe(a, n, b, n, 2 * c - 1)}
                 for a, b, n, c in [(.5, .45, 200, .95), (.9, .95, 100, .95), (.02, .0, 50, .975)]],
    "t": [{"tasks": t, "confidence": c, "bounds": paired_t(t, c)}
          for t, c in [([(40, 30, 400)], .95), ([(40, 30, 400), (20, 45, 250)], .95), ([(15, 15, 60), (90, 20, 300), (13, 17, 80)], .99)]],
    "mover": [{"tasks": t, "confidence": c, "bounds": mover(t, c)}
              for t, c in [([(3, 1, 50), (40, 30, 400)], .95), ([(0, 0, 300), (2, 9, 120)], .95), ([(0, 0, 100)] * 3, .95), ([(5, 0, 200), (0, 5, 200), (1, 0, 50)], .975)]],
}
json.dump(out, open(os.path.join(os.path.dirname(__file__), "reference.json"), "w"), indent=2)
