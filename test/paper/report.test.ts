import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { make, runs } from '../../reports/paper/make.ts';
import { dataRows, type Row } from '../../reports/paper/record.ts';
import type { Comparison, Dossier } from '../../src/dossier/dossier.ts';
import type { Findings } from '../../src/findings/finding.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';

interface ReportJson {
  readonly dossier: Dossier;
  readonly verdict: Verdict;
  readonly findings: Findings;
}
interface Contrast {
  readonly gains: Readonly<Record<string, number>>;
  readonly se: Readonly<Record<string, number>>;
  readonly Q: number;
  readonly F: number;
  readonly tau: number;
  readonly tauLow: number;
  readonly tauHigh: number;
  readonly CAI: number;
}

const report = (run: string, folder = 'reports/paper'): ReportJson =>
  JSON.parse(readFileSync(join(folder, run, 'report.json'), 'utf8')) as ReportJson;

// By numpy and scipy from reports/paper/data: worked_example.py.
const expected = JSON.parse(readFileSync('test/paper/worked-example.json', 'utf8')) as {
  peers: readonly [Contrast, Contrast, Contrast];
  deduplication: Contrast;
};

describe('the committed reports', () => {
  let made: string;
  beforeAll(async () => {
    made = mkdtempSync(join(tmpdir(), 'paper-'));
    for (const name of ['data', 'recorded', 'claims.yaml', 'table-2.families.yaml', 'deduplication.families.yaml'])
      cpSync(join('reports/paper', name), join(made, name), { recursive: true });
    for (const name of runs) cpSync(join('reports/paper', `${name}.yaml`), join(made, `${name}.yaml`));
    await make(made);
  }, 120_000);

  test.each(runs)('%s says what a run now says (npm run paper)', (run) => {
    const [now, kept] = [report(run, made), report(run)];
    expect(now.dossier).toEqual(kept.dossier);
    expect(now.verdict).toEqual(kept.verdict);
    expect(now.findings).toEqual(kept.findings);
  });

  test.each(['README.md', 'recorded/table-1.csv', 'recorded/modification.csv', 'recorded/deduplication.csv'])(
    '%s is what is made now',
    (file) => {
      expect(readFileSync(join(made, file), 'utf8')).toBe(readFileSync(join('reports/paper', file), 'utf8'));
    },
  );
});

describe('every number of the tables that a report shows is the paper’s', () => {
  const scored = (run: string, id: string): Map<string, number> =>
    new Map(
      report(run)
        .dossier.checkpoints.find((checkpoint) => checkpoint.id === id)
        ?.scores.map(({ task, score }) => [task, score.status === 'ok' ? score.value : Number.NaN]),
    );
  const printed = (rows: readonly Row[], model: string): Map<string, number> =>
    new Map(rows.filter((row) => row.model === model).map(({ task, value }) => [task ?? '', Number(value)]));

  test.each([
    ['qwen3-vl', 'Qwen3-VL-4B-Instruct'],
    ['internvl3.5', 'InternVL3.5-4B'],
    ['andesvl', 'AndesVL-4B-Instruct'],
    ['andesvl-beside-internvl', 'AndesVL-4B-Instruct'],
  ])('Table 2, %s', async (id, model) => {
    const [shown, paper] = [scored('peers', id), printed(await dataRows('reports/paper', 'table-2'), model)];
    expect([...shown.keys()].sort()).toEqual([...paper.keys()].sort());
    for (const [task, value] of paper) expect(shown.get(task), task).toBeCloseTo(value, 9);
  });

  test.each(['baseline', 'deduplicated'])('Tables 4 to 8, %s', async (model) => {
    const tables = await Promise.all([4, 5, 6, 7, 8].map((number) => dataRows('reports/paper', `table-${number}`)));
    const [shown, paper] = [scored('deduplication', model), printed(tables.flat(), model)];
    expect([...shown.keys()].sort()).toEqual([...paper.keys()].sort());
    for (const [task, value] of paper) expect(shown.get(task), task).toBeCloseTo(value, 9);
  });

  test('Table 1 in the trajectories, with its counts', async () => {
    const shown = report('trajectories').dossier.trajectories?.flatMap(({ condition, points }) =>
      points.map(({ step, share }) =>
        share.status === 'ok' ? [condition, step, share.value, share.k, share.n] : [condition, step],
      ),
    );
    const paper = (await dataRows('reports/paper', 'table-1')).map(({ condition, ...row }) => [
      condition,
      ...[row.step, row.share, row.k, row.n].map(Number),
    ]);
    expect(shown).toEqual(paper);
  });

  test('Table 3: the gains of categories are its differences where no task is counted elsewhere', async () => {
    const { comparisons } = report('deduplication').dossier;
    const rows = await dataRows('reports/paper', 'table-3');
    for (const [index, family] of ['general_mllm', 'general_llm', 'business_mllm', 'business_llm'].entries()) {
      const gain = scoresOf(comparisons[0]).families.find((entry) => entry.family === family)?.fixed;
      expect((gain?.status === 'ok' ? gain.value : Number.NaN) / 100).toBeCloseTo(Number(rows[index]?.delta), 3);
    }
  });

  test('Figure 13: shares and counts', () => {
    expect(report('deduplication').dossier.checkpoints.map(({ model }) => model.alpha_share)).toMatchObject([
      { value: 61.61, k: 138, n: 224 },
      { value: 58.93, k: 132, n: 224 },
    ]);
  });
});

