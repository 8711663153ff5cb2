import { describe, expect, test } from 'vitest';
import { ok, skipped } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import type { Compared } from '../../src/gate/candidate.ts';
import type { RunArtifacts } from '../../src/gate/candidates.ts';
import { compareRuns } from '../../src/gate/compared-with-run.ts';
import { Gate } from '../../src/gate/gate.ts';
import type { Policy } from '../../src/gate/policy.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { taxonomy } from '../dossier/parts.ts';
import { answers, gateOf, items, type World, world } from './worlds.ts';

// Four tasks of 400 items a family. Discordant items decide the width: with 10 + 10 a task the family's 90 % interval is ±0.93.
const steady = { gained: 10, lost: 10 };
const everywhere = (turned: { gained: number; lost: number }): World => ({
  ...{ puzzles: turned, sums: turned, reading: turned, facts: turned, logic: turned, codes: turned },
});

const worlds = {
  /** No answer changed anywhere. */
  same: world({}),
  steady: world(everywhere(steady)),
  /** Reading lost 10 points, certainly. */
  fallen: world({ ...everywhere(steady), reading: { gained: 10, lost: 50 } }),
  /** Reading lost 3 points, known to ±0.8. */
  slipped: world({ ...everywhere(steady), reading: { gained: 2, lost: 14 } }),
  /** Reading lost 1 point, known to ±1.1 only. */
  unclear: world({ ...everywhere(steady), reading: { gained: 12, lost: 16 } }),
  /** Everything rose by 20 points over rewritten weights. */
  broad: world({ ...everywhere({ gained: 85, lost: 5 }), weights: 'rewritten' }),
  /** The targeted families rose by 40 points, the others by nothing, and the weights hardly moved. */
  shadow: world({ ...everywhere(steady), puzzles: { gained: 160, lost: 0 }, sums: { gained: 150, lost: 0 } }),
  /** No weights were measured. */
  bare: world({ ...everywhere(steady), weights: 'none' }),
  /** A task of reading is missing on the candidate's side. */
  missing: edited(world(everywhere(steady)), (artifacts) => {
    const { scores } = artifacts.dossier.comparisons[0] as (typeof artifacts.dossier.comparisons)[number];
    if (scores.status !== 'ok') return;
    scores.tasks = scores.tasks.filter(({ task }) => task !== 'reading_2');
    scores.refused.push({ task: 'reading_2', reason: 'not in the results of the subject' });
  }),
  /** The harness failed on the candidate. */
  broken: edited(world({}), (artifacts) => {
    const [comparison] = artifacts.dossier.comparisons;
    if (comparison) comparison.scores = { status: 'failed', error: { message: 'lm-eval ran out of memory.' } };
  }),
  /** Nothing was compared at all. */
  empty: edited(world({}), (artifacts) => {
    artifacts.dossier.comparisons.length = 0;
    artifacts.dossier.checkpoints.length = 0;
  }),
  /** Diagnostics with and without an interval, and one that could not be measured. */
  measured: edited(world(everywhere(steady)), (artifacts) => {
    const [, subject] = artifacts.dossier.checkpoints;
    if (subject)
      subject.model = {
        alpha_share: ok(72, { n: 224, k: 161, interval: { low: 66, high: 77.5, level: 0.95, method: 'Wilson' } }),
        mean_alpha: ok(3.4),
        tail_share: skipped('no-fit', 'No power law could be fitted.'),
      };
  }),
  /** A finding of a kind that this version does not know, as a newer one may write. */
  newer: edited(world({}), (artifacts) => {
    artifacts.findings.findings.push({
      ...{
        id: 'quantum-shadow',
        title: 'Quantum shadow',
        checkpoint: 'sft',
        status: 'detected',
        plain: 'It is there.',
      },
      ...{ effect: ok(1), names: ['reading'] },
    });
  }),
} as const;

function edited(artifacts: ReturnType<typeof world>, change: (artifacts: RunArtifacts) => void): RunArtifacts {
  const copy = JSON.parse(JSON.stringify(artifacts)) as RunArtifacts;
  change(copy);
  return copy;
}

