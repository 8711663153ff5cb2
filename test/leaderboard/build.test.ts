import { describe, expect, test } from 'vitest';
import { SkiagramError } from '../../src/base/error.ts';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { Leaderboard } from '../../src/leaderboard/leaderboard.ts';
import { modelScores } from '../../src/leaderboard/model-scores.ts';
import { all, board, input, model, type Plan } from './models.ts';

const three: readonly Plan[] = [
  { id: 'good', skill: all(0.9) },
  { id: 'fair', skill: all(0.6) },
  { id: 'poor', skill: all(0.3) },
];

function codeOf(make: () => unknown): string {
  try {
    make();
  } catch (thrown) {
    if (thrown instanceof SkiagramError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

describe('models with the same tasks, settings and items', () => {
  const made = board(three);

  test('are ranked overall and in each family, and the document keeps its schema', () => {
    expect(problemsOf(Leaderboard, made)).toEqual([]);
    expect(made.overall?.places.map(({ model: name, rank, best, worst }) => [name, rank, best, worst])).toEqual([
      ['good', 1, 1, 1],
      ['fair', 2, 2, 2],
      ['poor', 3, 3, 3],
    ]);
    expect(made.families.map(({ family, ranking }) => [family, ranking?.method, ranking?.places.length])).toEqual([
      ['reading', 'max-t', 3],
      ['maths', 'max-t', 3],
    ]);
    expect(made.notCompared).toEqual([]);
  });

  test('the aggregate is the unweighted mean of the families, not of the tasks', () => {
    const score = (ranking: Leaderboard['overall']): number => numberOf(ranking?.places[0]?.score) ?? Number.NaN;
    const [reading, maths] = made.families;
    expect(score(made.overall)).toBeCloseTo((score(reading?.ranking ?? null) + score(maths?.ranking ?? null)) / 2, 9);
    const tasks = made.models[0]?.tasks.map((task) => numberOf(task.score) ?? 0) ?? [];
    expect(score(reading?.ranking ?? null)).toBeCloseTo(((tasks[0] ?? 0) + (tasks[1] ?? 0)) / 2, 9);
  });

  test('the same input gives the same document', () => {
    expect(board(three)).toEqual(made);
  });
});

test('a model with other settings on a task does not hold it: named, ranked in the other family, not overall', () => {
  const made = board([...three, { id: 'five', skill: all(0.7), task: { nShot: 5 } }]);
  expect(made.notCompared.map(({ task, models, reason, counts }) => [task, models, reason, counts])).toEqual(
    ['r1', 'r2', 'm1'].map((task) => [task, ['five'], 'number of shots: 5, and 0 for the others', true]),
  );
  const own = made.models.find(({ model: name }) => name === 'five');
  expect(own?.status).toBe('listed');
  expect(own?.reasons[0]?.text).toContain('It lacks 3 of 3 tasks that count: r1 (number of shots: 5');
});

test('a model that lacks one task is ranked where it is complete and has no aggregate', () => {
  const made = board([...three, { id: 'partial', skill: { r1: 0.7, r2: 0.7 } }]);
  const own = made.models.find(({ model: name }) => name === 'partial');
  expect([own?.status, own?.reasons.map(({ code }) => code)]).toEqual(['families', ['tasks-missing']]);
  expect(made.families.map(({ ranking }) => ranking?.places.length)).toEqual([4, 3]);
  expect(made.overall?.places.map(({ model: name }) => name)).not.toContain('partial');
  expect(own?.ownScore.status).toBe('skipped');
});

test('a task that only half of the models hold counts for none, and costs nobody a place', () => {
  const made = board([three[0] as Plan, { id: 'fair', skill: { ...all(0.6), r3: 0.5 } }]);
  expect(made.overall?.places).toHaveLength(2);
  expect(made.tasks.map(({ task }) => task)).toEqual(['r1', 'r2', 'm1']);
});

test.each([
  ['harness version', { runFields: { harnessVersion: '0.4.9' } }],
  ['task version', { task: { version: '2' } }],
  ['prompt hash', { task: { hash: 'other' } }],
  ['dtype', { runFields: { settings: { dtype: 'bfloat16', limit: null, batch_size: 8 } } }],
  ['way of scoring', { task: { protocol: 'mean of 4 epochs' } }],
] as const)('another %s keeps two models apart, and says so', (what, change) => {
  const text = codeOf(() => board([{ id: 'a', skill: all(0.5) }, { id: 'b', skill: all(0.5), ...change } as Plan]));
  expect(text).toContain('leaderboard-nothing-common');
  expect(text).toContain(what);
});

test('another batch size and another limit do not', () => {
  const made = board([
    { id: 'a', skill: all(0.8) },
    { id: 'b', skill: all(0.4), items: 120, runFields: { settings: { dtype: 'float32', limit: 120, batch_size: 64 } } },
  ]);
  expect(made.tasks.map(({ items, largest }) => [items, largest])).toEqual(new Array(3).fill([120, 200]));
  expect(made.limits.join(' ')).toContain('3 of 3 tasks count on fewer items');
});

test('items with other prompts are not common, however alike their numbers', () => {
  const text = codeOf(() =>
    board([
      { id: 'a', skill: all(0.5) },
      { id: 'b', skill: all(0.5), prompt: 'q' },
    ]),
  );
  expect(text).toContain('leaderboard-nothing-common');
  expect(text).toContain('0 items in common (same document, prompt and target)');
});

test('a model that answered a tenth of the items does not cut them for the others', () => {
  const made = board([...three, { id: 'short', skill: all(0.5), items: 20 }]);
  expect(made.tasks[0]?.items).toBe(200);
  expect(made.notCompared[0]?.reason).toBe(
    'it answered 20 of the 200 items that the others share (same document, prompt and target)',
  );
});

test('with totals only, rankings are unpaired with Holm', () => {
  const made = board([three[0] as Plan, { ...(three[2] as Plan), withItems: false }]);
  expect(made.overall?.method).toBe('holm');
  expect(made.tasks.every(({ shared }) => !shared)).toBe(true);
  const [, poor] = made.models;
  const value = numberOf(poor?.tasks[0]?.score) ?? 0;
  expect(poor?.tasks[0]?.score).toMatchObject({
    se: expect.closeTo(Math.sqrt((value * (100 - value)) / 200), 9),
    n: 200,
  });
});

test.each([
  ['unattested', { runFields: { fingerprint: null }, checkpoint: { attestation: 'unattested' } }],
  ['quoted', { runFields: { claimed: true } }],
  [
    'adaptive',
    { runFields: { adaptive: { seed: 1, alpha: 0.05, margin: 2, decide: ['gate'], blocks: [50], families: [] } } },
  ],
] as const)('%s scores are shown, marked and in no test', (code, change) => {
  const made = board([...three, { id: 'marked', skill: all(0.99), ...change } as Plan]);
  const own = made.models.find(({ model: name }) => name === 'marked');
  expect(own?.status).toBe('listed');
  expect(own?.reasons.map((reason) => reason.code)).toContain(code);
  expect(own?.ownScore.status).toBe('ok');
  for (const ranking of [made.overall, ...made.families.map((family) => family.ranking)])
    expect(ranking?.places.map(({ model: name }) => name)).not.toContain('marked');
  expect(made.overall).toEqual(board(three).overall);
});

describe('names', () => {
  test('two models of one name are told apart by their run', () => {
    const made = board([
      { id: 'sft', run: 'monday', skill: all(0.5) },
      { id: 'sft', run: 'friday', skill: all(0.8), checkpoint: { fingerprint: 'f'.repeat(64) } },
    ]);
    expect(made.models.map(({ model: name }) => name)).toEqual(['sft (monday)', 'sft (friday)']);
  });

  test('the same weights with the same scores in two runs are one model', () => {
    const made = board([...three, { ...(three[0] as Plan), run: 'again' }]);
    expect(made.models).toHaveLength(3);
    expect(made.models[0]?.alsoIn).toEqual(['again']);
  });

  test('one name in two folders of one name is refused', () => {
    expect(
      codeOf(() =>
        board([
          { id: 'sft', skill: all(0.5) },
          { id: 'sft', skill: all(0.8), checkpoint: { fingerprint: 'f'.repeat(64) } },
        ]),
      ),
    ).toContain('leaderboard-name-twice');
  });
});

test('one model, no model that may be tested, and 51 models are refused with what to do', () => {
  expect(codeOf(() => board([three[0] as Plan]))).toContain('leaderboard-too-few');
  const unattested = three.map((plan) => ({ ...plan, runFields: { fingerprint: null } }));
  expect(codeOf(() => board(unattested))).toContain('none of these 3 can');
  const many = Array.from({ length: 51 }, (_, index): Plan => ({ id: `m${index}`, skill: { r1: 0.5 }, items: 4 }));
  expect(codeOf(() => board(many))).toContain('leaderboard-too-many');
});

test('models whose tasks only overlap in pairs are ranked by family, and the overall place says why it is empty', () => {
  const made = board([
    { id: 'a', skill: { r1: 0.5, r2: 0.5 } },
    { id: 'b', skill: { r2: 0.6, m1: 0.6 } },
    { id: 'c', skill: { r1: 0.7, m1: 0.7 } },
  ]);
  expect(made.overall).toBeNull();
  expect(made.overallReason).toContain('Fewer than two models hold every task');
  expect(made.families.map(({ family, ranking }) => [family, ranking?.places.length ?? 0])).toEqual([
    ['reading', 0],
    ['maths', 2],
  ]);
});

test('a task answered with non-finite numbers has no score, with the reason', () => {
  const scores = model({
    id: 'a',
    skill: all(0.5),
    task: { warnings: [{ code: 'non-finite-responses', message: 'NaN in 3 answers' }] },
  });
  expect(scores.tasks.size).toBe(0);
  expect(scores.unscored[0]).toEqual({ task: 'r1', reason: 'NaN in 3 answers' });
});

test('a benchmark of several parts is put together from its parts, as the run read it', () => {
  const parts = ['p1', 'p2'];
  const whole = (plan: Plan) => {
    const plain = input(plan);
    return modelScores({
      ...plain,
      families: [
        {
          id: 'maths',
          title: 'Maths',
          side: 'coverage',
          tasks: [{ id: 'pooled', metric: 'acc', filter: 'none', chance: 0, max: 1, source: 'test', parts }],
        },
      ],
    });
  };
  const made = board([], {
    models: [whole({ id: 'a', skill: { p1: 0.9, p2: 0.5 } }), whole({ id: 'b', skill: { p1: 0.3, p2: 0.2 } })],
  });
  expect(made.tasks.map(({ task, items }) => [task, items])).toEqual([['pooled', 400]]);
  expect(made.overall?.places.map(({ model: name }) => name)).toEqual(['a', 'b']);
});
