import { decimal, measuredText, probability, signed } from '../base/format.ts';
import { numberOf } from '../base/measured.ts';
import type { Trajectory, Trend } from '../dossier/trajectory.ts';
import { notApplicable } from './applicable.ts';
import type { FindingProduct, TrajectoryPattern } from './finding.ts';

/** Where the share of α in [2, 6] goes over training, and whether the counts can carry it. */
export const trend: TrajectoryPattern = {
  meta: {
    id: 'trend',
    title: 'No resolved fall of the share of α over training',
    failureTitle: 'The share of α fell or stayed behind over training',
    description:
      'Names the course of the share of α in [2, 6] as the paper does: Stuck, Gap, Recover or Stable. A label is a description of a few counts; whether they differ from the reference run beyond chance is said beside it, and how much tolerance would make it another.',
    formula:
      'Checkpoints after the first, in this order. Stuck: all below 70 %. Gap: all below the reference, the last one too and below 78 %. Recover: earlier below the reference, at the last step not, and at least 78 %. Stable: all at least 78 %. Detected where Stuck, Gap or Recover is resolved (q ≤ 0.05 at one checkpoint); inconclusive where it is not.',
    needs: ['weights', 'trajectory'],
    source: 'Benchmark Shadows § 4.2, Table 1; METHOD §§ 1.4, 4.6',
    thresholds: [
      { name: 'share_green', value: '78 %', provenance: 'paper, colours of Table 1' },
      { name: 'share_red', value: '70 %', provenance: 'paper, colours of Table 1' },
      { name: 'trend_tolerance', value: '0 points', provenance: 'ours, for reproducing Table 1' },
      { name: 'bh_q', value: '0.05', provenance: 'ours' },
    ],
  },
  follow: (trajectory, { trajectories = [] }) => {
    const { label, resolved, reason } = trajectory.trend;
    if (label === 'too-short') return notApplicable('too-few-checkpoints', reason);
    const last = trajectory.points.findLastIndex(({ share }) => share.status === 'ok');
    const end = trajectory.points[last] as Trajectory['points'][number];
    const effect = end.difference ?? end.share;
    return {
      status: statusOf(label, resolved),
      effect,
      plain: `${trendNames[label]}: ${words[label]}${resolutionText(trajectory, trajectories)}`,
      technical: technicalText(trajectory),
      action: actions[label],
      evidence: [
        { label: 'Share of α in [2, 6] at the last checkpoint', value: end.share, pointer: `/points/${last}/share` },
        ...(end.difference
          ? [{ label: 'Difference to the reference', value: end.difference, pointer: `/points/${last}/difference` }]
          : []),
        { label: 'Sign test over checkpoints, p', value: trajectory.trend.signTest, pointer: '/trend/signTest' },
      ].map((entry) => ({ ...entry, chart: 'alpha-share-trajectory' })),
      names: [],
    };
  },
};

/** Labels as the paper writes them. */
export const trendNames: Readonly<Record<Trend, string>> = {
  stuck: 'Stuck',
  gap: 'Gap',
  recover: 'Recover',
  stable: 'Stable',
  unclassified: 'Unclassified',
  'too-short': 'Too short',
};

/** "resolved at n = 224", "not resolved at n = 224", or why it is not asked; `runs` are all of the dossier. */
export function resolution(
  { condition, points, reference, trend: { resolved } }: Trajectory,
  runs: readonly Trajectory[],
): string {
  const n = Math.max(...points.map(({ test, share }) => test?.n ?? (share.status === 'ok' ? (share.n ?? 0) : 0)));
  if (resolved !== null) return `${resolved ? 'resolved' : 'not resolved'} at n = ${n}`;
  if (runs.some((run) => run.reference === condition)) return 'the reference run';
  return reference === null ? 'not compared: no reference' : 'not compared: no step in common with the reference';
}

function resolutionText(trajectory: Trajectory, runs: readonly Trajectory[]): string {
  const { reference, trend: own } = trajectory;
  const against = own.resolved === null ? '' : ` against ${reference}`;
  return ` (${resolution(trajectory, runs)}${against}). ${own.reason}`;
}

function statusOf(label: Trend, resolved: boolean | null): FindingProduct['status'] {
  if (label === 'stable') return 'not-detected';
  if (label === 'unclassified') return 'inconclusive';
  return resolved ? 'detected' : 'inconclusive';
}

function technicalText({ points, reference, trend: own }: Trajectory): string {
  const series = points.map(({ step, share, warmUp }) => {
    const value = numberOf(share);
    return `${step}: ${value === undefined ? '—' : decimal(value)}${warmUp ? ' (warm-up)' : ''}`;
  });
  const judged = points.filter(({ warmUp }) => !warmUp);
  const tests = judged.flatMap(({ step, test, difference }) => {
    if (test === null || difference === null) return [];
    const best = test.method === 'McNemar' || test.best === null ? '' : `, at best ${probability(test.best)} if paired`;
    return [
      `${step}: ${signed(numberOf(difference) ?? 0)} points, ${test.method} p = ${probability(test.p)}${best}, q = ${probability(test.q ?? 1)}`,
    ];
  });
  const fragile = own.fragility.map(
    ({ tolerance, label }) => `${trendNames[label]} from ${decimal(tolerance, 2)} points`,
  );
  return [
    `Share over steps ${series.join(', ')}.`,
    ...(tests.length > 0 ? [`Against ${reference}: ${tests.join('; ')}.`] : []),
    ...(own.signTest.status === 'ok'
      ? [
          `Below the reference at ${own.signTest.k} of ${own.signTest.n} checkpoints, sign test p = ${measuredText(own.signTest, 3)}.`,
        ]
      : []),
    fragile.length > 0
      ? `With more tolerance than ${decimal(own.tolerance)} the label becomes ${fragile.join(', then ')}.`
      : 'No tolerance changes the label.',
  ].join(' ');
}

const words: Readonly<Record<Exclude<Trend, 'too-short'>, string>> = {
  stuck: 'the share of α in [2, 6] stayed below 70 % at every checkpoint after the first',
  gap: 'the share of α in [2, 6] was below the reference run at every checkpoint after the first, and at the last below 78 %',
  recover: 'the share of α in [2, 6] was below the reference run earlier and is not at the last checkpoint',
  stable: 'the share of α in [2, 6] was at least 78 % at every checkpoint after the first',
  unclassified: 'the share of α in [2, 6] follows none of the four courses of the paper',
};

const actions: Readonly<Record<Exclude<Trend, 'too-short'>, string>> = {
  stuck:
    'Look at the learning-rate schedule and the change variance first; without a reference of the same architecture the limits of 70 and 78 % say little.',
  gap: 'Look at the layer-wise α beside it, and at a second seed: a few points are a few matrices.',
  recover: 'Look whether single layers stayed away from the reference: the share can come back while they do not.',
  stable: 'Nothing to do.',
  unclassified: 'Read the shares and their tests themselves; no label fits.',
};