type Rules = Policy['rules'];
interface Row {
  readonly world: keyof typeof worlds;
  readonly rules: Rules;
  readonly rest?: Omit<Policy, 'rules'>;
  /** Outcome of the gate and exit code. */
  readonly gives: readonly [Gate['outcome'], number];
  /** Outcomes of the single results, in order, where there are few. */
  readonly each?: readonly string[];
}

const within = (points: number, extra: object = {}): Rules => [
  { family: 'reading', non_inferior_within: points, ...extra },
];
const all = (points: number, extra: object = {}): Rules => [{ family: '*', non_inferior_within: points, ...extra }];

const table: readonly Row[] = [
  // Non-inferiority of families, at and around what the items can show.
  { world: 'same', rules: all(2), gives: ['pass', 0] },
  { world: 'same', rules: within(0.5), gives: ['pass', 0] }, // rule of three over four tasks: ±0.37
  { world: 'same', rules: within(0.3), gives: ['inconclusive', 4] },
  { world: 'steady', rules: all(2), gives: ['pass', 0] },
  { world: 'steady', rules: within(1), gives: ['pass', 0] },
  { world: 'steady', rules: within(0.5), gives: ['inconclusive', 4] },
  { world: 'steady', rules: within(0.5, { on_inconclusive: 'warn' }), gives: ['inconclusive', 0] },
  { world: 'steady', rules: within(0.5), rest: { on_inconclusive: 'warn' }, gives: ['inconclusive', 0] },
  {
    world: 'steady',
    rules: [...within(0.5, { on_inconclusive: 'block' }), ...within(2)],
    rest: { on_inconclusive: 'warn' },
    gives: ['inconclusive', 4],
    each: ['inconclusive', 'pass'],
  },
  { world: 'steady', rules: within(0.5, { level: 'warn' }), gives: ['pass', 0], each: ['inconclusive'] },
  { world: 'steady', rules: within(1), rest: { confidence: 0.999 }, gives: ['inconclusive', 4] },
  { world: 'fallen', rules: within(2), gives: ['fail', 1] },
  { world: 'fallen', rules: all(2), gives: ['fail', 1], each: ['pass', 'pass', 'fail', 'pass', 'pass', 'pass'] },
  { world: 'fallen', rules: within(2, { level: 'warn' }), gives: ['pass', 0], each: ['fail'] },
  { world: 'fallen', rules: [{ family: ['puzzles', 'sums'], non_inferior_within: 2 }], gives: ['pass', 0] },
  { world: 'fallen', rules: within(15), gives: ['pass', 0] },
  { world: 'slipped', rules: within(2), gives: ['fail', 1] },
  { world: 'slipped', rules: within(4), gives: ['pass', 0] },
  { world: 'slipped', rules: within(3), gives: ['inconclusive', 4] }, // the loss is the margin itself
  { world: 'unclear', rules: within(2), gives: ['inconclusive', 4] },
  { world: 'unclear', rules: within(3), gives: ['pass', 0] },
  {
    world: 'unclear',
    rules: [...within(2), ...[{ family: 'facts', non_inferior_within: 2 }]],
    gives: ['inconclusive', 4],
  },
  {
    world: 'fallen',
    rules: [...within(2), { family: 'facts', non_inferior_within: 0.5 }],
    gives: ['fail', 1],
    each: ['fail', 'inconclusive'],
  },
  // Two levels on one key.
  {
    world: 'slipped',
    rules: [{ family: 'reading', non_inferior_within: { error: 4, warn: 1 } }],
    gives: ['pass', 0],
    each: ['pass', 'fail'],
  },
  {
    world: 'fallen',
    rules: [{ family: 'reading', non_inferior_within: { error: 4, warn: 1 } }],
    gives: ['fail', 1],
    each: ['fail', 'fail'],
  },
  {
    world: 'fallen',
    rules: [{ family: 'reading', non_inferior_within: { warn: 1 } }],
    gives: ['pass', 0],
    each: ['fail'],
  },
  // Claims of improvement and of regression.
  { world: 'broad', rules: [{ family: '*', improved_by: 5 }], gives: ['pass', 0] },
  { world: 'broad', rules: [{ family: 'reading', improved_by: 20 }], gives: ['inconclusive', 4] },
  { world: 'broad', rules: [{ family: 'reading', improved_by: 30 }], gives: ['fail', 1] },
  { world: 'steady', rules: [{ family: 'reading', improved_by: 0 }], gives: ['inconclusive', 4] },
  { world: 'fallen', rules: [{ family: 'reading', improved_by: 0 }], gives: ['fail', 1] },
  { world: 'slipped', rules: [{ family: 'reading', no_regression: true }], gives: ['fail', 1] },
  { world: 'unclear', rules: [{ family: '*', no_regression: true }], gives: ['pass', 0] },
  // Single tasks: a quarter of the items, so the same loss is less certain.
  { world: 'fallen', rules: [{ task: 'reading_1', non_inferior_within: 2 }], gives: ['fail', 1] },
  { world: 'slipped', rules: [{ task: 'reading_1', non_inferior_within: 2 }], gives: ['inconclusive', 4] },
  {
    world: 'steady',
    rules: [{ task: 'reading_*', non_inferior_within: 2.5 }],
    gives: ['pass', 0],
    each: ['pass', 'pass', 'pass', 'pass'],
  },
  { world: 'steady', rules: [{ task: 'reading_1', min: 40 }], gives: ['pass', 0] },
  { world: 'steady', rules: [{ task: 'reading_1', min: 48 }], gives: ['inconclusive', 4] },
  { world: 'steady', rules: [{ task: 'reading_1', min: 48, by: 'value' }], gives: ['pass', 0] },
  { world: 'steady', rules: [{ task: 'reading_1', min: 60 }], gives: ['fail', 1] },
  {
    world: 'steady',
    rules: [{ task: 'reading_1', min: { error: 40, warn: 60 } }],
    gives: ['pass', 0],
    each: ['pass', 'fail'],
  },
  // Diagnostics.
  { world: 'measured', rules: [{ diagnostic: 'alpha_share', min: 60 }], gives: ['pass', 0] },
  { world: 'measured', rules: [{ diagnostic: 'alpha_share', min: 70 }], gives: ['inconclusive', 4] },
  { world: 'measured', rules: [{ diagnostic: 'alpha_share', min: 70, by: 'value' }], gives: ['pass', 0] },
  { world: 'measured', rules: [{ diagnostic: 'alpha_share', min: 80 }], gives: ['fail', 1] },
  { world: 'measured', rules: [{ diagnostic: 'mean_alpha', min: 2, max: 6 }], gives: ['pass', 0] },
  { world: 'measured', rules: [{ diagnostic: 'mean_alpha', max: 3 }], gives: ['fail', 1] },
  { world: 'measured', rules: [{ diagnostic: 'tail_share', max: 3 }], gives: ['inconclusive', 4] },
  { world: 'steady', rules: [{ diagnostic: 'D', max: 0.5 }], gives: ['pass', 0] },
  { world: 'bare', rules: [{ diagnostic: 'D', max: 0.5 }], gives: ['inconclusive', 4], each: ['error'] },
  // Findings and verdicts.
  { world: 'shadow', rules: [{ finding: 'benchmark-shadow' }], gives: ['fail', 1] },
  { world: 'shadow', rules: [{ finding: 'benchmark-shadow', level: 'warn' }, ...all(2)], gives: ['pass', 0] },
  {
    world: 'broad',
    rules: [{ finding: ['benchmark-shadow', 'family-regression'] }],
    gives: ['pass', 0],
    each: ['pass', 'pass'],
  },
  { world: 'shadow', rules: [{ verdict: 'benchmark-shadow' }], gives: ['fail', 1] },
  { world: 'broad', rules: [{ verdict: ['benchmark-shadow', 'regression'] }], gives: ['pass', 0] },
  { world: 'bare', rules: [{ finding: 'spectral-inertness' }], gives: ['inconclusive', 4] },
  { world: 'newer', rules: [{ finding: 'quantum-shadow' }], gives: ['fail', 1] },
  // What cannot be judged never passes, whatever the policy says of inconclusive rules.
  {
    world: 'steady',
    rules: [{ family: 'readign', non_inferior_within: 2 }],
    gives: ['inconclusive', 4],
    each: ['error'],
  },
  {
    world: 'steady',
    rules: [{ finding: 'benchmark-shadwo' }],
    rest: { on_inconclusive: 'warn' },
    gives: ['inconclusive', 4],
    each: ['error'],
  },
  { world: 'steady', rules: within(2, { against: 'baseline' }), gives: ['inconclusive', 4], each: ['error'] },
  { world: 'steady', rules: [{ family: 'reading', drift_within: 2 }], gives: ['inconclusive', 4], each: ['error'] },
  {
    world: 'steady',
    rules: within(2),
    rest: { checkpoints: ['sft', 'dpo'] },
    gives: ['inconclusive', 4],
    each: ['error', 'pass'],
  },
  { world: 'steady', rules: within(2, { checkpoints: ['dpo'] }), gives: ['inconclusive', 4], each: ['error'] },
  { world: 'steady', rules: within(2), rest: { checkpoints: ['base'] }, gives: ['inconclusive', 4], each: ['error'] },
  { world: 'broken', rules: all(2), gives: ['inconclusive', 4], each: ['error'] },
  { world: 'empty', rules: all(2), gives: ['inconclusive', 4], each: ['error'] },
  { world: 'missing', rules: within(2), gives: ['inconclusive', 4], each: ['inconclusive'] },
  { world: 'missing', rules: within(2, { allow_missing_tasks: true }), gives: ['pass', 0] },
  {
    world: 'missing',
    rules: [{ task: 'reading_2', non_inferior_within: 2 }],
    gives: ['inconclusive', 4],
    each: ['error'],
  },
  {
    world: 'fallen',
    rules: [...within(2), { family: 'nowhere', non_inferior_within: 2 }],
    gives: ['fail', 1],
    each: ['fail', 'error'],
  },
];

