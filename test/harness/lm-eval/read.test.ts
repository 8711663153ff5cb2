import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import { RawRun } from '../../../src/harness/raw-run.ts';
import { stage } from '../stage.ts';

const options = { suite: 'core', fingerprint: 'f00d' };
const validate = new Ajv({ strict: false }).compile(RawRun);

describe('results of a real run of lm-eval', () => {
  it('become a valid RawRun with the leaf tasks only', async () => {
    const run = await readLmEval((await stage('good')).path, options);
    expect(validate(JSON.parse(JSON.stringify(run))), JSON.stringify(validate.errors)).toBe(true);
    expect(run.tasks.map(({ task }) => task)).toEqual(['sk_mc', 'sk_ll', 'sk_gen', 'sk_roll']);
    expect(run).toMatchObject({
      harness: 'lm-eval',
      harnessVersion: '0.4.13',
      suite: 'core',
      fingerprint: 'f00d',
      date: '2026-11-23T18:24:35.198Z',
    });
    expect(run.tasks.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('keep one entry per metric and filter, with direction and standard error', async () => {
    const run = await readLmEval((await stage('good')).path, options);
    expect(run.tasks[0]).toMatchObject({ version: '1', nShot: 0, outputType: 'multiple_choice', n: 8, nOriginal: 8 });
    expect(run.tasks[0]?.metrics[0]).toEqual({
      metric: 'acc',
      filter: 'none',
      value: 0.75,
      stderr: 0.16366341767699427,
      higherIsBetter: true,
    });
    expect(run.tasks[2]?.metrics.map(({ filter }) => filter)).toEqual(['strict-match', 'flexible-extract']);
    expect(run.tasks[3]?.metrics[0]).toMatchObject({ metric: 'word_perplexity', stderr: null, higherIsBetter: false });
  });

  it('keep per-document scores in [0, 1] and leave raw log-likelihoods out', async () => {
    const [choice, likelihood, generated, rolling] = (await readLmEval((await stage('good')).path, options)).tasks;
    expect(choice?.samples[0]).toMatchObject({
      docId: 0,
      cluster: 'passage-0',
      filter: 'none',
      metrics: { acc: 1, acc_norm: 0 },
    });
    expect(choice?.samples[0]?.docHash).toMatch(/^[0-9a-f]{64}$/);
    expect(likelihood?.samples.map(({ metrics }) => metrics)).toEqual(Array(6).fill({ acc: 0 }));
    expect(generated?.samples).toHaveLength(12);
    expect(rolling?.samples.every(({ metrics }) => Object.keys(metrics).length === 0)).toBe(true);
  });

  it('carry the settings that comparisons need and no place of the machine', async () => {
    const run = await readLmEval((await stage('good')).path, options);
    expect(run.settings).toMatchObject({
      model: 'hf',
      dtype: 'float32',
      batch_size: 4,
      device: 'cpu',
      limit: null,
      gen_kwargs: null,
      fewshot_seed: 1234,
      chat_template_sha: null,
      transformers_version: '5.23.0',
    });
    expect(JSON.stringify(run)).not.toContain('/work');
  });

  it('fail a checkpoint of NaNs although its accuracy is 1', async () => {
    const run = await readLmEval((await stage('nan')).path, options);
    expect(run.tasks[0]?.metrics[0]).toMatchObject({ metric: 'acc', value: 1 });
    expect(run.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['non-finite-responses']);
    expect(run.tasks[0]?.warnings[0]?.message).toContain('4 of 4');
    expect(run.tasks[1]?.metrics[0]).toMatchObject({ metric: 'perplexity', value: null, stderr: null });
    expect(run.tasks[1]?.warnings.map(({ code }) => code)).toEqual(['non-finite-responses', 'non-finite-score']);
  });

  it('say how many documents a limit left', async () => {
    const run = await readLmEval((await stage('nan')).path, options);
    expect(run.tasks[0]).toMatchObject({ n: 4, nOriginal: 8 });
    expect(run.settings.limit).toBe(4);
  });

  it('read the same from packed samples, from the file itself and from the folder above', async () => {
    const staged = await stage('good');
    const plain = await readLmEval(staged.path, options);
    const file = join(staged.path, staged.samples('sk_mc'));
    await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
    await rm(file);
    const packed = await readLmEval(join(staged.path, staged.results), options);
    expect(packed.tasks).toEqual(plain.tasks);
    expect(packed.files.map(({ name }) => name)).toContain(`${basename(file)}.gz`);
    await mkdir(join(staged.path, 'above'));
    const inner = join(staged.path, 'above', '__work__ckpt');
    await mkdir(inner);
    await rename(join(staged.path, staged.results), join(inner, staged.results));
    const above = await readLmEval(join(staged.path, 'above'), options);
    expect(above.tasks.map(({ metrics }) => metrics)).toEqual(plain.tasks.map(({ metrics }) => metrics));
  });

  it('come from the newest of several files, and every task says so', async () => {
    const staged = await stage('good');
    const older = JSON.parse(await readFile(join(staged.path, staged.results), 'utf8'));
    older.date -= 60;
    older.results.sk_mc['acc,none'] = 0.1;
    // Local time in the name: the older run has the later name.
    await writeFile(join(staged.path, 'results_2027-01-01T00-00-00.000000.json'), JSON.stringify(older));
    const run = await readLmEval(staged.path, options);
    expect(run.tasks[0]?.metrics[0]?.value).toBe(0.75);
    expect(run.tasks.map(({ warnings }) => warnings[0]?.code)).toEqual(Array(4).fill('older-results-ignored'));
  });

  it('are refused for other weights than the run was stamped with', async () => {
    const staged = await stage('good');
    await staged.editResults((value) => {
      value.configs.sk_mc.metadata.skiagram_fingerprint = 'beef';
    });
    await expect(readLmEval(staged.path, options)).rejects.toMatchObject({ code: 'fingerprint-mismatch' });
    await expect(readLmEval(staged.path, { suite: 'core', fingerprint: 'beef' })).resolves.toBeDefined();
    await expect(readLmEval(staged.path, { suite: 'core', fingerprint: null })).resolves.toBeDefined();
  });
});
