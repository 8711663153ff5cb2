import { expect, it } from 'vitest';
import { harnessText } from '../../src/pipeline/harness-text.ts';

it('Answering shows kind, count and pace of the bar, and the share of all requests.', () => {
  expect(
    harnessText('core', {
      phase: 'requests',
      requestType: 'loglikelihood',
      done: 310,
      total: 1200,
      itemsPerSecond: 45.2,
      etaSeconds: 20,
      overall: { done: 410, total: 2000 },
    }),
  ).toEqual({ text: 'core: answering loglikelihood 310/1200, 45/s', done: 410, total: 2000 });
});

it('Before the whole is known, the bar is that of the phase, with its own time left.', () => {
  expect(harnessText('core', { phase: 'contexts', task: 'arc', done: 2, total: 8, etaSeconds: 75 })).toEqual({
    text: 'core: building prompts for arc, 1 min 15 s left',
    done: 2,
    total: 8,
  });
  expect(harnessText('core', { phase: 'loading' })).toEqual({ text: 'core: loading weights' });
});
