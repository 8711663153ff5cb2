import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../../src/base/validate.ts';
import { Gate } from '../../src/gate/gate.ts';
import { skiagram } from './skiagram.ts';

let folder: string;
let run: string;
const policy = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const gateIn = (place: string): Gate => JSON.parse(readFileSync(join(place, 'gate.json'), 'utf8')) as Gate;

/** Only what a gate reads: neither weights nor spectra nor reports. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'skiagram-gate-'));
  run = join(folder, 'run');
  mkdirSync(run);
  for (const name of ['dossier.json', 'findings.json', 'verdict.json', 'scores', 'samples', 'manifest.json'])
    cpSync(join(inject('exampleRun'), name), join(run, name), { recursive: true });
});

describe('exit codes, with gate.json written each time', () => {
  test.each([
    [0, 'pass', '{checkpoints: [broad], rules: [{family: "*", non_inferior_within: 2}]}'],
    [1, 'fail', '{checkpoints: [narrow], rules: [{verdict: benchmark-shadow}]}'],
    [4, 'inconclusive', '{checkpoints: [narrow], rules: [{family: copying, improved_by: 0}]}'],
    [0, 'inconclusive', '{checkpoints: [narrow], on_inconclusive: warn, rules: [{family: copying, improved_by: 0}]}'],
    [4, 'inconclusive', '{checkpoints: [broad], rules: [{family: copyign, non_inferior_within: 2}]}'],
  ])('%i: %s', async (code, outcome, text) => {
    const out = mkdtempSync(join(folder, 'out-'));
    const { exitCode, stdout } = await skiagram(['gate', run, '--policy', policy('policy.yaml', text), '--out', out]);
    expect(exitCode, stdout).toBe(code);
    expect(gateIn(out).outcome).toBe(outcome);
    expect(problemsOf(Gate, gateIn(out))).toEqual([]);
    expect(stdout).toContain(`gate ${outcome}`);
  });

  test('2: a misspelt key is refused at its line, with the one that was meant', async () => {
    const path = policy('wrong.yaml', 'rules:\n  - {family: reading, non_inferior_withn: 2}\n');
    const { exitCode, stderr } = await skiagram(['gate', run, '--policy', path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('wrong.yaml:2:');
    expect(stderr).toContain('Did you mean "non_inferior_within"?');
  });

  test.each([
    [['gate', 'nowhere', '--policy', 'examples/tiny/policy.yaml'], 'holds no finished run'],
    [['gate', '--policy', 'nowhere.yaml', 'RUN'], 'could not be read'],
    [['gate', 'RUN', '--policy', 'examples/tiny/policy.yaml', '--baseline', 'nowhere'], 'baseline nowhere'],
    [['gate', 'RUN', '--policy', 'examples/tiny/policy.yaml', '--baseline', 'RUN#broda'], 'Did you mean "broad"?'],
    [
      ['gate', 'RUN', '--policy', 'examples/tiny/policy.yaml', '--baseline', 'RUN'],
      'several that may be the approved one',
    ],
    [['gate', 'RUN', '--policy', 'examples/tiny/policy.yaml', '--format', 'junti'], 'Did you mean "junit"?'],
    [['gate', 'RUN', '--config', 'examples/tiny/recorded.yaml'], 'has no policy'],
  ])('2: %j', async (args, text) => {
    const { exitCode, stderr } = await skiagram(args.map((arg) => arg.replace('RUN', run)));
    expect(stderr).toContain(text);
    expect(exitCode).toBe(2);
  });

  test('3: a damaged artifact is named', async () => {
    const broken = join(folder, 'broken');
    cpSync(run, broken, { recursive: true });
    writeFileSync(join(broken, 'dossier.json'), '{"schemaVersion": "1.0"');
    for (const name of ['gate.json', 'gate.junit.xml', 'gate.summary.md'])
      writeFileSync(join(broken, name), 'of before');
    const { exitCode, stderr } = await skiagram(['gate', broken, '--policy', 'examples/tiny/policy.yaml']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('dossier.json');
    for (const name of ['gate.json', 'gate.junit.xml', 'gate.summary.md'])
      expect(existsSync(join(broken, name)), name).toBe(false);
  });

  test.each([
    ['dossier.json', '2.0', 3],
    ['findings.json', '2.0', 3],
    ['verdict.json', '0.9', 3],
    ['dossier.json', '1.7', 0],
  ])('%s of version %s: %i', async (name, version, code) => {
    const other = join(folder, `version-${name}-${version}`);
    cpSync(run, other, { recursive: true });
    const document = JSON.parse(readFileSync(join(other, name), 'utf8')) as object;
    writeFileSync(join(other, name), JSON.stringify({ ...document, schemaVersion: version, addedLater: 1 }));
    const { exitCode, stderr } = await skiagram(['gate', other, '--policy', 'examples/tiny/policy.yaml']);
    expect(exitCode, stderr).toBe(code);
    if (code === 3) expect(stderr).toContain(version);
  });
});

describe('what it writes and prints', () => {
  test('the example policy passes; JUnit, summary and annotations come out', async () => {
    const summary = join(folder, 'step-summary.md');
    writeFileSync(summary, 'before\n');
    const { exitCode, stdout } = await skiagram(
      ['gate', run, '--policy', 'examples/tiny/policy.yaml', '--format', 'junit,summary,annotations'],
      { env: { GITHUB_STEP_SUMMARY: summary } },
    );
    expect(exitCode, stdout).toBe(0);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## ✅ Release gate: pass\n/);
    expect(existsSync(join(run, 'gate.junit.xml'))).toBe(true);
    expect(stdout).toMatch(/^::warning title=Gate fail/m);
  });

  test('--json is the document, and nothing else is on stdout', async () => {
    const { stdout } = await skiagram([
      'gate',
      run,
      '--policy',
      'examples/tiny/policy.yaml',
      '--json',
      '--explain',
      '--format',
      'annotations',
    ]);
    expect(problemsOf(Gate, JSON.parse(stdout))).toEqual([]);
  });

  test('--explain names rule, measure, margin and n', async () => {
    const { stdout } = await skiagram(['gate', run, '--policy', 'examples/tiny/policy.yaml', '--explain']);
    expect(stdout).toContain('Rule 1, level error: family * non_inferior_within 2');
    expect(stdout).toMatch(/numbers: measured \+[\d.]+ \[.*\] points; threshold −2\.00 points; n 800/);
  });

  test('the hash is that of the rules, whatever their order of keys', async () => {
    const [one, two] = [
      '{rules: [{finding: narrowing, level: warn}]}',
      '{"rules": [{"level": "warn", "finding": "narrowing"}]}',
    ];
    const hashes = [];
    for (const text of [one, two]) {
      await skiagram(['gate', run, '--policy', policy('hash.yaml', text)]);
      hashes.push(gateIn(run).policy.hash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('a chain of runs: paired by items, drift since the first', async () => {
    const text =
      '{checkpoints: [broad], rules: [{family: copying, non_inferior_within: 2}, {family: copying, drift_within: 2}]}';
    const chain = [`${run}#broad-1`, `${run}#broad-2`];
    await skiagram(['gate', run, '--policy', policy('chain.yaml', text), '--baseline', ...chain]);
    const gate = gateIn(run);
    expect(gate.rules.map(({ reference }) => reference?.role)).toEqual([
      'approved baseline',
      'last release',
      'approved baseline',
    ]);
    // 200 items in each of four tasks, 306 net right answers more than broad-1 and 55 more than broad-2 of 800.
    const drift = gate.drift.find(({ family }) => family === 'copying');
    expect(drift?.steps.map(({ change }) => (change.status === 'ok' ? change.value : null))).toEqual([
      expect.closeTo(38.25, 9),
      expect.closeTo(6.875, 9),
    ]);
    expect(gate.rules[1]?.notes.join()).toContain('Tango');
  });

  test('without scores/ of the earlier run the dossiers are compared, unpaired', async () => {
    const bare = join(folder, 'bare');
    mkdirSync(bare);
    for (const name of ['dossier.json', 'findings.json', 'verdict.json']) cpSync(join(run, name), join(bare, name));
    const text = '{checkpoints: [broad], rules: [{family: copying, non_inferior_within: 2}]}';
    const { exitCode } = await skiagram([
      'gate',
      run,
      '--policy',
      policy('bare.yaml', text),
      '--baseline',
      `${bare}#broad-2`,
    ]);
    const [rule] = gateIn(run).rules;
    expect(rule?.notes.join(' ')).toContain('Not paired');
    expect(rule).toMatchObject({ outcome: 'pass', measured: { value: expect.closeTo(6.875, 6) } });
    expect(exitCode).toBe(0);
  });
});

describe('the GitHub Action', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as {
    inputs: Record<string, { default: string }>;
    runs: { steps: { shell?: string; run?: string; env?: Record<string, string> }[] };
  };
  const step = action.runs.steps.find((entry) => entry.run !== undefined);

  /** Runs the action's own script with npx standing in for the published package. */
  async function act(
    inputs: Record<string, string>,
  ): Promise<{ code: number | undefined; output: string; summary: string; log: string }> {
    const place = mkdtempSync(join(folder, 'action-'));
    const npx = join(place, 'npx');
    writeFileSync(
      npx,
      `#!/usr/bin/env bash\nshift 2\nexec "${process.execPath}" "${resolve('src/cli/main.ts')}" "$@"\n`,
    );
    chmodSync(npx, 0o755);
    const env: Record<string, string> = Object.fromEntries(
      Object.entries(step?.env ?? {}).map(([key, value]) => {
        const input = /inputs\.([\w-]+)/.exec(value)?.[1] ?? '';
        return [key, inputs[input] ?? action.inputs[input]?.default ?? ''];
      }),
    );
    const files = { GITHUB_OUTPUT: join(place, 'output'), GITHUB_STEP_SUMMARY: join(place, 'summary') };
    for (const file of Object.values(files)) appendFileSync(file, '');
    const result = await execa('bash', ['-c', step?.run ?? ''], {
      reject: false,
      env: { ...env, ...files, NO_COLOR: '1', PATH: `${place}:${process.env.PATH}` },
    });
    const read = (file: string): string => readFileSync(file, 'utf8');
    return {
      code: result.exitCode,
      output: read(files.GITHUB_OUTPUT),
      summary: read(files.GITHUB_STEP_SUMMARY),
      log: String(result.stdout),
    };
  }

  test('a finished run and its policy: outputs, summary, exit code', async () => {
    const { code, output, summary } = await act({ run, policy: 'examples/tiny/policy.yaml' });
    expect(code).toBe(0);
    expect(output).toContain('outcome=pass\nexit-code=0\n');
    expect(summary).toContain('Release gate: pass');
  });

  test('a gate that fails ends the step with 1, baselines one a line', async () => {
    const text =
      '{checkpoints: [narrow], rules: [{finding: benchmark-shadow}, {family: copying, non_inferior_within: 40}]}';
    const { code, output, log } = await act({
      run,
      policy: policy('failing.yaml', text),
      baseline: `${run}#broad-1\n${run}#broad\n`,
    });
    expect(code).toBe(1);
    expect(output).toContain('outcome=fail\nexit-code=1\n');
    expect(log).toContain('::error title=Gate fail');
    expect(gateIn(run).references.map(({ role }) => role)).toEqual(['base', 'approved baseline', 'last release']);
  });

  test('an input that reads as shell is text', async () => {
    const { code, output } = await act({
      run: `$(touch ${join(folder, 'owned')})`,
      policy: 'examples/tiny/policy.yaml',
    });
    expect(code).toBe(2);
    expect(output).toContain('outcome=\n');
    expect(existsSync(join(folder, 'owned'))).toBe(false);
  });

  test('every input of the example workflow is one of the action', () => {
    const workflow = parse(readFileSync('examples/ci/github.yml', 'utf8')) as {
      jobs: { gate: { steps: { uses?: string; with?: Record<string, string> }[] } };
    };
    const own = workflow.jobs.gate.steps.find(({ uses }) => uses?.includes('/skiagram@'));
    for (const name of Object.keys(own?.with ?? { missing: '' })) expect(Object.keys(action.inputs)).toContain(name);
  });
});
