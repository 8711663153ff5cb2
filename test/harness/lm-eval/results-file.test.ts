import { describe, expect, it } from 'vitest';
import { leafTasks, uncovered } from '../../../src/harness/lm-eval/results-file.ts';

const results = {
  results: { inner: {}, mc: {}, ll: {}, outer: {} },
  group_subtasks: { outer: ['inner'], inner: ['mc'], hollow: ['gone'], loop: ['loop'] },
  configs: { mc: { tag: ['all'] }, ll: { tag: 'some' } },
};

describe('a results file', () => {
  it('holds its leaf tasks in the order of the results', () => {
    expect(leafTasks(results)).toEqual(['mc', 'll']);
  });

  it('covers tasks, nested groups, tags, patterns and files that were asked for', () => {
    expect(uncovered(results, ['mc', 'outer', 'all', 'some', 'm*', 'mc,ll', './own.yaml'])).toEqual([]);
  });

  it('does not cover names that nothing stands for, nor groups without their members', () => {
    expect(uncovered(results, ['mc', 'nope', 'hollow', 'loop', 'x*'])).toEqual(['nope', 'hollow', 'loop', 'x*']);
  });
});
