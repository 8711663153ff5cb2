import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execaSync } from 'execa';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import type { RawRuns } from '../../src/harness/raw-runs.ts';
import { findHarness } from '../../src/pipeline/find-harness.ts';
import { skiagram } from '../cli/skiagram.ts';
import { exampleFolder } from './example.ts';
import { checkpoint, killExample, scoresOnly } from './kill/example.ts';
import { killOnce, undisturbed } from './kill/kill-once.ts';

const harness = await findHarness(undefined, '.').catch(() => undefined);
if (!harness)
  console.log(
    'test/pipeline/live.test.ts is skipped: there is no .venv with lm-eval here (npm run skiagram -- setup makes it).',
  );

/** The example with live scores instead of recorded ones: all tasks of one targeted and one coverage family. */
function liveConfig(folder: string): string {
  const config = parse(readFileSync(join(folder, 'skiagram.yaml'), 'utf8')) as Config;
  const families = ['sorting', 'copying'];
  const suites = (config.suites ?? []).map(({ recorded: _recorded, ...suite }) => ({
    ...suite,
    include_path: './tasks',
    tasks: (suite.tasks ?? []).filter((task) => families.some((family) => task.includes(family))),
  }));
  const file = join(folder, 'live.yaml');
  writeFileSync(
    file,
    stringify({ ...config, offline: true, suites, axis: { targeted: ['sorting'], coverage: ['copying'] } }),
  );
  return file;
}

const lmEvalProcesses = (folder: string): string[] =>
  execaSync('ps', ['-eo', 'pid,args'], { reject: false })
    .stdout.split('\n')
    .filter((line) => line.includes('lm_eval') && line.includes(folder));

describe.skipIf(!harness)('the whole path with the harness live', () => {
  test('killed while lm-eval answers, no process is left, and --resume ends with the scores that were recorded', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    const [config, out] = [liveConfig(folder), join(folder, 'live')];
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const child = spawn(
      process.execPath,
      [main, 'run', config, '--out', out, '--python', harness?.python ?? '', '--format', 'html'],
      { stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const log = join(out, 'harness/base/tiny/stderr.log');
    const answering = (): boolean =>
      existsSync(log) && /Running loglikelihood requests: +[1-9]/.test(readFileSync(log, 'utf8'));
    while (child.exitCode === null && !answering()) await sleep(20);
    expect(lmEvalProcesses(folder).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    await sleep(3_000);
    expect(lmEvalProcesses(folder)).toEqual([]);

    const resumed = await skiagram(
      ['run', config, '--out', out, '--resume', '--python', harness?.python ?? '', '--format', 'html'],
      { timeout: 400_000 },
    );
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(readFileSync(log, 'utf8')).toMatch(/Cached requests: [1-9]/);
    for (const id of ['base', 'narrow']) {
      const live = JSON.parse(readFileSync(join(out, `scores/${id}.json`), 'utf8')) as RawRuns;
      const results = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')) as {
        comparisons: { verdict: string }[];
      };
      expect(live.runs[0]?.tasks.length).toBe(8);
      expect(live.runs[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect(results.comparisons[0]?.verdict).toBe('benchmark-shadow');
    }
    const kept = await skiagram([
      'run',
      config,
      '--out',
      out,
      '--resume',
      '--python',
      harness?.python ?? '',
      '--format',
      'html',
      '--json',
    ]);
    expect(
      (JSON.parse(kept.stdout) as { stages: { stage: string; outcome: string }[] }).stages
        .filter((stage) => stage.stage === 'scores')
        .map((stage) => stage.outcome),
    ).toEqual(['reused', 'reused']);
  }, 600_000);

  test('Ctrl-C while lm-eval runs ends with exit code 130 and leaves no process', async () => {
    const folder = exampleFolder(['base']);
    const out = join(folder, 'live');
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const child = spawn(
      process.execPath,
      [main, 'run', liveConfig(folder), '--out', out, '--python', harness?.python ?? '', '--format', 'md'],
      { stdio: 'ignore' },
    );
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && lmEvalProcesses(folder).length === 0) await sleep(50);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(lmEvalProcesses(folder)).toEqual([]);
  }, 120_000);

  // `npm run test:kill` does this twenty times, with every victim and signal.
  test.skipIf(process.platform !== 'linux')(
    'a worker of lm-eval that is killed ends the run, and --resume gives the undisturbed scores',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'skiagram-kill-'));
      const python = harness?.python ?? '';
      const config = killExample(folder, 20);
      const whole = await undisturbed({ config, out: join(folder, 'whole'), python, checkpoint });
      const out = join(folder, 'killed');
      const outcome = await killOnce({ victim: ['worker', 'SIGKILL'], afterMs: 0, config, out, python, checkpoint });
      expect(outcome).toMatchObject({ orphans: [], again: [], resumedWith: 0 });
      expect(outcome.scores && scoresOnly(outcome.scores)).toEqual(scoresOnly(whole));
    },
    600_000,
  );
});
