import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Gate } from '../../src/gate/gate.ts';
import { silent } from '../../src/pipeline/progress.ts';
import { run } from '../../src/pipeline/run.ts';
import { exampleFolder, writeConfig } from './example.ts';

const options = {
  progress: silent,
  signal: new AbortController().signal,
  jobs: 1,
  formats: ['html', 'md', 'json'] as const,
};

test('a config with a gate: gate.json, the outcome in every report, its exit code; gone with the policy', async () => {
  const folder = exampleFolder(['base', 'narrow']);
  const out = join(folder, 'run');
  const write = (gate: unknown): void =>
    writeConfig(folder, ({ trajectory: _trajectory, ...config }) => ({
      ...config,
      checkpoints: config.checkpoints.filter(({ id }) => ['base', 'narrow'].includes(id)),
      ...(gate === undefined ? {} : { gate: gate as Record<string, unknown> }),
    }));
  const start = async (how: { resume: boolean; fresh: boolean }) =>
    run({ ...options, ...how, loaded: await loadConfig(join(folder, 'skiagram.yaml')), out });

  write({
    title: 'No shadows',
    rules: [{ finding: 'benchmark-shadow' }, { family: 'copying', non_inferior_within: 30 }],
  });
  const failed = await start({ resume: false, fresh: true });
  expect(failed.exitCode).toBe(1);
  const gate = JSON.parse(readFileSync(join(out, 'gate.json'), 'utf8')) as Gate;
  expect(problemsOf(Gate, gate)).toEqual([]);
  expect(gate.outcome).toBe('fail');
  expect(failed.stages.some(({ stage, outcome }) => stage === 'gate' && outcome === 'done')).toBe(true);
  const html = readFileSync(join(out, 'report.html'), 'utf8');
  expect(html).toContain('<h2 id="gate">Release gate</h2>');
  expect(html).toContain(gate.policy.hash);
  expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('## Release gate: fail');
  expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toMatchObject({ gate: { outcome: 'fail' } });

  // A policy in a file of its own; the same artifacts.
  writeFileSync(join(folder, 'policy.yaml'), 'rules: [{finding: benchmark-shadow, level: warn}]\n');
  write('./policy.yaml');
  const passed = await start({ resume: true, fresh: false });
  expect([passed.exitCode, passed.gate?.outcome, passed.gate?.policy.file]).toEqual([0, 'pass', 'policy.yaml']);

  write(undefined);
  const without = await start({ resume: true, fresh: false });
  expect([without.exitCode, without.gate]).toEqual([0, undefined]);
  expect(existsSync(join(out, 'gate.json'))).toBe(false);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).not.toContain('Release gate');
});

test('a policy in a config is refused at its line before anything is computed', async () => {
  const folder = exampleFolder(['base', 'narrow']);
  writeConfig(folder, (config) => ({ ...config, gate: { rules: [{ family: 'copying', non_inferior_withn: 2 }] } }));
  const loaded = await loadConfig(join(folder, 'skiagram.yaml'));
  const attempt = run({ ...options, resume: false, fresh: true, loaded, out: join(folder, 'run') });
  await expect(attempt).rejects.toMatchObject({ code: 'config-invalid', exitCode: 2 });
  await expect(attempt).rejects.toThrow(
    /skiagram\.yaml:\d+:\d+ gate\.rules\[0\]\.non_inferior_withn: .*Did you mean "non_inferior_within"\?/,
  );
  expect(existsSync(join(folder, 'run', 'manifest.json'))).toBe(false);
});