describe('worked examples, against scipy', () => {
  const compare = (comparison: Comparison | undefined, reference: Contrast): void => {
    const { families, asymmetry } = scoresOf(comparison);
    for (const { family, fixed } of families) {
      if (fixed.status !== 'ok') throw new Error(family);
      expect(fixed.value, family).toBeCloseTo(reference.gains[family] ?? Number.NaN, 8);
      expect(fixed.se, family).toBeCloseTo(reference.se[family] ?? Number.NaN, 8);
    }
    const { kappa, tau, CAI } = asymmetry;
    expect(kappa.Q).toMatchObject({ value: expect.closeTo(reference.Q, 6) });
    expect(kappa.F).toMatchObject({ value: expect.closeTo(reference.F, 8) });
    expect(tau).toMatchObject({
      value: expect.closeTo(reference.tau, 6),
      interval: { low: expect.closeTo(reference.tauLow, 6), high: expect.closeTo(reference.tauHigh, 6) },
    });
    expect(CAI).toMatchObject({ value: expect.closeTo(reference.CAI, 8) });
  };

  test.each([
    ['andesvl-beside-internvl', 0],
    ['andesvl', 1],
    ['internvl3.5', 2],
  ] as const)('Table 2: %s', (id, index) => {
    compare(
      report('peers').dossier.comparisons.find(({ checkpoint }) => checkpoint === id),
      expected.peers[index],
    );
  });

  test('Tables 4 to 8', () => compare(report('deduplication').dossier.comparisons[0], expected.deduplication));

  test('AndesVL is uneven along the axis beside both others, InternVL beside Qwen is not, and de-duplication is not', () => {
    const S = (id: string): { low: number; high: number } => {
      const found = scoresOf(report('peers').dossier.comparisons.find(({ checkpoint }) => checkpoint === id)).asymmetry
        .S;
      if (found.status !== 'ok' || !found.interval) throw new Error(id);
      return found.interval;
    };
    expect(S('andesvl').low).toBeGreaterThan(0);
    expect(S('andesvl-beside-internvl').low).toBeGreaterThan(0);
    expect(S('internvl3.5').low).toBeLessThan(0);
    expect(S('internvl3.5').high).toBeGreaterThan(0);
    expect(scoresOf(report('deduplication').dossier.comparisons[0]).asymmetry.pattern).toBe('inconclusive');
    expect(report('deduplication').verdict.comparisons[0]?.verdict).toBe('inconclusive');
  });
});

test('Table 1: four labels as printed; B is resolved, C and D are not', async () => {
  const trends = Object.fromEntries(
    (report('trajectories').dossier.trajectories ?? []).map(({ condition, trend }) => [condition, trend]),
  );
  for (const { condition = '', trend = '' } of await dataRows('reports/paper', 'table-1-trends'))
    expect(trends[condition]?.label).toBe(trend.toLowerCase());
  expect(['A', 'B', 'C', 'D'].map((condition) => trends[condition]?.resolved)).toEqual([null, true, false, false]);
});

test('regimes of v_proj follow the quoted values, and claim nothing about the whole model', () => {
  const { comparisons } = report('modification').dossier;
  const regimes = (id: string): Record<string, number> => {
    const weights = comparisons.find(({ checkpoint }) => checkpoint === id)?.weights;
    const labels =
      weights?.status === 'ok' ? weights.matrices.map((matrix) => matrix.labels.modification_regime ?? 'unknown') : [];
    return Object.fromEntries([...Map.groupBy(labels, (label) => label)].map(([label, own]) => [label, own.length]));
  };
  expect(regimes('Qwen3-VL-4B-Instruct')).toEqual({ deep: 19, conservative: 17 });
  expect(regimes('InternVL3.5-4B-Instruct')).toEqual({ conservative: 36 });
  expect(regimes('AndesVL-4B-Instruct')).toEqual({ conservative: 36 });
  expect(regimes('Qwen3-VL-4B-Thinking')).toEqual({ unknown: 36 });
  expect(regimes('AndesVL-4B-Thinking')).toEqual({ conservative: 36 });
  for (const { weights } of comparisons)
    expect(weights.status === 'ok' ? weights.restructuring.label : 'failed').toMatch(/^(partial|not-assessable)$/);
});

test('every interval says that it rests on totals, and no weight is called measured', () => {
  const scores = [...report('peers').dossier.comparisons, ...report('deduplication').dossier.comparisons].map(scoresOf);
  expect(new Set(scores.flatMap(({ tasks }) => tasks.map(({ se }) => se)))).toEqual(new Set(['unpaired-binomial']));
  for (const run of runs)
    for (const checkpoint of report(run).dossier.checkpoints) {
      expect(checkpoint.fingerprint).toBeNull();
      expect(checkpoint.attestation).not.toBe('attested');
      for (const value of Object.values(checkpoint.model))
        expect(value.status === 'ok' ? value.note : '').toContain('not measured here');
    }
});

function scoresOf(comparison: Comparison | undefined): Extract<Comparison['scores'], { status: 'ok' }> {
  if (comparison?.scores.status !== 'ok') throw new Error('No scores were compared.');
  return comparison.scores;
}
