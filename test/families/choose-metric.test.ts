import { expect, test } from 'vitest';
import { chooseMetric } from '../../src/families/choose-metric.ts';
import { taskRule } from '../../src/families/task-rule.ts';
import type { RawTask } from '../../src/harness/raw-run.ts';
import { rawTask } from '../scores/raw-task.ts';

const with_ = (metrics: Record<string, number | null>): RawTask => ({
  ...rawTask([1, 0], 'gsm8k'),
  metrics: Object.entries(metrics).map(([key, value]) => {
    const [metric = '', filter = 'none'] = key.split(',');
    return { metric, filter, value, stderr: null, higherIsBetter: true };
  }),
});
const rules = (...metrics: string[]) => taskRule('gsm8k', { metrics, chance: 0 }, 'math', 0).metrics;
const choose = (preferences: readonly string[], ...tasks: RawTask[]) =>
  chooseMetric(rules(...preferences), tasks, new Map([['acc', ['accuracy']]]));

test('the preferred filter is read although another one scored higher', () => {
  const chosen = choose(
    ['exact_match,flexible-extract', 'exact_match,strict-match'],
    with_({ 'exact_match,strict-match': 0.9, 'exact_match,flexible-extract': 0.4 }),
  );
  expect(chosen).toMatchObject({ metric: 'exact_match', filter: 'flexible-extract' });
  expect(chosen?.passedOver).toEqual(['exact_match,strict-match: another filter of the same metric']);
});

test('the same metric is read in every run: the first that all of them hold', () => {
  const chosen = choose(['acc_norm', 'acc'], with_({ acc_norm: 0.5, acc: 0.4 }), with_({ acc: 0.6 }));
  expect(chosen).toMatchObject({
    metric: 'acc',
    filter: 'none',
    passedOver: ['acc_norm: not a finite number in every run'],
  });
});

test('a score that is not finite in one run makes way for one that is in all', () => {
  expect(
    choose(['acc_norm', 'acc'], with_({ acc_norm: null, acc: 0.4 }), with_({ acc_norm: 0.5, acc: 0.6 }))?.metric,
  ).toBe('acc');
});

test('where no metric is finite everywhere the preferred one stays, so that the broken run fails alone', () => {
  expect(
    choose(['acc_norm', 'acc'], with_({ acc_norm: null, acc: null }), with_({ acc_norm: 0.5, acc: 0.6 }))?.metric,
  ).toBe('acc_norm');
});

test('a metric without a filter means `none`, or the only filter there is, and is not guessed among several', () => {
  expect(choose(['exact_match'], with_({ 'exact_match,get-answer': 0.5 }))?.filter).toBe('get-answer');
  expect(choose(['exact_match'], with_({ 'exact_match,a': 0.5, exact_match: 0.1 }))?.filter).toBe('none');
  expect(choose(['exact_match'], with_({ 'exact_match,a': 0.5, 'exact_match,b': 0.6 }))).toBeUndefined();
});

test('another harness’s name of the same metric is read', () => {
  expect(choose(['acc'], with_({ accuracy: 0.5 }))?.metric).toBe('accuracy');
});

test('results with none of the metrics give no choice', () => {
  expect(choose(['acc'], with_({ bleu: 12 }))).toBeUndefined();
});
