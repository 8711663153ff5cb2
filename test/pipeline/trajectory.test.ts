import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { numberOf } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { Dossier } from '../../src/dossier/dossier.ts';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import type { RunResult } from '../../src/pipeline/run.ts';
import { f32, safetensors } from '../checkpoint/write-safetensors.ts';
import { runFolder } from './example.ts';

const steps = [0, 100, 200, 300, 400, 500];
const names = [0, 1, 2, 3].flatMap((layer) =>
  ['self_attn.q_proj', 'self_attn.v_proj', 'mlp.up_proj', 'mlp.down_proj'].map(
    (part) => `model.layers.${layer}.${part}.weight`,
  ),
);
const side = 24;

/**
 * Training runs on disk: every run starts from the same weights and adds noise of its own size from checkpoint to checkpoint.
 * Returns a folder with a config that has no suites.
 */
function trainingRuns(runs: Readonly<Record<string, readonly number[]>>, reference?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-trajectory-'));
  const checkpoints = Object.entries(runs).flatMap(([condition, noise], place) => {
    const start = randomStream(7);
    const random = randomStream(100 + place);
    const weights = new Map(names.map((name) => [name, Array.from({ length: side * side }, () => start.normal())]));
    return steps.map((step, index) => {
      if (index > 0)
        for (const [name, values] of weights)
          weights.set(
            name,
            values.map((value) => value + (noise[index - 1] ?? 0) * random.normal()),
          );
      const id = `${condition}-${step}`;
      mkdirSync(join(folder, id));
      writeFileSync(
        join(folder, id, 'model.safetensors'),
        safetensors(Object.fromEntries([...weights].map(([name, values]) => [name, f32([side, side], values)]))),
      );
      return { id, path: `./${id}`, condition, step };
    });
  });
  const config = {
    checkpoints,
    ...(reference === undefined ? {} : { trajectory: { reference } }),
    diagnostics: { engine: 'portable' },
  };
  writeFileSync(join(folder, 'skiagram.yaml'), stringify(config));
  return folder;
}

const steady = [0.1, 0.08, 0.06, 0.05, 0.04];

describe('two runs of six checkpoints through the whole path', () => {
  let folder = '';
  let result: RunResult;
  const of = (condition: string): Trajectory =>
    result.dossier.trajectories?.find((run) => run.condition === condition) as Trajectory;

  beforeAll(async () => {
    folder = trainingRuns({ plain: steady, loud: steady.map((noise) => 1.5 * noise) }, 'plain');
    result = await runFolder(folder, { formats: ['html', 'md', 'json'] });
  }, 120_000);

  test('consecutive checkpoints are compared and kept under pairs/', () => {
    expect(readdirSync(join(folder, 'run', 'pairs')).sort()).toEqual(
      ['loud', 'plain'].flatMap((run) =>
        steps.slice(1).map((step, index) => `${run}-${step}~${run}-${steps[index]}.json`),
      ),
    );
  });

  test('the change variance has the planted size', () => {
    const perStep = numberOf(of('plain').diagnostics.change_variance_per_step) ?? 0;
    const planted = steady.reduce((sum, noise) => sum + noise ** 2, 0) / steady.length / 100 ** 2;
    expect(perStep / planted).toBeGreaterThan(0.93);
    expect(perStep / planted).toBeLessThan(1.07);
    const amplification = numberOf(of('loud').diagnostics.change_variance_amplification) ?? 0;
    expect(amplification / 1.5 ** 2).toBeGreaterThan(0.95);
    expect(amplification / 1.5 ** 2).toBeLessThan(1.05);
    expect(of('loud').diagnostics['change_variance_amplification:up']).toMatchObject({ status: 'ok', n: 5 });
    expect(of('plain').diagnostics.change_variance_order).toMatchObject({ value: -1 });
    expect(of('plain').diagnostics.change_variance_amplification).toMatchObject({ code: 'no-reference' });
  });

  test('shares are compared matrix by matrix, and noise is an optimizer-like signature', () => {
    expect(of('loud').reference).toBe('plain');
    expect(of('loud').points[0]?.test).toMatchObject({ method: 'McNemar', n: names.length, entered: 0, left: 0, p: 1 });
    const found = (id: string) => result.findings.findings.find(({ key }) => key === `${id}:loud`);
    expect(found('optimizer-artefact')).toMatchObject({ status: 'detected', condition: 'loud' });
    expect(found('trend')?.plain).toContain(`at n = ${names.length}`);
  });

  test('the documents fit their schemas and nothing is shown as belonging to a comparison', () => {
    expect(problemsOf(Dossier, result.dossier)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.dossier.comparisons).toEqual([]);
  });

  test('the report shows both runs, and colour is never the only sign', () => {
    const html = readFileSync(join(folder, 'run', 'report.html'), 'utf8');
    expect(html).toContain('Over training');
    expect(html).toContain('Runs are compared with plain at the same steps');
    expect(html).toMatch(
      /class="numeric band-(green|yellow|red)"><span aria-hidden="true">[●◐○]<\/span> [\d.]+ <small>(green|yellow|red), /,
    );
    expect(html).toContain('loud against plain, step by step');
    expect(readFileSync(join(folder, 'run', 'report.md'), 'utf8')).toContain('## Over training');
  });

  test('--resume computes no pair again', async () => {
    const journal = (): string => readFileSync(join(folder, 'run', 'journal.jsonl'), 'utf8');
    const computed = (): number => journal().match(/"event":"(spectrum|pair-moments)"/g)?.length ?? 0;
    const before = computed();
    const again = await runFolder(folder, { resume: true });
    expect(before).toBeGreaterThan(0);
    expect(computed()).toBe(before);
    expect(again.dossier.trajectories).toEqual(result.dossier.trajectories);
  }, 60_000);
});

test('a burst between two checkpoints is a phase shift, and without a reference no Gap is told', async () => {
  const folder = trainingRuns({ burst: [0.05, 0.05, 0.4, 0.05, 0.05] });
  const { dossier } = await runFolder(folder);
  const [run] = dossier.trajectories ?? [];
  expect(run?.phaseShift).toMatchObject({ from: 200, to: 300 });
  expect(run?.reference).toBeNull();
  expect(['stuck', 'stable', 'unclassified']).toContain(run?.trend.label);
}, 60_000);

test('a checkpoint that cannot be read leaves a hole, not a wrong number', async () => {
  const folder = trainingRuns({ plain: steady, loud: steady }, 'plain');
  writeFileSync(join(folder, 'loud-300', 'model.safetensors'), 'nothing');
  const { dossier, exitCode } = await runFolder(folder);
  const run = dossier.trajectories?.find(({ condition }) => condition === 'loud');
  expect(exitCode).toBe(3);
  expect(run?.points[3]).toMatchObject({ share: { status: 'skipped' }, band: null, test: null });
  expect(run?.diagnostics.change_variance_amplification).toMatchObject({ n: 3 });
  expect(run?.trend.reason).toContain('1 of 5 checkpoints after warm-up have no share');
}, 60_000);
