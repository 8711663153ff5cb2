import { expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { historyChart } from '../../src/leaderboard/charts/history-chart.ts';
import { basisOf, HistoryLine, historyLine, withLine } from '../../src/leaderboard/history.ts';
import { all, board } from './models.ts';

const [basis, other] = ['a'.repeat(64), 'b'.repeat(64)];
const first = board([
  { id: 'x', skill: all(0.5) },
  { id: 'y', skill: all(0.7) },
]);
const second = board([
  { id: 'x', skill: all(0.6) },
  { id: 'y', skill: all(0.7) },
]);

test('a line holds every ranked model and keeps its schema', () => {
  const line = historyLine(first, basis);
  expect(problemsOf(HistoryLine, line)).toEqual([]);
  expect(line.models.map(({ model, rank }) => [model, rank])).toEqual([
    ['y', 1],
    ['x', 2],
  ]);
});

test('the same build is not added twice, another one is', () => {
  const line = historyLine(first, basis);
  expect(withLine([line], line)).toHaveLength(1);
  expect(withLine([line], historyLine(second, basis))).toHaveLength(2);
});

test('the basis changes with settings and items, not with scores', () => {
  expect(basisOf(first)).toBe(basisOf(second));
  const fewer = board([
    { id: 'x', skill: all(0.5), items: 150 },
    { id: 'y', skill: all(0.7) },
  ]);
  expect(basisOf(fewer)).not.toBe(basisOf(first));
});

test('only builds of the newest basis are drawn, and the caption names the model that moved most', () => {
  const lines = [historyLine(first, other), historyLine(first, basis), historyLine(second, basis)];
  const chart = historyChart('history', ['x', 'y'], lines);
  expect(chart?.table.rows).toHaveLength(4);
  expect(chart?.caption).toMatch(/^x moved most, by \+/);
  expect(chart?.caption).toContain('One build that counts other tasks');
  expect(historyChart('history', ['x', 'y'], lines.slice(0, 2))).toBeUndefined();
});