describe('policies × dossiers', () => {
  test('there are forty and more', () => {
    expect(table.length).toBeGreaterThanOrEqual(40);
  });

  test.each(table.map((row, index) => ({ ...row, index, text: JSON.stringify(row.rules) })))(
    '$index: $world, $text',
    (row) => {
      const gate = gateOf(worlds[row.world], { ...row.rest, rules: row.rules });
      expect([gate.outcome, gate.exitCode], JSON.stringify(gate.rules, null, 1)).toEqual(row.gives);
      if (row.each) expect(gate.rules.map(({ outcome }) => outcome)).toEqual(row.each);
      expect(problemsOf(Gate, gate)).toEqual([]);
    },
  );
});

describe('what a result says', () => {
  test('the n that would settle an inconclusive rule', () => {
    const [rule] = gateOf(worlds.unclear, { rules: within(2) }).rules;
    // Δ̂ −1, margin 2, 1600 items, half width h: n = 1600·((1.645 + 0.842)·h/1.645)²
    const { measured } = rule ?? {};
    if (measured?.status !== 'ok' || !measured.interval) throw new Error('not measured');
    const half = measured.value - measured.interval.low;
    expect(rule?.needed).toBeCloseTo(1600 * ((2.48647486 * half) / 1.64485363) ** 2, -1);
    expect(rule?.message).toContain(`About ${rule?.needed} items (now 1600) would settle it with 80 % chance.`);
  });

  test('a loss within the margin passes and is still called a regression', () => {
    const gate = gateOf(worlds.slipped, { rules: within(4) });
    expect(gate.rules[0]?.outcome).toBe('pass');
    expect(gate.claims.filter(({ claim }) => claim !== 'none').map(({ family, claim }) => [family, claim])).toEqual([
      ['reading', 'regressed'],
    ]);
  });

  test('raw points, whatever the chance level', () => {
    const [rule] = gateOf(worlds.fallen, { rules: within(2) }).rules;
    expect(rule).toMatchObject({
      margin: -2,
      unit: 'points',
      n: 4 * items,
      measured: { value: expect.closeTo(-10, 9) },
    });
  });

  test('a misspelt family is answered with the one that was meant', () => {
    const [rule] = gateOf(worlds.steady, { rules: [{ family: 'readign', non_inferior_within: 2 }] }).rules;
    expect(rule?.message).toBe('No family "readign" was compared; did you mean "reading"?');
  });

  test('a rule that throws leaves the others their outcomes', () => {
    const gate = gateOf(worlds.steady, {
      rules: [{ verdict: 'benchmark-shadow', checkpoints: ['base'] }, ...within(2)],
    });
    expect(gate.rules.map(({ outcome }) => outcome)).toEqual(['error', 'pass']);
  });
});

