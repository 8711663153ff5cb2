import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Config } from '../../../src/config/config.ts';
import type { RawRuns } from '../../../src/harness/raw-runs.ts';
import type { AdaptiveEvidence } from '../../../src/pipeline/adaptive/evaluate-adaptively.ts';
import type { AdaptivePlan } from '../../../src/pipeline/adaptive/plan.ts';
import { skiagram } from '../../cli/skiagram.ts';
import { adaptiveFolder, python } from './stage.ts';

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** Exact change of each family over all recorded items, raw points. */
function wholeChanges(out: string, plan: AdaptivePlan, subject: string): Map<string, number> {
  const scores = (id: string): Map<string, number> =>
    new Map(
      read<RawRuns>(out, `scores/${id}.json`).runs.flatMap((run) =>
        run.tasks.map((task) => [task.task, task.metrics[0]?.value ?? 0] as const),
      ),
    );
  const [before, after] = [scores('base'), scores(subject)];
  return new Map(
    plan.families.map(({ family, tasks }) => [
      family,
      (100 * tasks.reduce((sum, { task }) => sum + (after.get(task) ?? 0) - (before.get(task) ?? 0), 0)) / tasks.length,
    ]),
  );
}

describe.skipIf(python === '' || process.platform === 'win32')('an adaptive evaluation', { timeout: 200_000 }, () => {
  test('decides as all items do, for fewer of them, and asks none twice', async () => {
    const { folder, config, env, asked } = adaptiveFolder(['base', 'narrow', 'rebuilt']);
    const out = join(folder, 'out');
    const args = ['evaluate', config, '--until', 'decided', '--out', out, '--python', python];
    const run = await skiagram([...args, '--json'], { env });
    expect(run.exitCode, run.stderr).toBe(0);
    const plan = read<AdaptivePlan>(out, 'adaptive/plan.json');
    const printed = (JSON.parse(run.stdout) as { adaptive: AdaptiveEvidence }).adaptive;
    expect(printed).toEqual(read<AdaptiveEvidence>(out, 'adaptive/evidence.json'));
    expect(run.stderr).toMatch(/narrow: block 1: \d of 9 families decided, contrast open, 900 of 7,200 items/);

    const full = join(folder, 'full');
    const recorded = await skiagram(['evaluate', 'examples/tiny/recorded.yaml', '--out', full]);
    expect(recorded.exitCode, recorded.stderr).toBe(0);
    for (const { checkpoint, evidence } of printed.comparisons) {
      const exact = wholeChanges(full, plan, checkpoint);
      expect(evidence.families).toHaveLength(9);
      for (const row of evidence.families) {
        const truth = exact.get(row.family) ?? Number.NaN;
        expect(row.gate, `${checkpoint} ${row.family} ${truth}`).toBe(truth > -2 ? 'non-inferior' : 'regressed');
        if (row.points.status !== 'ok') throw new Error(row.points.reason);
        expect(row.points.interval?.low).toBeLessThanOrEqual(truth + 1e-9);
        expect(row.points.interval?.high).toBeGreaterThanOrEqual(truth - 1e-9);
        if (row.items === row.available) expect(row.points.value).toBeCloseTo(truth, 9);
      }
      expect(evidence.axis?.state).toBe('targeted-ahead');
      expect(evidence.items).toBeLessThan(0.7 * evidence.available);
    }

    const seen = asked();
    expect(seen.filter(({ samples }) => samples === null)).toHaveLength(1);
    for (const id of ['base', 'narrow', 'rebuilt']) {
      const items = seen
        .filter(({ checkpoint, samples }) => checkpoint === id && samples)
        .flatMap(({ samples }) =>
          Object.entries(samples ?? {}).flatMap(([task, own]) => own.map((item) => `${task} ${item}`)),
        );
      expect(new Set(items).size).toBe(items.length);
      const scores = read<RawRuns>(out, `scores/${id}.json`).runs[0];
      expect(scores?.adaptive).toMatchObject({ seed: 0, alpha: 0.05, margin: 2 });
      expect(scores?.tasks.reduce((sum, task) => sum + (task.n ?? 0), 0)).toBe(items.length);
      expect(scores?.adaptive?.families.flatMap(({ tasks }) => tasks).reduce((sum, { spent }) => sum + spent, 0)).toBe(
        items.length,
      );
    }

    const table = await skiagram([...args, '--resume'], { env });
    expect(table.stdout).toMatch(/narrow against base/);
    expect(table.stdout).toMatch(/targeted minus coverage \+\d+\.\d \[.*\] κ-points: targeted-ahead/);
    expect(table.stdout).toMatch(/\d+ of 7200 items spent, \d+ saved \(\d+ %\); seed 0/);
    expect(asked()).toHaveLength(seen.length);
  });

  test('killed with its harness at work, it goes on to the same files and asks no finished block again', async () => {
    const families = ['sorting', 'copying'];
    const [killed, whole] = [
      adaptiveFolder(['base', 'narrow'], families),
      adaptiveFolder(['base', 'narrow'], families),
    ];
    for (const { config } of [killed, whole]) {
      const document = parse(readFileSync(config, 'utf8')) as Config;
      writeFileSync(config, stringify({ ...document, axis: { targeted: ['sorting'], coverage: ['copying'] } }));
    }
    const command = ({ folder, config }: { folder: string; config: string }, ...more: string[]): string[] => [
      'evaluate',
      config,
      '--until',
      'decided',
      '--out',
      join(folder, 'out'),
      '--python',
      python,
      ...more,
    ];
    const main = new URL('../../../src/cli/main.ts', import.meta.url).pathname;
    for (const finished of [1, 3, 4]) {
      const child = spawn(process.execPath, [main, ...command(killed, ...(finished === 1 ? [] : ['--resume']))], {
        stdio: 'ignore',
        env: { ...process.env, ...killed.env, SKIAGRAM_SLEEP: '0.7' },
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const journal = join(killed.folder, 'out/journal.jsonl');
      const done = (): number =>
        existsSync(journal) ? readFileSync(journal, 'utf8').split('"evaluated"').length - 1 : 0;
      while (child.exitCode === null && done() < finished) await sleep(20);
      await sleep(300);
      child.kill('SIGKILL');
      await ended;
    }
    const [resumed, undisturbed] = [
      await skiagram(command(killed, '--resume'), { env: killed.env }),
      await skiagram(command(whole), { env: whole.env }),
    ];
    expect([resumed.exitCode, undisturbed.exitCode], resumed.stderr + undisturbed.stderr).toEqual([0, 0]);
    for (const name of ['adaptive/plan.json', 'adaptive/evidence.json', 'scores/base.json', 'scores/narrow.json'])
      expect(readFileSync(join(killed.folder, 'out', name), 'utf8'), name).toBe(
        readFileSync(join(whole.folder, 'out', name), 'utf8'),
      );
    const text = (entry: unknown): string => JSON.stringify(entry);
    expect(killed.asked().map(text).sort()).toEqual(whole.asked().map(text).sort());
  });

  test('whole report: gains carry confidence sequences, the verdict abstains and says why', async () => {
    const { folder, config, env } = adaptiveFolder(['base', 'narrow'], ['sorting', 'copying']);
    const document = parse(readFileSync(config, 'utf8')) as Config;
    writeFileSync(
      config,
      stringify({ ...document, axis: { targeted: ['sorting'], coverage: ['copying'] }, adaptive: { seed: 5 } }),
    );
    const out = join(folder, 'out');
    const run = await skiagram(['run', config, '--out', out, '--python', python, '--format', 'html,md,json'], { env });
    expect(run.exitCode, run.stderr).toBe(0);
    const { verdict, findings, dossier } = read<{
      verdict: { comparisons: { verdict: string; reasonCodes: { code: string }[]; next: string[] }[] };
      findings: { findings: { id: string; status: string }[] };
      dossier: {
        limits: string[];
        comparisons: {
          scores: { families: { fixed: { interval: { method: string } }; random: { status: string } }[] };
        }[];
      };
    }>(out, 'report.json');
    expect(verdict.comparisons[0]?.verdict).toBe('inconclusive');
    expect(verdict.comparisons[0]?.reasonCodes.map(({ code }) => code)).toContain('adaptive-run');
    expect(verdict.comparisons[0]?.next[0]).toContain('Evaluate in full');
    expect(findings.findings.find(({ id }) => id === 'benchmark-shadow')?.status).toBe('not-applicable');
    for (const family of dossier.comparisons[0]?.scores.families ?? []) {
      expect(family.fixed.interval.method).toMatch(/confidence sequence|exact on these items/);
      expect(family.random.status).toBe('skipped');
    }
    expect(dossier.limits.join(' ')).toContain('evaluated adaptively');
    for (const name of ['report.html', 'report.md']) {
      const report = readFileSync(join(out, name), 'utf8');
      expect(report).toMatch(/\d+ of 1600 items were answered \(\d+ % saved\), in a random order fixed by seed 5/);
      expect(report).toContain('non inferior');
      expect(report).toMatch(/\d+ of 800 \(\d+ % saved\)/);
    }
  });

  test.each([
    [
      'chooses the items itself',
      (config: Config) => ({ ...config, suites: (config.suites ?? []).map((suite) => ({ ...suite, limit: 5 })) }),
    ],
    [
      'nothing to ask adaptively',
      (config: Config) => ({
        ...config,
        suites: (config.suites ?? []).map((suite) => ({ ...suite, recorded: './recorded/{checkpoint}' })),
      }),
    ],
    [
      'no checkpoint that could be opened has its base here',
      (config: Config) => ({ ...config, checkpoints: config.checkpoints.filter(({ id }) => id === 'base') }),
    ],
    ['adaptive.blocks must grow', (config: Config) => ({ ...config, adaptive: { blocks: [200, 100] } })],
    ['adaptive.alpha: Must be >= 0.000001; received 0', (config: Config) => ({ ...config, adaptive: { alpha: 0 } })],
    ['adaptive.alpha: Must be <= 0.5; received 1', (config: Config) => ({ ...config, adaptive: { alpha: 1 } })],
    ['adaptive.blocks[0]: Must be >= 1; received 0', (config: Config) => ({ ...config, adaptive: { blocks: [0] } })],
    ['adaptive.blocks: Must NOT have fewer than 1', (config: Config) => ({ ...config, adaptive: { blocks: [] } })],
    ['adaptive.blocks[0]: Must be >= 1; received -5', (config: Config) => ({ ...config, adaptive: { blocks: [-5] } })],
    ['adaptive.max_share: Must be > 0', (config: Config) => ({ ...config, adaptive: { max_share: 0 } })],
    ['adaptive.decide: Must NOT have fewer than 1', (config: Config) => ({ ...config, adaptive: { decide: [] } })],
  ])('refuses what it cannot do: %s', async (message, change) => {
    const { folder, config, env, asked } = adaptiveFolder(['base', 'narrow'], ['sorting']);
    const document = parse(readFileSync(config, 'utf8')) as Config;
    const axis = { targeted: [], coverage: [] };
    writeFileSync(config, stringify(change({ ...document, axis })));
    const run = await skiagram(
      ['evaluate', config, '--until', 'decided', '--out', join(folder, 'out'), '--python', python],
      { env },
    );
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr + run.stdout).toContain(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(asked()).toEqual([]);
  });

  test.each([
    ['none of the tasks belongs to one: tiny_sorting_digits, tiny_sorting_early', 'copying', undefined],
    ['the results hold no targeted family with known chance levels', 'sorting', { decide: ['axis' as const] }],
  ])('refuses before the first block what nothing could decide: %s', async (message, family, adaptive) => {
    const { folder, config, env, asked } = adaptiveFolder(['base', 'narrow'], ['sorting']);
    const document = parse(readFileSync(config, 'utf8')) as Config;
    const families = parse(readFileSync(join(folder, 'families.yaml'), 'utf8')) as {
      families: Record<string, unknown>;
    };
    writeFileSync(
      join(folder, 'families.yaml'),
      stringify({ extends: 'none', families: { [family]: families.families[family] } }),
    );
    writeFileSync(config, stringify({ ...document, axis: { targeted: [], coverage: [] }, adaptive }));
    const run = await skiagram(
      ['evaluate', config, '--until', 'decided', '--out', join(folder, 'out'), '--python', python],
      { env },
    );
    expect(run.exitCode).toBe(2);
    expect(run.stderr + run.stdout).toContain(message);
    expect(asked().filter(({ samples }) => samples)).toEqual([]);
  });

  test('a family of one task with a handful of items is asked all of them, and tasks in no family are named', async () => {
    const { folder, config, env, asked } = adaptiveFolder(['base', 'narrow'], ['sorting', 'copying']);
    for (const id of ['base', 'narrow']) {
      const place = join(folder, 'recorded', id);
      const name = readdirSync(place).find((file) => file.startsWith('samples_tiny_sorting_digits_')) ?? '';
      const lines = gunzipSync(readFileSync(join(place, name)))
        .toString()
        .trim()
        .split('\n');
      writeFileSync(join(place, name), gzipSync(`${lines.slice(0, 3).join('\n')}\n`));
    }
    const task = { metric: 'acc', chance: 0, max: 1 };
    writeFileSync(
      join(folder, 'families.yaml'),
      stringify({ extends: 'none', families: { small: { tasks: { tiny_sorting_digits: task } } } }),
    );
    const document = parse(readFileSync(config, 'utf8')) as Config;
    writeFileSync(config, stringify({ ...document, axis: { targeted: [], coverage: [] } }));
    const out = join(folder, 'out');
    const run = await skiagram(['evaluate', config, '--until', 'decided', '--out', out, '--python', python], { env });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/Tasks in no family decide nothing and are not asked[^:]*: tiny_sorting_early/);
    expect(run.stdout).toContain('3 of 3 (0 % saved)');
    expect(run.stdout).toContain('all items answered, exact');
    expect(asked().flatMap(({ samples }) => (samples ? [samples] : []))).toEqual([
      { tiny_sorting_digits: [0, 1, 2] },
      { tiny_sorting_digits: [0, 1, 2] },
    ]);
  });

  test('spends no more than max_share, and says what it left open', async () => {
    const { folder, config, env } = adaptiveFolder(['base', 'narrow'], ['sorting', 'second']);
    const document = parse(readFileSync(config, 'utf8')) as Config;
    writeFileSync(
      config,
      stringify({ ...document, axis: { targeted: [], coverage: [] }, adaptive: { decide: ['gate'], max_share: 0.25 } }),
    );
    const out = join(folder, 'out');
    const run = await skiagram(['evaluate', config, '--out', out, '--python', python], { env });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stdout).toContain('budget spent, open');
    const marks = read<RawRuns>(out, 'scores/narrow.json').runs[0]?.adaptive?.families;
    expect(marks?.find(({ family }) => family === 'second')).toMatchObject({
      rounds: 50,
      roundsAvailable: 200,
      stopped: 'budget',
    });
    expect(marks?.find(({ family }) => family === 'sorting')?.stopped).toBe('decided');
  });
});
