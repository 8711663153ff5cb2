import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Config } from '../../../src/config/config.ts';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import type { AdaptiveEvidence } from '../../../src/pipeline/adaptive/evaluate-adaptively.ts';
import { findHarness } from '../../../src/pipeline/find-harness.ts';
import { skiagram } from '../../cli/skiagram.ts';
import { adaptiveFolder } from './stage.ts';

const harness = await findHarness(undefined, '.').catch(() => undefined);
if (!harness) console.log('test/pipeline/adaptive/live.test.ts is skipped: there is no .venv with lm-eval here.');

describe.skipIf(!harness)('an adaptive evaluation with the real lm-eval', () => {
  test('asks the items of its order, gets the answers that were recorded, and decides a large gain early', async () => {
    const { folder, config } = adaptiveFolder(['base', 'narrow'], ['sorting']);
    const document = parse(readFileSync(config, 'utf8')) as Config;
    writeFileSync(config, stringify({ ...document, axis: { targeted: [], coverage: [] } }));
    const out = join(folder, 'out');
    const run = await skiagram(
      ['evaluate', config, '--until', 'decided', '--out', out, '--python', harness?.python ?? '', '--json'],
      { timeout: 400_000 },
    );
    expect(run.exitCode, run.stderr).toBe(0);
    const { adaptive } = JSON.parse(run.stdout) as { adaptive: AdaptiveEvidence };
    const [sorting] = adaptive.comparisons[0]?.evidence.families ?? [];
    expect(sorting).toMatchObject({ gate: 'non-inferior', items: 100, available: 800 });
    for (const id of ['base', 'narrow']) {
      const of = { suite: 'tiny', fingerprint: null };
      const asked = await readLmEval(join(out, 'harness', id, 'tiny/block-01'), of);
      const recorded = await readLmEval(join(folder, 'recorded', id), of);
      expect(asked.tasks).toHaveLength(4);
      for (const task of asked.tasks) {
        expect(task.samples).toHaveLength(25);
        const whole = recorded.tasks.find((other) => other.task === task.task)?.samples ?? [];
        // Index, document, prompt, target and answer of every item: a shuffled index would show here.
        for (const sample of task.samples) expect(whole).toContainEqual(sample);
      }
    }
  }, 500_000);
});