describe('against earlier runs', () => {
  const run = (turned: { gained: number; lost: number }, change: (run: RawRun) => RawRun = (same) => same): RawRun =>
    change({
      ...{ schemaVersion: '1.0', harness: 'lm-eval', harnessVersion: '0.4.13', suite: 'core', fingerprint: null },
      ...{ settings: { dtype: 'float32' }, date: null, files: [] },
      tasks: taxonomy.families.flatMap(({ tasks }) => tasks.map(({ id }) => answers(id, turned).subject)),
    });
  const against = (earlier: RawRun, now: RawRun, role: string): Compared => ({
    reference: { kind: 'run', checkpoint: 'sft', run: 'Release', role },
    ...compareRuns([earlier], [now], taxonomy.families),
  });
  const none = { gained: 0, lost: 0 };
  const now = run({ gained: 0, lost: 12 });

  test('items are paired across runs', () => {
    const gate = gateOf(worlds.same, { rules: within(2) }, [against(run(none), now, 'baseline')]);
    // 12 of 400 items lost in each of four tasks: −3 points.
    expect(gate.rules[0]).toMatchObject({ outcome: 'fail', measured: { value: expect.closeTo(-3, 9) } });
    expect(gate.rules[0]?.notes.join()).toContain('paired score (Tango)');
  });

  test('each release within the margin, the chain beyond it: drift fails and the last release passes', () => {
    const [approved, last] = [run(none), run({ gained: 0, lost: 9 })];
    const chain = [against(approved, now, 'approved baseline'), against(last, now, 'last release')];
    const policy = (rules: Rules): Policy => ({ rules });
    const passes = gateOf(worlds.same, policy(within(2)), chain);
    expect(passes.rules.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
    const drift = gateOf(worlds.same, policy([{ family: 'reading', drift_within: 2 }]), chain);
    expect(drift.rules.map(({ outcome }) => outcome)).toEqual(['fail']);
    expect(drift.rules[0]?.notes.join(' ')).toContain('Against last release "sft": −0.8 points.');
    expect(drift.drift.find(({ family }) => family === 'reading')).toMatchObject({
      cumulative: { value: expect.closeTo(-3, 9) },
      steps: [{ change: { value: expect.closeTo(-3, 9) } }, { change: { value: expect.closeTo(-0.75, 9) } }],
    });
  });

  test('another harness version is refused by name and passes nothing', () => {
    const other = run(none, (same) => ({ ...same, harnessVersion: '0.4.9' }));
    const gate = gateOf(worlds.same, { rules: within(2) }, [against(other, now, 'baseline')]);
    expect(gate.rules[0]).toMatchObject({ outcome: 'error' });
    expect(gate.rules[0]?.message).toContain('harness version differs: 0.4.9 for the base, 0.4.13 for the subject');
    expect(gate.exitCode).toBe(4);
  });

  test('a task that is only in the earlier run is missing, not forgotten', () => {
    const short = run(none, (same) => ({ ...same, tasks: same.tasks.filter(({ task }) => task !== 'reading_3') }));
    const gate = gateOf(worlds.same, { rules: all(5) }, [against(run(none), short, 'baseline')]);
    const reading = gate.rules.find(({ subject }) => subject === 'reading');
    expect(reading).toMatchObject({ outcome: 'inconclusive' });
    expect(reading?.notes.join()).toContain('reading_3: not in the results of the candidate');
  });

  test('without items the totals count as independent runs, and it says so', () => {
    const bare = (same: RawRun): RawRun => ({ ...same, tasks: same.tasks.map((task) => ({ ...task, samples: [] })) });
    const gate = gateOf(worlds.same, { rules: within(2) }, [against(run(none, bare), bare(now), 'baseline')]);
    expect(gate.rules[0]?.outcome).toBe('inconclusive');
    expect(gate.rules[0]?.notes.join(' ')).toContain('Not paired');
  });
});
