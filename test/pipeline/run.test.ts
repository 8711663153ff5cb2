import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { Dossier } from '../../src/dossier/dossier.ts';
import { Findings } from '../../src/findings/finding.ts';
import { Manifest } from '../../src/store/manifest.ts';
import { Verdict } from '../../src/verdict/verdict.ts';
import { exampleFolder, runFolder, verdicts, writeConfig } from './example.ts';

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

describe('the example family, on recorded scores of a real run', () => {
  const run = inject('exampleRun');

  test('narrow is a benchmark shadow, broad a broad gain, rebuilt neither limited nor a shadow', () => {
    const { comparisons } = json(run, 'verdict.json') as Verdict;
    const of = (id: string): Verdict['comparisons'][number] | undefined =>
      comparisons.find((comparison) => comparison.checkpoint === id);
    expect(of('narrow')).toMatchObject({
      verdict: 'benchmark-shadow',
      confidence: 'moderate',
      restructuring: { label: 'limited' },
    });
    expect(of('broad')).toMatchObject({
      verdict: expect.stringMatching(/^broad-/),
      asymmetry: { pattern: 'transferring' },
    });
    expect(of('rebuilt')?.restructuring.label).not.toBe('limited');
    expect(of('rebuilt')?.verdict).not.toBe('benchmark-shadow');
  });

  test('every document is valid against its published schema, and scores are attested', () => {
    for (const [schema, name] of [
      [Dossier, 'dossier'],
      [Findings, 'findings'],
      [Verdict, 'verdict'],
      [Manifest, 'manifest'],
    ] as const) {
      expect(problemsOf(schema, json(run, `${name}.json`)), name).toEqual([]);
    }
    expect((json(run, 'dossier.json') as Dossier).checkpoints.map((checkpoint) => checkpoint.attestation)).toEqual(
      new Array(6).fill('attested'),
    );
  });
});

describe('verdicts come from the data, not from names', () => {
  test('renamed checkpoints get the same verdicts', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    for (const part of ['checkpoints', 'recorded']) {
      renameSync(join(folder, part, 'narrow'), join(folder, part, 'broad'));
      renameSync(join(folder, part, 'base'), join(folder, part, 'rebuilt'));
    }
    writeConfig(folder, (config) => ({
      ...config,
      checkpoints: [
        { id: 'rebuilt', path: './checkpoints/rebuilt' },
        { id: 'broad', path: './checkpoints/broad', base: 'rebuilt' },
      ],
    }));
    expect(verdicts(await runFolder(folder))).toEqual({ broad: 'benchmark-shadow' });
  });

  test('swapping the weights of narrow and broad, with their scores, swaps the verdicts', async () => {
    const folder = exampleFolder(['base', 'narrow', 'broad']);
    for (const part of ['checkpoints', 'recorded']) {
      renameSync(join(folder, part, 'narrow'), join(folder, part, 'held'));
      renameSync(join(folder, part, 'broad'), join(folder, part, 'narrow'));
      renameSync(join(folder, part, 'held'), join(folder, part, 'broad'));
    }
    expect(verdicts(await runFolder(folder))).toMatchObject({
      broad: 'benchmark-shadow',
      narrow: expect.stringMatching(/^broad-/),
    });
  });
});

