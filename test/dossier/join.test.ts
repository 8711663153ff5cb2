import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { type Comparison, Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { checkpoint, family, flat, joinInput, light, narrowGain, pairDiagnosis, rawRun } from './parts.ts';

type Scores = Extract<Comparison['scores'], { status: 'ok' }>;
const scoresOf = (comparison: Comparison | undefined): Scores => {
  if (comparison?.scores.status !== 'ok') throw new Error('no scores');
  return comparison.scores;
};
/** The narrow checkpoint with one task of its run changed. */
const withTask = (id: string, change: (task: RawTask) => RawTask): Comparison | undefined => {
  const run = rawRun('1'.repeat(64), narrowGain);
  const runs: RawRun[] = [{ ...run, tasks: run.tasks.map((task) => (task.task === id ? change(task) : task)) }];
  const subject = checkpoint('narrow', '1', narrowGain, { base: 'base', pair: pairDiagnosis(light), runs });
  return joinDossier(joinInput([checkpoint('base', '0', flat), subject])).comparisons[0];
};

describe('a dossier joined from raw runs and paired weights', () => {
  const dossier = joinDossier(joinInput(family()));

  test('fits its schema and survives JSON', () => {
    expect(problemsOf(Dossier, JSON.parse(JSON.stringify(dossier)))).toEqual([]);
  });

  test('has the planted pattern and restructuring of each comparison', () => {
    expect(
      dossier.comparisons.map(({ checkpoint: id, scores, weights }) => [
        id,
        scores.status === 'ok' && scores.asymmetry.pattern,
        weights.status === 'ok' && weights.restructuring.label,
      ]),
    ).toEqual([
      ['narrow', 'asymmetric-gain', 'limited'],
      ['broad', 'transferring', 'deep'],
    ]);
  });

  test('holds both fingerprints of every comparison and the attestation of every checkpoint', () => {
    expect(dossier.comparisons[0]).toMatchObject({ fingerprint: '1'.repeat(64), baseFingerprint: '0'.repeat(64) });
    expect(dossier.checkpoints.map((entry) => entry.attestation)).toEqual(['attested', 'attested', 'attested']);
  });

  test('is the same again for the same seed', () => {
    expect(joinDossier(joinInput(family()))).toEqual(dossier);
  });
});

describe('a branch that failed leaves the other standing', () => {
  const error = { code: 'tensor-truncated', message: 'model.safetensors ends early.' };

  test('a base whose weights could not be read leaves the scores', () => {
    const base = checkpoint('base', '0', flat, { errors: [{ stage: 'pair', error }] });
    const [comparison] = joinDossier(
      joinInput([base, checkpoint('narrow', '1', narrowGain, { base: 'base' })]),
    ).comparisons;
    expect(comparison).toMatchObject({
      scores: { status: 'ok', asymmetry: { pattern: 'asymmetric-gain' } },
      weights: { status: 'failed', error },
    });
  });

  test('a base that was never scored leaves the weights', () => {
    const failed = { code: 'harness-failed', message: 'lm-eval ended with exit code 1.' };
    const base = checkpoint('base', '0', flat, { runs: [], errors: [{ stage: 'scores', error: failed }] });
    const dossier = joinDossier(
      joinInput([base, checkpoint('narrow', '1', narrowGain, { base: 'base', pair: pairDiagnosis(light) })]),
    );
    expect(dossier.comparisons[0]).toMatchObject({
      scores: { status: 'failed', error: failed },
      weights: { status: 'ok', restructuring: { label: 'limited' } },
    });
    expect(dossier.limits).toContain('base: scores failed: lm-eval ended with exit code 1.');
    expect(problemsOf(Dossier, dossier)).toEqual([]);
  });

  test('with neither branch the comparison still stands, with both reasons', () => {
    const dossier = joinDossier(
      joinInput([
        checkpoint('base', '0', flat, { runs: [], artifact: undefined }),
        checkpoint('narrow', '1', flat, { base: 'base', runs: [] }),
      ]),
    );
    expect(dossier.comparisons[0]).toMatchObject({
      baseFingerprint: 'unknown',
      scores: { status: 'failed', error: { code: 'no-scores' } },
      weights: { status: 'failed', error: { code: 'no-pair' } },
    });
    expect(problemsOf(Dossier, dossier)).toEqual([]);
  });
});

describe('a task that cannot be compared is refused and never counts as 0', () => {
  const whole = scoresOf(withTask('none', (task) => task));
  const broken: Readonly<Record<string, [(task: RawTask) => RawTask, RegExp]>> = {
    'answered with NaN': [
      (task) => ({ ...task, warnings: [{ code: 'non-finite-responses', message: '200 answers are NaN.' }] }),
      /^subject: 200 answers are NaN/,
    ],
    'scored with other prompts': [(task) => ({ ...task, hash: 'other' }), /^prompt hash differs/],
    'scored with five shots': [(task) => ({ ...task, nShot: 5 }), /^number of shots differs: 0 for the base, 5/],
    'under another name': [(task) => ({ ...task, task: 'renamed' }), /^not in the results of the subject$/],
    'without the metric': [(task) => ({ ...task, metrics: [] }), /^subject: The results hold no acc/],
  };

  test.each(Object.keys(broken))('a task that was %s', (name) => {
    const [change, reason] = broken[name] ?? [(task: RawTask) => task, /never/];
    const scores = scoresOf(withTask('puzzles_2', change));
    expect(scores.refused).toEqual([{ task: 'puzzles_2', reason: expect.stringMatching(reason) }]);
    expect(scores.tasks).toHaveLength(23);
    const gain = (of: Scores): number => numberOf(of.families[0]?.fixed) ?? Number.NaN;
    expect(scores.families[0]?.tasks).toBe(3);
    expect(gain(scores)).toBeCloseTo(gain(whole), 0);
  });

  test('a task without a known chance level is shown with its score and not pooled', () => {
    const input = joinInput(family());
    const [puzzles, ...others] = input.taxonomy.families;
    if (!puzzles) throw new Error('no family');
    const tasks = puzzles.tasks.map((task, index) => (index === 0 ? { ...task, chance: null } : task));
    const dossier = joinDossier({
      ...input,
      taxonomy: { ...input.taxonomy, families: [{ ...puzzles, tasks }, ...others] },
    });
    expect(scoresOf(dossier.comparisons[0]).refused).toEqual([
      { task: 'puzzles_1', reason: expect.stringContaining('no chance level') },
    ]);
    expect(dossier.checkpoints[1]?.scores.find((row) => row.task === 'puzzles_1')).toMatchObject({
      score: { status: 'ok' },
      kappa: { status: 'skipped', code: 'chance-unknown' },
    });
  });

  test('a refused task is named among the limits, in one sentence', () => {
    const run = rawRun('1'.repeat(64), narrowGain);
    const warnings = [{ code: 'non-finite-responses', message: '200 answers are NaN.' }];
    const runs = [{ ...run, tasks: run.tasks.map((task, index) => (index === 0 ? { ...task, warnings } : task)) }];
    const dossier = joinDossier(
      joinInput([checkpoint('base', '0', flat), checkpoint('narrow', '1', flat, { base: 'base', runs })]),
    );
    expect(dossier.limits).toContain('narrow: task puzzles_1 was not compared: subject: 200 answers are NaN.');
  });

  test('where no task is left, the scores have failed and say why for the first', () => {
    const other = { ...rawRun('1'.repeat(64), narrowGain), settings: { dtype: 'bfloat16' } };
    const dossier = joinDossier(
      joinInput([checkpoint('base', '0', flat), checkpoint('narrow', '1', flat, { base: 'base', runs: [other] })]),
    );
    expect(dossier.comparisons[0]?.scores).toMatchObject({
      status: 'failed',
      error: { code: 'no-common-task', message: expect.stringContaining('puzzles_1: dtype differs') },
    });
  });
});

test('scores of other weights stop the join', () => {
  const runs = [rawRun('9'.repeat(64), narrowGain)];
  expect(() =>
    joinDossier(joinInput([checkpoint('base', '0', flat), checkpoint('narrow', '1', flat, { base: 'base', runs })])),
  ).toThrowError(expect.objectContaining({ code: 'fingerprint-mismatch' }));
});

test('tasks in no family are shown and named among the limits', () => {
  const run = rawRun('0'.repeat(64), flat);
  const [first] = run.tasks;
  if (!first) throw new Error('no task');
  const runs = [{ ...run, tasks: [...run.tasks, { ...first, task: 'stray' }] }];
  const dossier = joinDossier(joinInput([checkpoint('base', '0', flat, { runs })]));
  expect(dossier.limits.join('\n')).toContain('Tasks in no family, shown but not pooled: stray.');
  expect(dossier.checkpoints[0]?.scores.at(-1)).toMatchObject({ task: 'stray', family: null, score: { value: 0.385 } });
});

test('limits say which chance levels nobody looked up, what does not count beside what, and which tasks are unknown', () => {
  const input = joinInput(family());
  const [puzzles, ...others] = input.taxonomy.families;
  if (!puzzles) throw new Error('no family');
  const [first, second, ...rest] = puzzles.tasks;
  if (!first || !second) throw new Error('no tasks');
  const reason = 'an average over parts of puzzles that are in the results too; the 4 parts count';
  const { limits } = joinDossier({
    ...input,
    taxonomy: {
      ...input.taxonomy,
      families: [
        {
          ...puzzles,
          tasks: [
            { ...first, chance: 0.3809, confidence: 'recalled' },
            { ...second, chance: null, confidence: 'recalled' },
            ...rest,
          ],
        },
        ...others.slice(1),
      ],
      leftOut: [
        { task: 'puzzles_all', reason },
        { task: 'puzzles_some', reason },
      ],
    },
  });
  expect(limits).toContain('Chance levels recalled and not looked up: puzzles_1 (0.381).');
  expect(limits).toContain(`Not counted: puzzles_all, puzzles_some: ${reason}.`);
  expect(limits).toContain('Tasks in no family, shown but not pooled: sums_1, sums_2, sums_3, sums_4.');
});
