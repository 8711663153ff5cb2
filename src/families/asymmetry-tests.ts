import type { Constants } from '../base/constants.ts';
import { failed, type Measured, ok, skipped } from '../base/measured.ts';
import { randomStream } from '../base/random.ts';
import type { Asymmetry } from './asymmetry.ts';
import { cochranQ } from './cochran-q.ts';
import { estimateFamilies, type GainGroup } from './gain-table.ts';
import { permutationF } from './permutation-f.ts';

/** The gains of the same tasks on both scales. */
export interface TwoScales {
  readonly gain: readonly GainGroup[];
  readonly logit: readonly GainGroup[];
}

/** Q and F on both scales, and the largest of the four p values. */
export interface AsymmetryTests {
  readonly kappa: Asymmetry['kappa'];
  readonly logit: Asymmetry['logit'];
  readonly pAsymmetric: Measured;
}

/**
 * The four-test rule of METHOD § 4.1: families must differ beyond item noise (Q) and beyond scatter between tasks (F),
 * on κ-points and on log-odds. All must reject, so the level of the whole is at most the level of one and no
 * correction is due (Berger 1982). F is skipped below `min_task_df`; then only fixed-task wording is allowed.
 */
export function asymmetryTests(
  scales: TwoScales,
  constants: Constants,
  seed: number,
  draws: number = constants.permutations,
): AsymmetryTests {
  const kappa = testScale(scales.gain, constants, seed, draws);
  const logit = testScale(scales.logit, constants, seed + 1, draws);
  const p = [kappa.pQ, kappa.pF, logit.pQ, logit.pF].flatMap((test) => (test.status === 'ok' ? [test.value] : []));
  const pAsymmetric =
    p.length > 0
      ? ok(Math.max(...p), { n: p.length, note: `largest of ${p.length} p values` })
      : failed('no-test', 'No asymmetry test could be run: fewer than two families have gains.');
  return { kappa, logit, pAsymmetric };
}

function testScale(table: readonly GainGroup[], constants: Constants, seed: number, draws: number): Asymmetry['kappa'] {
  const { families, df } = estimateFamilies(table);
  if (families.length < 2) {
    const reason = skipped('one-family', 'An asymmetry between families needs at least two of them.');
    return { Q: reason, pQ: reason, F: reason, pF: reason };
  }
  const { Q, p } = cochranQ(
    families.map((family) => family.mean),
    families.map((family) => family.fixed),
    families.map((family) => family.fixedDf),
  );
  const heterogeneity = { Q: ok(Q, { n: families.length }), pQ: ok(p, { n: families.length }) };
  if (df < constants.min_task_df) {
    const reason = skipped(
      'few-task-df',
      `${df} degrees of freedom over tasks; ${constants.min_task_df} are needed to tell families from tasks.`,
    );
    return { ...heterogeneity, F: reason, pF: reason };
  }
  const test = permutationF(
    table.map((group) => group.gains),
    draws,
    randomStream(seed),
  );
  const n = table.reduce((sum, group) => sum + group.gains.length, 0);
  return {
    ...heterogeneity,
    F: ok(test.F, { n }),
    pF: ok(test.p, { n, note: test.exact ? `exact, all ${test.labellings} labellings` : `${draws} label shuffles` }),
  };
}