describe('bad input is named and the rest goes on', () => {
  test('scores of other weights are refused with both fingerprints', async () => {
    const folder = exampleFolder(['base', 'narrow', 'broad']);
    cpSync(join(folder, 'checkpoints/broad/model.safetensors'), join(folder, 'checkpoints/narrow/model.safetensors'));
    const result = await runFolder(folder);
    const error = result.stages.find((stage) => stage.stage === 'scores' && stage.subject === 'narrow')?.error;
    const { dossier } = result;
    const scored = (json(folder, 'recorded/narrow/attestation.json') as { fingerprint: string }).fingerprint;
    const opened = dossier.checkpoints.find((checkpoint) => checkpoint.id === 'narrow')?.fingerprint;
    expect(error).toMatchObject({ code: 'fingerprint-mismatch', message: expect.stringContaining(scored) });
    expect(error?.message).toContain(opened);
    expect(result.exitCode).toBe(3);
    expect(verdicts(result)).toMatchObject({ narrow: 'inconclusive', broad: expect.stringMatching(/^broad-/) });
  });

  test('a truncated checkpoint leaves its error and the other comparison stands', async () => {
    const folder = exampleFolder(['base', 'narrow', 'broad']);
    truncateSync(join(folder, 'checkpoints/broad/model.safetensors'), 100_000);
    const result = await runFolder(folder);
    expect(result.stages.find((stage) => stage.error)?.error).toMatchObject({ code: 'safetensors-corrupt' });
    expect(result.exitCode).toBe(3);
    expect(verdicts(result)).toMatchObject({ narrow: 'benchmark-shadow', broad: 'inconclusive' });
  });

  test('NaN in one tensor is named, the other matrices are analysed', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    const file = join(folder, 'checkpoints/narrow/model.safetensors');
    const bytes = readFileSync(file);
    bytes.writeUInt16LE(0x7fc0, bytes.length - 2);
    writeFileSync(file, bytes);
    writeConfig(folder, ({ suites: _suites, ...config }) => ({
      ...config,
      checkpoints: config.checkpoints.slice(0, 2),
    }));
    const { dossier } = await runFolder(folder);
    const matrices = dossier.checkpoints.find((checkpoint) => checkpoint.id === 'narrow')?.matrixDiagnostics ?? [];
    const broken = matrices.filter((matrix) => matrix.error);
    expect(broken.length).toBeLessThanOrEqual(1);
    expect(matrices.filter((matrix) => matrix.diagnostics.alpha?.status === 'ok').length).toBeGreaterThan(50);
  });

  test('a missing checkpoint folder is named', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    rmSync(join(folder, 'checkpoints/narrow'), { recursive: true });
    const result = await runFolder(folder);
    expect(result.stages.find((stage) => stage.error)?.error).toMatchObject({
      code: 'checkpoint-missing',
      message: expect.stringContaining('narrow'),
    });
  });

  test('a run folder that cannot be made is an error, not a stack', async () => {
    const folder = exampleFolder(['base']);
    writeFileSync(join(folder, 'taken'), '');
    await expect(runFolder(folder, { out: join(folder, 'taken', 'run') })).rejects.toMatchObject({
      code: 'output-unwritable',
    });
  });

  test('a browser that is missing leaves the HTML and exit code 5', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    const result = await runFolder(folder, { formats: ['html', 'pdf'], browser: '/nowhere/chrome' });
    expect(result.exitCode).toBe(5);
    expect(readFileSync(join(folder, 'run/report.html'), 'utf8')).toContain('Benchmark-shadow pattern');
  });
});

test('a threshold of the config takes effect where the report prints it', async () => {
  const folder = exampleFolder(['base', 'narrow']);
  writeConfig(folder, (config) => ({
    ...config,
    checkpoints: config.checkpoints.slice(0, 2),
    thresholds: { regime_conservative: 0.9, regime_moderate: 0.95 },
  }));
  const { dossier } = await runFolder(folder);
  const weights = dossier.comparisons[0]?.weights;
  expect(dossier.constants.regime_conservative).toBe(0.9);
  expect(
    weights?.status === 'ok' && new Set(weights.matrices.map((matrix) => matrix.labels.modification_regime)),
  ).toEqual(new Set(['minimal']));
});

describe('run folders', () => {
  test('a second run into the same folder asks what to do with the first', async () => {
    const folder = exampleFolder(['base']);
    await runFolder(folder);
    await expect(runFolder(folder)).rejects.toMatchObject({ code: 'run-exists', exitCode: 2 });
    await expect(runFolder(folder, { resume: true })).resolves.toMatchObject({ exitCode: 0 });
  });

  test('report renders again from the artifacts alone, to the same bytes', () => {
    const run = inject('exampleRun');
    const before = readFileSync(join(run, 'report.html'));
    execFileSync(process.execPath, ['src/cli/main.ts', 'report', run, '--format', 'html', '--quiet'], {
      stdio: 'ignore',
    });
    expect(readFileSync(join(run, 'report.html')).equals(before)).toBe(true);
  });
});
