import { expect, it } from 'vitest';
import { harnesses } from '../../src/harness/registry.ts';
import { stage } from './stage.ts';

it('Every harness of the registry reads results, and lm-eval is one that can also be run.', async () => {
  expect(Object.values(harnesses).every(({ read }) => typeof read === 'function')).toBe(true);
  const { read, run } = harnesses['lm-eval'];
  expect(run).toBeTypeOf('function');
  expect((await read((await stage('good')).path, { suite: 's', fingerprint: null })).harness).toBe('lm-eval');
});
