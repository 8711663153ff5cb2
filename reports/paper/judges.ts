import { defaultConstants } from '../../src/base/constants.ts';
import { fisherExact } from '../../src/base/fisher.ts';
import { decimal, signed } from '../../src/base/format.ts';
import { type Measured, numberOf } from '../../src/base/measured.ts';
import { modificationRegime } from '../../src/diagnostics/modification-regime.ts';
import type { Comparison, Dossier } from '../../src/dossier/dossier.ts';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import type { Row } from './record.ts';

/** One line of claims.yaml. */
export interface Claim {
  readonly id: string;
  readonly claim: string;
  readonly where: string;
  readonly judge: string;
  readonly condition?: string;
  readonly label?: string;
  readonly subject?: string;
  /** Layers that are said to be rewritten, `2-20`. */
  readonly deep?: string;
  readonly comparison?: string;
  readonly family?: string;
}

/** What Skiagram's own documents say of the claims, and the paper's numbers that are not part of a run. */
export interface Evidence {
  readonly runs: Readonly<Record<'trajectories' | 'peers' | 'modification' | 'deduplication', Run>>;
  readonly figures: readonly Row[];
  readonly averages: readonly Row[];
  readonly table3: readonly Row[];
  /** Rows of Tables 4-8. */
  readonly tables: readonly Row[];
}
export interface Run {
  readonly dossier: Dossier;
  readonly verdict: Verdict;
}

export type Outcome = 'reproduced' | 'not reproduced' | 'not resolved';
export interface Judgement {
  readonly outcome: Outcome;
  /** The numbers it rests on, one or two sentences. */
  readonly because: string;
}

/** Decides a claim by the numbers given. Throws on a claim without a judge. */
export function judge(claim: Claim, evidence: Evidence): Judgement {
  const found = judges[claim.judge];
  if (found === undefined)
    throw new Error(`claims.yaml: "${claim.id}" names the judge "${claim.judge}", which there is not.`);
  return found(claim, evidence);
}

