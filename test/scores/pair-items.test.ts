import { describe, expect, test } from 'vitest';
import type { RawSample, RawTask } from '../../src/harness/raw-run.ts';
import { pairItems } from '../../src/scores/pair-items.ts';
import { rawTask } from './raw-task.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const changed = (task: RawTask, docId: number, change: Partial<RawSample>): RawTask => ({
  ...task,
  samples: task.samples.map((sample) => (sample.docId === docId ? { ...sample, ...change } : sample)),
});

test('items are joined by document, whatever the order in which the files list them', () => {
  const subject = rawTask([1, 1, 0]);
  expect(pairItems(rawTask([0, 1, 0]), { ...subject, samples: subject.samples.toReversed() }, scale)).toEqual({
    items: [
      { cluster: 'item 0', base: 0, subject: 1 },
      { cluster: 'item 1', base: 1, subject: 1 },
      { cluster: 'item 2', base: 0, subject: 0 },
    ],
  });
});

describe('items of different questions are not paired', () => {
  test.each([
    ['document', { docHash: 'x' }],
    ['prompt', { promptHash: 'x' }],
    ['target', { targetHash: 'x' }],
    ['prompt', { promptHash: null }],
  ])('another %s', (what, change) => {
    expect(pairItems(rawTask([0, 1, 0]), changed(rawTask([0, 1, 1]), 1, change), scale)).toEqual({
      refused: `item 1 has another ${what} in the two runs`,
    });
  });

  test('as many items, but not the same ones', () => {
    expect(pairItems(rawTask([0, 1, 0]), changed(rawTask([0, 1, 1]), 2, { docId: 7 }), scale)).toEqual({
      refused: 'item 2 was answered by the base only',
    });
  });

  test('an item without the metric on one side', () => {
    expect(pairItems(rawTask([0, 1, 0]), changed(rawTask([0, 1, 1]), 2, { metrics: {} }), scale)).toEqual({
      refused: 'the base answered 3 items and the subject 2',
    });
  });
});

test('another filter’s rows are not read, and the side without rows is named', () => {
  const strict = rawTask([1, 1]);
  const other = { ...strict, samples: strict.samples.map((sample) => ({ ...sample, filter: 'strict' })) };
  expect(pairItems(rawTask([0, 1]), other, scale)).toEqual({ absent: 'no per-item acc on the subject side' });
  expect(pairItems(other, rawTask([0, 1]), scale)).toEqual({ absent: 'no per-item acc on the base side' });
});
