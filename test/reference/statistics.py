"""Reference values for the statistics of scores and families, from scipy, statsmodels and R's metafor.

    python -m venv VENV && VENV/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    apt-get install r-cran-metafor
    VENV/bin/python test/reference/statistics.py

writes test/reference/statistics.json: inputs beside expected numbers. Nothing here is taken from the code under test.
"""

import itertools
import json
import pathlib
import subprocess
import sys

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats import multitest, oneway, proportion
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.power import NormalIndPower

random = np.random.default_rng(20261125)


def clustered(sizes):
    """Mean of clustered values: the plain and the bias-reduced error, both from full matrices."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    values = random.normal(size=len(groups)) + random.normal(size=len(sizes))[groups]
    n = len(values)
    fit = sm.OLS(values, np.ones(n)).fit(cov_type="cluster", cov_kwds={"groups": groups})
    hat = np.full((n, n), 1 / n)
    residuals = values - values.mean()
    # CR2 (Bell & McCaffrey 2002): residuals of a cluster times (I - H_cc)^(-1/2), by eigenvalues.
    contrasts, score = [], 0.0
    for group in range(len(sizes)):
        own = groups == group
        w, v = np.linalg.eigh(np.eye(own.sum()) - hat[np.ix_(own, own)])
        root = v @ np.diag(w**-0.5) @ v.T
        score += (np.ones(own.sum()) @ root @ residuals[own]) ** 2
        contrasts.append(np.ones(own.sum()) @ root @ (np.eye(n) - hat)[own] / n)
    g = np.array(contrasts)
    # Imbens & Kolesar (2016): degrees of freedom under exchangeable items, intraclass correlation by ANOVA.
    between = sum(sizes[c] * (values[groups == c].mean() - values.mean()) ** 2 for c in range(len(sizes))) / (len(sizes) - 1)
    within = sum(((values[groups == c] - values[groups == c].mean()) ** 2).sum() for c in range(len(sizes))) / (n - len(sizes))
    typical = (n - (np.array(sizes) ** 2).sum() / n) / (len(sizes) - 1)
    added = (between - within) / typical
    rho = min(1.0, max(0.0, added / (added + within)))
    omega = (1 - rho) * np.eye(n) + rho * (groups[:, None] == groups[None, :])
    covariance = g @ omega @ g.T
    return {
        "values": values.tolist(),
        "clusters": [str(group) for group in groups],
        "mean": values.mean(),
        "statsmodelsSe": float(fit.bse[0]),
        "se": float(np.sqrt(score) / n),
        "df": float(np.trace(covariance) ** 2 / (covariance**2).sum()),
    }


def tango(gained, lost, n):
    """Tango (1998) by brute force: the constrained multinomial likelihood is maximised numerically at every delta."""
    z = stats.norm.ppf(0.975)

    def score(delta):
        low, high = max(0.0, -delta), (1 - delta) / 2
        def loss(q):
            parts = [(gained, q + delta), (lost, q), (n - gained - lost, 1 - 2 * q - delta)]
            return -sum(k * np.log(max(p, 1e-300)) for k, p in parts if k > 0)
        q = optimize.minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-14}).x
        q = min((low, q, high), key=loss)
        # Polish: the derivative of the likelihood has one root inside.
        def slope(q):
            return gained / (q + delta) + lost / q - 2 * (n - gained - lost) / (1 - 2 * q - delta)
        eps = 1e-13
        if lost > 0 or delta < 0:
            a, b = low + eps, high - eps
            if slope(a) > 0 > slope(b):
                q = optimize.brentq(slope, a, b, xtol=1e-16, rtol=1e-15)
        return (gained - lost - n * delta) / np.sqrt(n * (2 * q + delta * (1 - delta)))

    centre = (gained - lost) / n
    eps = 1e-9
    return {
        "gained": gained,
        "lost": lost,
        "n": n,
        "low": optimize.brentq(lambda d: score(d) - z, -1 + eps, centre - eps, xtol=1e-15),
        "high": optimize.brentq(lambda d: score(d) + z, centre + eps, 1 - eps, xtol=1e-15),
    }


def meta(means, variances):
    program = f"""suppressMessages(library(metafor)); options(digits=17)
