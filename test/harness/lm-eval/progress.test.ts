import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HarnessProgress, isBar, progressParser } from '../../../src/harness/lm-eval/progress.ts';
import { pieces } from '../../../src/process/pieces.ts';
import { fixtures } from '../stage.ts';

async function recorded(): Promise<string[]> {
  return pieces().push(await readFile(join(fixtures, 'stderr', 'good-run.txt')));
}

async function events(): Promise<HarnessProgress[]> {
  const parse = progressParser();
  return (await recorded()).flatMap((piece) => parse(piece) ?? []);
}

describe('progress of lm-eval', () => {
  it('names the phases of a real run in order', async () => {
    const phases = (await events()).map(({ phase }) => phase);
    const changes = phases.filter((phase, index) => phase !== phases[index - 1]);
    expect(changes).toEqual(['loading', 'data', 'contexts', 'requests', 'bootstrap', 'saving']);
  });

  it('reads done and total of every bar of a real run but those that prepare requests', async () => {
    const bars = (await recorded()).filter((piece) => piece.includes('it/s]') && !piece.startsWith('Tokenizing'));
    const counted = (await events()).filter(({ done }) => done !== undefined);
    expect(bars.length).toBeGreaterThan(30);
    // The two states of the unlabelled bar that prepares the rolling request are left out.
    expect(counted).toHaveLength(bars.length - 2);
    expect(counted.every(({ done = 0, total = 0 }) => done <= total)).toBe(true);
  });

  it('tells which task the contexts are built for', async () => {
    const tasks = (await events()).filter(({ phase }) => phase === 'contexts').map(({ task }) => task);
    expect([...new Set(tasks)]).toEqual(['sk_mc', 'sk_ll', 'sk_gen', 'sk_roll']);
  });

  it('reads the remaining time in seconds and leaves an unknown one out', () => {
    const parse = progressParser();
    expect(parse('Running loglikelihood requests:   3%|▎         | 1/30 [00:00<01:02:08,  3.56it/s]')).toEqual({
      phase: 'requests',
      done: 1,
      total: 30,
      etaSeconds: 3728,
      itemsPerSecond: 3.56,
    });
    expect(parse('Running loglikelihood requests:   0%|          | 0/30 [00:00<?, ?it/s]')).toEqual({
      phase: 'requests',
      done: 0,
      total: 30,
    });
  });

  it('takes the unlabelled bar before a rolling request for preparation and the one after it for bootstrap', () => {
    const parse = progressParser();
    const bar = '100%|██████████| 5/5 [00:00<00:00, 6117.71it/s]';
    parse('2026-11-23:18:24:54 INFO     [evaluator:589] Running loglikelihood_rolling requests');
    expect(parse(bar)).toEqual({ phase: 'requests' });
    expect(parse('Checking cached requests: 100%|██████████| 4/4 [00:00<00:00, 4477.60it/s]')).toEqual({
      phase: 'requests',
    });
    parse('Running loglikelihood requests: 100%|██████████| 4/4 [00:00<00:00,  9.94it/s]');
    expect(parse(bar)?.phase).toBe('bootstrap');
  });

  it('adds requests up over kinds and over what the cache answered, once every task has said how many it makes', () => {
    const parse = progressParser();
    const bar = (type: string, done: number, of: number) =>
      parse(`Running ${type} requests:  50%|█████     | ${done}/${of} [00:01<00:01,  20.5it/s]`);
    parse('2026-11-23:18:24:54 DEBUG    [evaluator:558] Task: a; number of requests on this rank: 40');
    parse('2026-11-23:18:24:54 DEBUG    [evaluator:558] Task: b; number of requests on this rank: 10');
    parse('2026-11-23:18:24:54 INFO     [evaluator:589] Running loglikelihood requests');
    parse('2026-11-23:18:24:54 INFO     [api.model:329] Cached requests: 20, Requests remaining: 20');
    expect(bar('loglikelihood', 10, 20)).toEqual({
      phase: 'requests',
      requestType: 'loglikelihood',
      done: 10,
      total: 20,
      etaSeconds: 1,
      itemsPerSecond: 20.5,
      overall: { done: 30, total: 50 },
    });
    expect(bar('loglikelihood', 20, 20)?.overall).toEqual({ done: 40, total: 50 });
    parse('2026-11-23:18:24:54 INFO     [evaluator:589] Running generate_until requests');
    expect(bar('generate_until', 0, 10)).toMatchObject({
      requestType: 'generate_until',
      overall: { done: 40, total: 50 },
    });
    expect(bar('generate_until', 5, 10)?.overall).toEqual({ done: 45, total: 50 });
    expect(parse('2026-11-23:18:24:54 INFO     [x:1] Saving results aggregated')?.overall).toEqual({
      done: 50,
      total: 50,
    });
  });

  it('says nothing about log lines that are no progress', () => {
    const parse = progressParser();
    expect(parse('fatal: not a git repository (or any of the parent directories): .git')).toBeUndefined();
    expect(parse('100% sure | this is no bar')).toBeUndefined();
  });

  it('tells bars and running counts from messages', () => {
    expect(isBar('Generating test split: 8 examples [00:00, 3435.14 examples/s]')).toBe(true);
    expect(isBar('ValueError: Tasks not found: 50%')).toBe(false);
  });
});
