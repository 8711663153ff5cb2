import { expect, test } from 'vitest';
import { answersProtocol } from '../../src/scores/answers-protocol.ts';
import { chanceHolds } from '../../src/scores/chance-holds.ts';
import { rawTask } from './raw-task.ts';

test.each([
  ['pass@2, judged by gpt-4', 'pass@2'],
  ['judged by openai/gpt-4-turbo', null],
  ['mean of 4 epochs', 'mean of 4 epochs'],
  ['circular', 'circular'],
  [null, null],
  [undefined, null],
])('%s is %s', (protocol, answers) => expect(answersProtocol(protocol)).toBe(answers));

test('whoever judges one answer, guessing scores as much', () => {
  const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 };
  expect(chanceHolds({ ...rawTask([1]), protocol: 'judged by gpt-4' }, scale)).toBeUndefined();
  expect(chanceHolds({ ...rawTask([1]), protocol: 'pass@4, judged by gpt-4' }, scale)).toContain('pass@4');
});