y <- c({",".join(map(repr, means))}); v <- c({",".join(map(repr, variances))})
m <- rma(y, v, method="PM", control=list(tol=1e-14, maxiter=1000)); ci <- confint(m, control=list(tol=1e-14, maxiter=10000))
cat(formatC(c(m$QE, m$QEp, sqrt(m$tau2), ci$random["tau", 2], ci$random["tau", 3]), digits=17, format="g"))"""
    out = subprocess.run(["Rscript", "-e", program], check=True, capture_output=True, text=True).stdout
    q, p, tau, low, high = map(float, out.split())
    iterated = combine_effects(np.array(means), np.array(variances), method_re="iterated", atol=1e-14, maxiter=1000)
    return {
        "means": means,
        "variances": variances,
        "Q": q,
        "p": p,
        "tau": tau,
        "low": low,
        "high": high,
        "statsmodelsQ": float(iterated.q),
        "statsmodelsTau": float(np.sqrt(iterated.tau2)),
    }


def exact_f(groups):
    pooled = np.array([x for group in groups for x in group])
    sizes = [len(group) for group in groups]

    def labellings(left, sizes):
        if not sizes:
            yield []
            return
        for own in itertools.combinations(left, sizes[0]):
            rest = [i for i in left if i not in own]
            for more in labellings(rest, sizes[1:]):
                yield [own, *more]

    observed = stats.f_oneway(*groups)
    all_f = [stats.f_oneway(*[pooled[list(own)] for own in split]).statistic for split in labellings(list(range(len(pooled))), sizes)]
    return {
        "groups": groups,
        "F": float(observed.statistic),
        "labellings": len(all_f),
        "p": float(np.mean([f >= observed.statistic * (1 - 1e-10) for f in all_f])),
    }


def welch_anova(samples):
    test = oneway.anova_oneway(samples, use_var="unequal")
    return {
        "means": [float(np.mean(s)) for s in samples],
        "variances": [float(np.var(s, ddof=1) / len(s)) for s in samples],
        "dfs": [len(s) - 1 for s in samples],
        "p": float(test.pvalue),
    }


def welch_t(a, b):
    test = stats.ttest_ind(a, b, equal_var=False)
    interval = test.confidence_interval(0.95)
    return {"targeted": a, "coverage": b, "df": float(test.df), "low": float(interval.low), "high": float(interval.high)}


p_values = [0.001, 0.012, 0.04, 0.03, 0.2, 0.9, 0.031]
reference = {
    "versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
        "metafor": subprocess.run(
            ["Rscript", "-e", 'cat(as.character(packageVersion("metafor")))'], check=True, capture_output=True, text=True
        ).stdout,
    },
    "clustered": [clustered(sizes) for sizes in ([4] * 6, [1] * 12, [2, 3, 9, 1, 5], [1, 1, 2, 30, 4, 7, 2, 2, 11])],
    "wilson": [
        {"k": k, "n": n, "bounds": list(map(float, proportion.proportion_confint(k, n, 0.05, "wilson")))}
        for k, n in ((0, 10), (3, 30), (99, 100), (700, 1500))
    ],
    "newcombe": [
        {
            "first": {"share": a / n, "n": n},
            "second": {"share": b / m, "n": m},
            "bounds": list(map(float, proportion.confint_proportions_2indep(b, m, a, n, compare="diff", method="newcomb"))),
        }
        for a, n, b, m in ((5, 30, 9, 30), (56, 70, 48, 80), (300, 1000, 340, 900))
    ],
    "tango": [tango(*row) for row in ((1, 0, 44), (3, 2, 60), (10, 1, 100), (2, 9, 500), (24, 6, 1500))],
    "mcnemar": [
        {"gained": b, "lost": c, "p": float(mcnemar([[0, b], [c, 0]], exact=True).pvalue)} for b, c in ((3, 0), (7, 2), (30, 51), (5, 5))
    ],
    "meta": [
        meta([-16.3, -20.1, 3.0, 5.1, 1.7], [28.0, 21.0, 17.0, 21.0, 42.0]),
        meta([4.0, 1.5, 9.2, -2.1, 3.3, 12.4], [2.1, 9.7, 1.2, 4.4, 30.0, 5.5]),
        meta([0.31, 0.02, -0.17], [0.02, 0.01, 0.05]),
    ],
    "exactF": [exact_f([[12, 9, 15], [8, 13, 11], [1, -2, 3]]), exact_f([[3, 5, 1, 6], [2, 7], [6, 5, 9]])],
    "welchAnova": [
        welch_anova([random.normal(m, s, n) for m, s, n in ((0, 1, 6), (1, 3, 9), (0.5, 2, 15))]),
        welch_anova([random.normal(0, s, n) for s, n in ((1, 10), (4, 5))]),
    ],
    "welchT": [welch_t([11.5, 8.2], [3.1, 5.5, -1.0]), welch_t([4.0, 9.0, 6.5, 5.0], [0.1, 0.4, -0.2])],
    "adjusted": {
        "p": p_values,
        "benjaminiHochberg": multitest.multipletests(p_values, method="fdr_bh")[1].tolist(),
        "holm": multitest.multipletests(p_values, method="holm")[1].tolist(),
    },
    "student": [
        {
            "probability": p,
            "df": df,
            "quantile": float(stats.t.ppf(p, df)),
            "x": x,
            "lowerTail": float(stats.t.cdf(x, df)),
            "detectable": float(stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df)),
        }
        for p, df, x in ((0.975, 2, -1.3), (0.975, 3.7, 0.2), (0.8, 13, 2.6), (0.95, 199, -2.0))
    ],
    # Effect in standard errors that a two-sided z test finds with 80 %; its other tail holds 6e-7, hence fewer digits.
    "normalPower": float(NormalIndPower(ddof=0).solve_power(None, 1, 0.05, 0.8, ratio=0)),
}
# NaN and infinities have no JSON.
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(reference, indent=1, allow_nan=False) + "\n")
