import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { silent } from '../../src/pipeline/progress.ts';
import { type RunResult, run } from '../../src/pipeline/run.ts';

const scores =
  'model,task,metric,value,scale,n\nbefore,arc,acc,0.5,proportion,1000\nafter,arc,acc,0.6,proportion,1000\n';
const suite = `suites:
  - {id: card, harness: import, unattested: true, files: {base: s.csv, sft: s.csv}, models: {base: before, sft: after}}
families: f.yaml
`;
const families = 'extends: none\nfamilies: {one: {title: One, tasks: {arc: {metric: acc, chance: 0, source: none}}}}\n';
const header = 'checkpoint,base,group,role,depth,diagnostic,value,k,n,source\n';

async function runIn(config: string, files: Record<string, string> = {}): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  const all = { 's.csv': scores, 'f.yaml': families, 'skiagram.yaml': config, ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return run({
    loaded: await loadConfig(join(folder, 'skiagram.yaml')),
    out: join(folder, 'run'),
    progress: silent,
    signal: new AbortController().signal,
    jobs: 1,
    resume: false,
    fresh: false,
    formats: ['json'],
  });
}

const bare = 'checkpoints: [{id: base}, {id: sft, base: base}]\n';
const withFile = (file: string): string => `checkpoints: [{id: base}, {id: sft, base: base, diagnostics: ${file}}]\n`;

test('with scores alone the scores branch works, unattested, and the weights say why there are none', async () => {
  const { dossier, exitCode } = await runIn(bare + suite);
  expect(exitCode).toBe(0);
  const [comparison] = dossier.comparisons;
  expect(comparison?.scores.status).toBe('ok');
  expect(comparison?.weights).toMatchObject({ status: 'failed', error: { code: 'no-weights' } });
  expect(dossier.checkpoints.map(({ attestation }) => attestation)).toEqual(['unattested', 'unattested']);
  expect(dossier.limits.join(' ')).toContain('No weights were measured of base, sft');
});

test('scores without weights that are not called unattested are refused', async () => {
  await expect(runIn(bare + suite.replace(' unattested: true,', ''))).rejects.toMatchObject({
    code: 'scores-unattested',
    message: expect.stringContaining('no weights to compare with'),
  });
});

test('lm-eval cannot be run on a checkpoint without a path', async () => {
  await expect(runIn(`${bare}suites: [{id: core, harness: lm-eval, tasks: [arc_easy]}]\n`)).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining('checkpoint "base" has no `path`'),
  });
});

test.each([
  ['CSV', 'd.csv', `${header}sft,,,,,alpha_share,75,3,4,a card\nsft,base,,v,0,relative_change,0.2,,,a card\n`],
  [
    'JSON',
    'd.json',
    JSON.stringify([
      { checkpoint: 'sft', diagnostic: 'alpha_share', value: 75, k: 3, n: 4, source: 'a card' },
      {
        checkpoint: 'sft',
        base: 'base',
        role: 'v',
        depth: 0,
        diagnostic: 'relative_change',
        value: 0.2,
        source: 'a card',
      },
    ]),
  ],
])('recorded diagnostics of a %s enter the dossier, marked', async (_, name, text) => {
  const { dossier, exitCode } = await runIn(withFile(name), { [name]: text });
  expect(exitCode).toBe(0);
  expect(dossier.engine).toBe('recorded');
  expect(dossier.checkpoints[1]?.model.alpha_share).toEqual({
    status: 'ok',
    value: 75,
    k: 3,
    n: 4,
    note: 'recorded, not measured here: a card',
  });
  const weights = dossier.comparisons[0]?.weights;
  expect(weights?.status === 'ok' && weights.matrices[0]?.labels).toMatchObject({
    modification_regime: 'conservative',
  });
  expect(dossier.limits.join(' ')).toContain('recorded from elsewhere and not measured here: sft (2)');
});

const line = 'sft,,,,,alpha_share,75,3,4,a card\n';
test.each([
  [
    'an unknown diagnostic',
    `${header}sft,,,,,alpha_shre,75,3,4,a card\n`,
    'd.csv, line 2',
    'Did you mean "alpha_share"?',
  ],
  ['a text for a number', `${header}${line.replace('75', 'high')}`, 'd.csv, line 2, column "value"', ''],
  ['k above n', `${header}${line.replace('3,4', '5,4')}`, 'd.csv, line 2', ''],
  ['a row twice', `${header}${line}${line}`, 'd.csv, line 3', ''],
  ['another checkpoint', `${header}${line}sfr,,,,,alpha_share,75,3,4,a card\n`, 'd.csv, line 3', 'Did you mean "sft"?'],
  ['no row of this checkpoint', `${header}base,,,,,alpha_share,75,3,4,a card\n`, 'd.csv', ''],
  ['a column too many', `${header.trim()},note\n${line.trim()},x\n`, 'd.csv:1', ''],
  ['a column missing', 'checkpoint,diagnostic,value\nsft,alpha_share,75\n', 'd.csv:1', ''],
  ['a ragged row', `${header}sft,alpha_share\n`, 'd.csv:2', ''],
  ['nothing', '', 'd.csv', ''],
])('%s is refused with file and place, and the scores still come', async (_, text, place, hint) => {
  const { dossier, exitCode } = await runIn(withFile('d.csv') + suite, { 'd.csv': text });
  expect(exitCode).toBe(3);
  const error = dossier.checkpoints[1]?.errors.find(({ stage }) => stage === 'diagnostics')?.error;
  expect(error?.message).toContain(place);
  expect(error?.hint).toBe(hint === '' ? error?.hint : hint);
  expect(error?.hint).toBeTruthy();
  expect(dossier.comparisons[0]?.scores.status).toBe('ok');
});

test.each([
  ['no JSON', '{'],
  ['no list', '{"checkpoint": "sft"}'],
  ['a list of numbers', '[1]'],
  ['a nested value', '[{"checkpoint": "sft", "diagnostic": "alpha_share", "value": [75], "source": "x"}]'],
])('JSON with %s is refused', async (_, text) => {
  const { dossier } = await runIn(withFile('d.json'), { 'd.json': text });
  expect(dossier.checkpoints[1]?.errors.map(({ error }) => error.code)).toContain('recorded-invalid');
});

test('a file that is not there is named', async () => {
  const { dossier } = await runIn(withFile('gone.csv'));
  expect(dossier.checkpoints[1]?.errors.map(({ error }) => error.code)).toContain('recorded-missing');
});

test('beside measured weights only summaries that were not measured are taken over', async () => {
  const path = join(process.cwd(), 'examples/tiny/checkpoints/base');
  const rows = `${header}base,,,,,alpha_share,75,3,4,a card\nbase,,vision,,,alpha_share,50,1,2,a card\n`;
  const { dossier } = await runIn(`checkpoints: [{id: base, path: "${path}", diagnostics: d.csv}]\n`, {
    'd.csv': rows,
  });
  const share = dossier.checkpoints[0]?.model.alpha_share;
  expect(share?.status === 'ok' && share.note?.includes('recorded')).not.toBe(true);
  // The example has no vision tower, so nothing here measured one.
  expect(dossier.checkpoints[0]?.model['alpha_share.vision']).toMatchObject({ value: 50, k: 1, n: 2 });
  expect(dossier.engine).not.toBe('recorded');
});
