import { type Chart, colour } from '../../src/report/charts/chart.ts';
import { lowerBound, upperBound } from './clopper-pearson.ts';
import { type Result, scored, shadowsOf } from './page.ts';
import { plan } from './plan.ts';

/** The plots of docs/CALIBRATION.md: false shadows by null cell, and shadows found by size of the planted gain. */
export function charts(results: readonly Result[]): Chart[] {
  return [falseShadow(results), power(results)].filter((chart) => chart.table.rows.length > 0);
}

function falseShadow(results: readonly Result[]): Chart {
  const rows = scored(results)
    .filter(({ cell }) => cell.role !== 'power')
    .map(({ cell, tally, worlds }) => {
      const { wrong, none } = shadowsOf(tally, worlds);
      return {
        cell: cell.id.replace(/\/(un)?declared/, ''),
        axis: cell.declared ? 'axis declared' : 'no axis',
        rate: wrong / none,
        low: lowerBound(wrong, none),
        high: upperBound(wrong, none),
      };
    });
  const order = [...new Set(rows.map(({ cell }) => cell))];
  const y = { field: 'cell', type: 'nominal' as const, sort: order, title: null, axis: { labelLimit: 320 } };
  const x = {
    type: 'quantitative' as const,
    title: 'Shadows called in worlds that hold none',
    axis: { format: '%' },
  };
  const yOffset = { field: 'axis', type: 'nominal' as const };
  const color = {
    field: 'axis',
    type: 'nominal' as const,
    scale: { domain: ['axis declared', 'no axis'], range: [colour.coverage, colour.targeted] },
  };
  return {
    id: 'false-shadow',
    title: 'False shadows',
    caption: `Rate and one-sided 95 % bounds in ${rows.length} null cells; the dashed line is what was accepted.`,
    spec: {
      width: 460,
      height: { step: 20 },
      data: { values: rows },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, yOffset, color },
        },
        {
          mark: { type: 'point', filled: true, size: 45, opacity: 1 },
          encoding: { x: { ...x, field: 'rate' }, y, yOffset, color },
        },
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [4, 3], color: colour.ink },
          encoding: { x: { ...x, datum: plan.acceptance.falseShadow } },
        },
      ],
    } as Chart['spec'],
    table: { head: ['cell', 'axis', 'rate'], rows: rows.map(({ cell, axis, rate }) => [cell, axis, rate.toFixed(4)]) },
  };
}

function power(results: readonly Result[]): Chart {
  const rows = scored(results).flatMap(({ cell, tally, worlds }) => {
    const exact = cell.uneven === 0 || cell.centred;
    if (cell.role !== 'power' || cell.truth.kind !== 'gain' || cell.targeted !== 2 || !exact) return [];
    const { found, held } = shadowsOf(tally, worlds);
    return [
      {
        gain: cell.truth.targeted,
        rate: found / held,
        low: lowerBound(found, held),
        high: upperBound(found, held),
        tasks: `${cell.tasks} tasks a family`,
        families: cell.uneven === 0 ? 'even families' : 'uneven families',
      },
    ];
  });
  const x = {
    field: 'gain',
    type: 'quantitative' as const,
    title: 'Planted gain in 2 of 5 families (κ-points); dashed: families uneven within their side',
    axis: { values: [5, 10, 15, 20] },
  };
  const y = { type: 'quantitative' as const, title: 'Shadows found', axis: { format: '%' }, scale: { domain: [0, 1] } };
  const color = {
    field: 'tasks',
    type: 'nominal' as const,
    title: null,
    scale: { range: [colour.coverage, colour.targeted] },
    legend: { symbolType: 'circle' as const },
  };
  const strokeDash = { field: 'families', type: 'nominal' as const, legend: null };
  return {
    id: 'power',
    title: 'Power',
    caption:
      'Share of worlds with a planted shadow in which an asymmetric gain was found; 500 items a task, one-sided 95 % bounds.',
    spec: {
      width: 460,
      height: 280,
      data: { values: rows },
      layer: [
        { mark: { type: 'line', point: true }, encoding: { x, y: { ...y, field: 'rate' }, color, strokeDash } },
        { mark: { type: 'rule' }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } },
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [4, 3], color: colour.ink },
          encoding: { y: { ...y, datum: plan.acceptance.power } },
        },
      ],
    } as Chart['spec'],
    table: {
      head: ['gain', 'tasks', 'families', 'found'],
      rows: rows.map(({ gain, tasks, families, rate }) => [`${gain}`, tasks, families, rate.toFixed(3)]),
    },
  };
}
