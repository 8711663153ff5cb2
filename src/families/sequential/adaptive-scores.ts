import type { Constants } from '../../base/constants.ts';
import { measuredText, signed } from '../../base/format.ts';
import { type Measured, ok, skipped } from '../../base/measured.ts';
import { kappa } from '../../scores/scale.ts';
import type { Asymmetry } from '../asymmetry.ts';
import type { FamilyGain, FamilyTaskGain } from '../family-gain.ts';
import type { Taxonomy } from '../taxonomy.ts';
import type { SequentialEvidence } from './evidence.ts';
import type { FamilyAnswers } from './family-evidence.ts';

const never = (what: string): Measured =>
  skipped('adaptive-run', `${what} needs every item; these checkpoints were evaluated adaptively.`);

/**
 * The score axis of an adaptive comparison in the shape of a full one: family gains whose intervals are confidence
 * sequences, contrasts along the axis likewise, and a reason in the place of every statistic that has no such form
 * (METHOD § 6.2). The pattern is always `inconclusive`: a verdict needs a full evaluation.
 */
export function adaptiveScores(
  answers: readonly FamilyAnswers[],
  evidence: SequentialEvidence,
  taxonomy: Taxonomy,
  constants: Constants,
): { tasks: FamilyTaskGain[]; families: FamilyGain[]; asymmetry: Asymmetry } {
  const tasks = answers.flatMap(taskGains);
  const families = evidence.families.map((row): FamilyGain => {
    const own = tasks.filter(({ family }) => family === row.family);
    const mean = (pick: (task: FamilyTaskGain) => number): number =>
      own.reduce((sum, task) => sum + pick(task), 0) / Math.max(1, own.length);
    const kappaBase = mean((task) => task.kappaBase);
    return {
      family: row.family,
      title: row.title,
      side: row.side,
      tasks: own.length,
      fixed: row.kappa,
      random: never('Scatter between tasks'),
      logitFixed: never('The log-odds gain'),
      logitRandom: never('Scatter between tasks'),
      kappaBase,
      kappaSubject: mean((task) => task.kappaSubject),
      shrunken: never('Shrinkage'),
      qGain: row.qGain,
      qLoss: row.qLoss,
      ceiling: kappaBase > 100 * constants.ceiling,
      flags: ['adaptive', row.stopped],
    };
  });
  return { tasks, families, asymmetry: asymmetryOf(evidence, taxonomy) };
}

/** Gains of single tasks so far: estimates at a stop that followed the data, so they carry no interval. */
function taskGains({ family, order, rounds, base, subject }: FamilyAnswers): FamilyTaskGain[] {
  return order.tasks.flatMap(({ task, groups }) => {
    const scale = family.tasks.find(({ id }) => id === task);
    if (!scale || scale.chance === null) return [];
    const items = groups.slice(0, rounds).flat();
    const mean = (values: ReadonlyMap<number, number> | undefined): number =>
      (scale.max * items.reduce((sum, item) => sum + (values?.get(item) ?? 0), 0)) / Math.max(1, items.length);
    const [before, after] = [mean(base.get(task)), mean(subject.get(task))];
    const corrected = { chance: scale.chance, max: scale.max };
    const [kappaBase, kappaSubject] = [100 * kappa(before, corrected), 100 * kappa(after, corrected)];
    return [
      {
        family: family.id,
        task,
        n: items.length,
        clusters: items.length,
        base: before,
        subject: after,
        kappaBase,
        kappaSubject,
        gain: ok(kappaSubject - kappaBase, {
          n: items.length,
          note: 'at an adaptive stop; the family has the interval',
        }),
        logit: never('The log-odds gain'),
        se: 'adaptive' as const,
        flags: ['adaptive'],
      },
    ];
  });
}

function asymmetryOf(evidence: SequentialEvidence, taxonomy: Taxonomy): Asymmetry {
  const { axis } = evidence;
  const tests = { Q: never('Q'), pQ: never('Q'), F: never('The permutation test'), pF: never('The permutation test') };
  const undecided = never('The contrast, which this run was not asked to decide,');
  const said = axis
    ? [
        {
          code: `contrast-${axis.state}`,
          text: `On these benchmarks the targeted families gained ${measuredText(axis.S, 1, signed)} κ-points more than the coverage families (confidence sequence; ${axis.state.replace('-', ' ')}).`,
        },
      ]
    : [];
  return {
    declared: taxonomy.axis.declared,
    targeted: axis?.targeted ?? [],
    coverage: axis?.coverage ?? [],
    T: axis?.T ?? undecided,
    C: axis?.C ?? undecided,
    S: axis?.S ?? undecided,
    transferContrast: never('The transfer contrast'),
    transferRatio: never('The transfer ratio'),
    kappa: tests,
    logit: tests,
    pAsymmetric: never('The tests between families'),
    tau: never('Dispersion'),
    CAI: never('Dispersion'),
    effectiveFamilies: never('Dispersion'),
    meanGain: never('The mean gain'),
    leaveOneOut: null,
    detectable: never('Power'),
    pattern: 'inconclusive',
    reasons: [
      {
        code: 'adaptive-run',
        text: 'Families were asked until their own rule was decided, so tests between families do not apply and no verdict is given.',
      },
      ...said,
    ],
    wording: 'fixed-task',
  };
}