const judges: Readonly<Record<string, (claim: Claim, evidence: Evidence) => Judgement>> = {
  trend: ({ condition, label }, { runs }) => {
    const { trend } = trajectoryOf(runs.trajectories.dossier, condition);
    const [first] = trend.fragility;
    return {
      outcome: trend.label === label ? 'reproduced' : 'not reproduced',
      because: `By the shares as printed the rule says ${trend.label}.${first ? ` It would say ${first.label} if shares within ${decimal(first.tolerance, 1)} points counted as equal.` : ''}`,
    };
  },
  below: ({ condition }, { runs }) => {
    const { trend, points } = trajectoryOf(runs.trajectories.dossier, condition);
    const after = points.filter(({ warmUp, test }) => !warmUp && test !== null);
    const least = Math.min(...after.map(({ test }) => test?.p ?? 1));
    const last = points.at(-1);
    return {
      outcome: trend.resolved ? 'reproduced' : 'not resolved',
      because: `${trend.reason} Differences after warm-up: ${after.map(({ step, difference }) => `${signed(difference ? (numberOf(difference) ?? 0) : 0)} at ${step}`).join(', ')}. Smallest p of Fisher's test ${least < 0.005 ? 'below 0.005' : decimal(least, 2)}; at the last step ${last?.share.status === 'ok' ? `${last.share.k} of ${last.share.n}` : '—'}, where no pairing of matrices could give a p below ${(last?.test?.best ?? 1).toPrecision(2)}.`,
    };
  },
  picture: () => ({
    outcome: 'not resolved',
    because: 'The values per layer are in a picture only; nothing can be computed from the text.',
  }),
  aggregate: (_, { figures }) => {
    const shares = figures.filter(({ figure }) => figure === 'Fig 5').map(({ low }) => Number(low));
    const odd = shares.filter((share) => !isShareOf(share, 252));
    return {
      outcome: 'not resolved',
      because: `The shares span ${decimal(Math.max(...shares) - Math.min(...shares), 2)} points, but ${odd.map((share) => decimal(share, 2)).join(' and ')} are no whole number of 252 matrices (36 layers of 7): the models were counted over different sets, so the shares are not like for like.`,
    };
  },
  regime: regimeJudge,
  uneven: ({ comparison }, { runs }) => {
    const { asymmetry } = scoresOf(runs.peers.dossier, comparison);
    const bounds = interval(asymmetry.S);
    const pF = numberOf(asymmetry.kappa.pF);
    const tau = numberOf(asymmetry.tau);
    const proven =
      bounds !== undefined && bounds.low > 0 && (numberOf(asymmetry.pAsymmetric) ?? 1) < defaultConstants.alpha_test;
    return {
      outcome: proven ? 'reproduced' : 'not resolved',
      because: `Documents and perception minus reasoning and mathematics: ${text(asymmetry.S)} κ-points; F over tasks p ${pF?.toPrecision(2)}, τ ${decimal(tau ?? 0, 2)}. A contrast between peers, not a gain over a base.`,
    };
  },
  'not-uneven': ({ comparison }, { runs }) => {
    const { asymmetry } = scoresOf(runs.peers.dossier, comparison);
    const bounds = interval(asymmetry.S);
    const rejects = (numberOf(asymmetry.pAsymmetric) ?? 0) < defaultConstants.alpha_test;
    return {
      outcome: rejects ? 'not reproduced' : 'reproduced',
      because: `The same contrast is ${text(asymmetry.S)} κ-points and F over tasks has p ${numberOf(asymmetry.kappa.pF)?.toPrecision(2)}: no unevenness along this axis is seen, and ${bounds && bounds.low < -5 ? 'the interval is too wide to exclude one' : 'none of 5 points is left possible'}.`,
    };
  },
  association: () => ({
    outcome: 'not resolved',
    because:
      'Three models that differ in everything, one matrix kind, one run each: an order of three is no association that could be tested.',
  }),
  averages: (_, { averages, table3, tables }) => {
    const gaps = averages.flatMap((row, index) => {
      const own = tables.filter(({ source }) => source === row.source);
      const mean = (model: string): number => {
        const values = own.filter((cell) => cell.model === model).map(({ value }) => Number(value));
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      return (['baseline', 'deduplicated'] as const).flatMap((model) => [
        Math.abs(mean(model) - Number(row[model])),
        Math.abs(mean(model) - Number(table3[index]?.[model])),
      ]);
    });
    const largest = Math.max(...gaps);
    return {
      outcome: largest <= 1.5e-4 ? 'reproduced' : 'not reproduced',
      because: `Recomputed from the rows they differ by ${largest.toExponential(1)} at most. MIA-Bench and CFBench (psr) stand in two tables each.`,
    };
  },
  gains: (_, { runs }) => {
    const { families } = scoresOf(runs.deduplication.dossier, 'deduplicated');
    const { asymmetry } = scoresOf(runs.deduplication.dossier, 'deduplicated');
    const rising = families.filter(({ fixed }) => (numberOf(fixed) ?? 0) > 0);
    const ordered = families.toSorted((a, b) => (numberOf(b.fixed) ?? 0) - (numberOf(a.fixed) ?? 0));
    const clear = families.filter(({ fixed }) => (interval(fixed)?.low ?? -1) > 0);
    return {
      outcome: rising.length === 4 && ordered[0]?.family === 'business_llm' ? 'reproduced' : 'not reproduced',
      because: `${families.map(({ title, fixed }) => `${title} ${signed(numberOf(fixed) ?? 0)}`).join(', ')} points, each task counted once. On these very items ${clear.length} are clearly above 0 with the assumed numbers of items; as kinds of task none need be: without ${asymmetry.leaveOneOut?.task ?? '—'} the largest difference between categories falls to ${decimal(asymmetry.leaveOneOut?.S ?? 0, 1)} points.`,
    };
  },
  unaffected: ({ family }, { runs }) => {
    const gain = scoresOf(runs.deduplication.dossier, 'deduplicated').families.find((entry) => entry.family === family);
    return {
      outcome: 'not resolved',
      because: `${gain ? text(gain.fixed) : '—'} points on these items, ${gain ? text(gain.random) : '—'} for such tasks: neither a change nor its absence is shown by three tasks.`,
    };
  },
  share: (_, { runs }) => {
    const [before, after] = runs.deduplication.dossier.checkpoints.map(({ model }) => model.alpha_share);
    if (before?.status !== 'ok' || after?.status !== 'ok') return { outcome: 'not resolved', because: 'No shares.' };
    const p = fisherExact(before.k ?? 0, before.n ?? 0, after.k ?? 0, after.n ?? 0);
    return {
      outcome: 'not resolved',
      because: `${before.k} and ${after.k} of ${before.n} matrices: ${decimal(before.value - after.value, 2)} points, p ${decimal(p, 2)}. It is not distinguishable from no change, and twice the move that Table 1 calls a gap (D, 1.4 points).`,
    };
  },
  pattern: (_, { runs }) => {
    const { asymmetry } = scoresOf(runs.deduplication.dossier, 'deduplicated');
    const uneven = asymmetry.pattern === 'asymmetric-gain';
    return {
      outcome: uneven ? 'not reproduced' : 'reproduced',
      because: `The rule does not find one: F over tasks p ${numberOf(asymmetry.kappa.pF)?.toPrecision(2)}, τ ${text(asymmetry.tau)}. Item noise alone would (Q ${decimal(numberOf(asymmetry.kappa.Q) ?? 0, 1)}); it is ${asymmetry.leaveOneOut?.task ?? 'no single task'} that drives it.`,
    };
  },
  sameness: (_, { runs }) => {
    const { asymmetry } = scoresOf(runs.deduplication.dossier, 'deduplicated');
    return {
      outcome: 'not resolved',
      because: `A test that does not reject shows no sameness: the largest difference between categories is ${text(asymmetry.S)} points, and of the weights one share is known.`,
    };
  },
};

function regimeJudge({ subject, deep }: Claim, { runs, figures }: Evidence): Judgement {
  const comparison = runs.modification.dossier.comparisons.find(({ checkpoint }) => checkpoint === subject);
  const matrices = comparison?.weights.status === 'ok' ? comparison.weights.matrices : [];
  const [from, to] = deep === undefined ? [1, 0] : deep.split('-').map(Number);
  const claimed = (depth: number | null): string =>
    depth !== null && depth >= (from ?? 1) && depth <= (to ?? 0) ? 'deep' : 'conservative';
  const regimes = matrices.map(({ depth, labels }) => ({ claimed: claimed(depth), found: labels.modification_regime }));
  const count = (regime: string): number => regimes.filter(({ found }) => found === regime).length;
  const against = regimes.filter(({ claimed, found }) => found !== undefined && found !== claimed).length;
  const unknown = regimes.filter(({ found }) => found === undefined).length;
  const rows = figures.filter((row) => row.subject === subject && row.diagnostic === 'relative_change');
  const implied = rows.flatMap(({ low, high }) => [low, high].map((m) => 1 - Number(m) ** 2 / 2));
  const atEqualNorms =
    unknown > 0
      ? ` Of ${unknown} layers no correlation is quoted; with equal norms it would be ${implied.map((r) => decimal(r, 2)).join(' to ')}, which makes them ${[...new Set(rows.flatMap(({ low, high }) => [low, high].map((m, index) => modificationRegime(Number(m), implied[index] ?? 0))))].join(' or ')}.`
      : '';
  return {
    outcome: against > 0 || matrices.length === 0 ? 'not reproduced' : unknown > 0 ? 'not resolved' : 'reproduced',
    because: `${count('deep')} deep and ${count('conservative')} conservative of ${matrices.length} layers of v_proj, by the quoted values.${atEqualNorms} Size and correlation are one measurement; other coordinates cannot be excluded, and no other matrix is quoted, so nothing follows for the model.`,
  };
}

function trajectoryOf({ trajectories }: Dossier, condition: string | undefined): Trajectory {
  const found = trajectories?.find((entry) => entry.condition === condition);
  if (found === undefined) throw new Error(`No trajectory of condition ${condition}.`);
  return found;
}

function scoresOf({ comparisons }: Dossier, id: string | undefined): Extract<Comparison['scores'], { status: 'ok' }> {
  const scores = comparisons.find(({ checkpoint }) => checkpoint === id)?.scores;
  if (scores?.status !== 'ok') throw new Error(`No scores of ${id} were compared.`);
  return scores;
}

function isShareOf(percent: number, n: number): boolean {
  return Math.abs((100 * Math.round((percent * n) / 100)) / n - percent) < 0.00501;
}

function interval(value: Measured): { low: number; high: number } | undefined {
  return value.status === 'ok' ? value.interval : undefined;
}

function text(value: Measured): string {
  const bounds = interval(value);
  if (value.status !== 'ok') return '—';
  return `${signed(value.value)}${bounds ? ` [${signed(bounds.low)}, ${signed(bounds.high)}]` : ''}`;
}
