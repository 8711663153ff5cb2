import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Config } from '../../../src/config/config.ts';
import type { Dossier } from '../../../src/dossier/dossier.ts';
import type { AdaptiveEvidence } from '../../../src/pipeline/adaptive/evaluate-adaptively.ts';
import type { AdaptivePlan } from '../../../src/pipeline/adaptive/plan.ts';
import { skiagram } from '../../cli/skiagram.ts';
import { adaptiveFolder, python } from './stage.ts';

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** The example's sorting and copying families, each read as one benchmark of four parts. */
function pooledFolder(ids: readonly string[], adaptive: Config['adaptive']): ReturnType<typeof adaptiveFolder> {
  const stage = adaptiveFolder(ids, ['sorting', 'copying']);
  const family = (name: string): object => ({
    tasks: { [name]: { match: [`tiny_${name}_*`], metric: 'acc', chance: 0, max: 1, source: 'exact match' } },
  });
  writeFileSync(
    join(stage.folder, 'families.yaml'),
    stringify({ extends: 'none', families: { sorting: family('sorting'), copying: family('copying') } }),
  );
  const document = parse(readFileSync(stage.config, 'utf8')) as Config;
  writeFileSync(
    stage.config,
    stringify({ ...document, axis: { targeted: ['sorting'], coverage: ['copying'] }, adaptive }),
  );
  return stage;
}

/** The same config over the recorded full runs. */
function recordedConfig({ folder, config }: { folder: string; config: string }): string {
  const { adaptive: _adaptive, ...document } = parse(readFileSync(config, 'utf8')) as Config;
  const suites = document.suites?.map((suite) => ({ ...suite, recorded: './recorded/{checkpoint}' }));
  const path = join(folder, 'recorded.yaml');
  writeFileSync(path, stringify({ ...document, suites }));
  return path;
}

/** Exact change of each family over all recorded answers, raw points: the parts have 200 items each. */
function wholeChanges(folder: string, ids: readonly string[]): Map<string, number[]> {
  const score = (id: string, family: string): number => {
    const place = join(folder, 'recorded', id);
    const name = readdirSync(place).find((file) => /^results_.*\.json$/.test(file)) ?? '';
    const { results } = read<{ results: Record<string, Record<string, number>> }>(place, name);
    const own = Object.entries(results).filter(([task]) => task.startsWith(`tiny_${family}_`));
    return (100 * own.reduce((sum, [, metrics]) => sum + (metrics['acc,none'] ?? Number.NaN), 0)) / own.length;
  };
  return new Map(
    ids.map((id) => [id, ['sorting', 'copying'].map((family) => score(id, family) - score('base', family))]),
  );
}

describe.skipIf(python === '' || process.platform === 'win32')(
  'an adaptive evaluation of benchmarks in parts',
  { timeout: 200_000 },
  () => {
    test('asks each part for the items of the plan, and reads them as one task', async () => {
      const stage = pooledFolder(['base', 'narrow', 'rebuilt'], { decide: ['gate'], seed: 3 });
      const out = join(stage.folder, 'out');
      const args = ['run', stage.config, '--out', out, '--python', python, '--format', 'json'];
      const run = await skiagram(args, { env: stage.env });
      expect(run.exitCode, run.stderr).toBe(0);

      const plan = read<AdaptivePlan>(out, 'adaptive/plan.json');
      const { comparisons } = read<AdaptiveEvidence>(out, 'adaptive/evidence.json');
      for (const { tasks, rounds } of plan.families) {
        expect(rounds).toBe(800);
        expect(tasks[0]?.parts?.map(({ size }) => size)).toEqual([200, 200, 200, 200]);
        expect(new Set(tasks[0]?.groups.flat()).size).toBe(800);
      }
      const exact = wholeChanges(stage.folder, ['narrow', 'rebuilt']);
      for (const { checkpoint, evidence } of comparisons) {
        expect(evidence.families.map(({ gate }) => gate)).toEqual(
          exact.get(checkpoint)?.map((change) => (change > -2 ? 'non-inferior' : 'regressed')),
        );
        expect(evidence.families[0]?.items).toBeLessThan(300);
        const planned = plan.families.flatMap(({ family, tasks }) =>
          (tasks[0]?.groups ?? []).slice(0, evidence.families.find((row) => row.family === family)?.rounds).flat(),
        );
        const asked = stage
          .asked()
          .filter((entry) => entry.checkpoint === checkpoint && entry.samples)
          .flatMap(({ samples }) =>
            Object.entries(samples ?? {}).flatMap(([part, items]) => items.map((item) => `${part}/${item}`)),
          );
        expect(asked.sort()).toEqual(planned.sort());
      }

      expect([...exact].map(([, changes]) => changes.length)).toEqual([2, 2]);

      // The report reads the answers again: the same evidence, and one task a family.
      const { dossier } = read<{ dossier: Dossier }>(out, 'report.json');
      for (const { checkpoint, scores } of dossier.comparisons) {
        if (scores.status !== 'ok') throw new Error(scores.error.message);
        const own = comparisons.find((entry) => entry.checkpoint === checkpoint)?.evidence;
        expect(scores.adaptive?.families.map(({ points, gate, items }) => ({ points, gate, items }))).toEqual(
          own?.families.map(({ points, gate, items }) => ({ points, gate, items })),
        );
        expect(scores.tasks.map(({ task }) => task)).toEqual(['sorting', 'copying']);
        expect(scores.refused).toEqual([]);
      }
    });

    test('with every item spent it is the pooled full run', async () => {
      const stage = pooledFolder(['base', 'narrow'], { blocks: [800] });
      const [spent, full] = [join(stage.folder, 'spent'), join(stage.folder, 'full')];
      const runs = [
        await skiagram(['run', stage.config, '--out', spent, '--python', python, '--format', 'json'], {
          env: stage.env,
        }),
        await skiagram(['run', recordedConfig(stage), '--out', full, '--format', 'json']),
      ];
      expect(
        runs.map(({ exitCode }) => exitCode),
        runs.map(({ stderr }) => stderr).join('\n'),
      ).toEqual([0, 0]);
      const [left, right] = [spent, full].map((out) => read<{ dossier: Dossier }>(out, 'report.json').dossier);
      const pooled = (dossier: Dossier | undefined): unknown =>
        dossier?.checkpoints.map(({ id, scores }) => [id, scores.filter(({ task }) => !task.startsWith('tiny_'))]);
      expect(pooled(left)).toEqual(pooled(right));
      const gains = (dossier: Dossier | undefined): number[] => {
        const scores = dossier?.comparisons[0]?.scores;
        if (scores?.status !== 'ok') throw new Error('no scores');
        return scores.families.map(({ fixed }) => (fixed.status === 'ok' ? fixed.value : Number.NaN));
      };
      expect(gains(left)).toHaveLength(2);
      gains(left).forEach((gain, index) => {
        expect(gain).toBeCloseTo(gains(right)[index] ?? Number.NaN, 9);
      });
    });
  },
);
