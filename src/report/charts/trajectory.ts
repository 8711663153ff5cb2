import { listed, measuredText, signed } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import type { Comparison, Dossier } from '../../dossier/dossier.ts';
import { type Chart, colour } from './chart.ts';
import { threeNumbers, threeOf } from './csv-columns.ts';

/** Targeted and coverage gain, and depth score, over the steps of one condition; needs two checkpoints of it. `index` makes its id. */
export function trajectory(condition: string, dossier: Dossier, index = 0): Chart | undefined {
  const steps = dossier.checkpoints
    .filter((checkpoint) => checkpoint.condition === condition && checkpoint.step !== null)
    .flatMap((checkpoint) =>
      dossier.comparisons
        .filter((comparison) => comparison.checkpoint === checkpoint.id)
        .map((comparison) => ({ step: checkpoint.step ?? 0, comparison })),
    )
    .sort((a, b) => a.step - b.step);
  if (steps.length < 2) return undefined;
  const gains = steps.flatMap(({ step, comparison }) =>
    (['T', 'C'] as const).flatMap((key) =>
      comparison.scores.status === 'ok'
        ? rows(step, key === 'T' ? 'targeted' : 'coverage', comparison.scores.asymmetry[key])
        : [],
    ),
  );
  const depth = steps.flatMap(({ step, comparison }) =>
    comparison.weights.status === 'ok' ? rows(step, 'D̄', comparison.weights.restructuring.D) : [],
  );
  const x = {
    field: 'step',
    type: 'quantitative' as const,
    title: 'Training step',
    axis: { grid: false, tickCount: 6 },
  };
  const series = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: ['targeted', 'coverage'], range: [colour.targeted, colour.coverage] },
  };
  const shape = {
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: ['targeted', 'coverage'], range: ['triangle-up', 'circle'] },
  };
  return {
    id: `trajectory-${index + 1}`,
    title: `Over training: ${condition}`,
    caption: caption(
      condition,
      steps.map((entry) => entry.comparison),
    ),
    spec: {
      vconcat: [
        {
          width: 560,
          height: 170,
          data: { values: gains },
          layer: curve(x, { title: 'Gain (κ-points)' }, { color: series, shape }),
        },
        { width: 560, height: 90, data: { values: depth }, layer: curve(x, { title: 'Depth D̄' }, {}) },
      ],
    } as Chart['spec'],
    table: {
      head: ['Step', 'Targeted gain T', 'Coverage gain C', 'Depth D̄'],
      rows: steps.map(({ step, comparison: { scores, weights } }) => [
        String(step),
        scores.status === 'ok' ? measuredText(scores.asymmetry.T, 1, signed) : '—',
        scores.status === 'ok' ? measuredText(scores.asymmetry.C, 1, signed) : '—',
        weights.status === 'ok' ? measuredText(weights.restructuring.D, 3) : '—',
      ]),
    },
    csv: {
      head: ['step', 'checkpoint', ...threeOf('T'), ...threeOf('C'), ...threeOf('D')],
      rows: steps.map(({ step, comparison: { checkpoint, scores, weights } }) => [
        step,
        checkpoint,
        ...(scores.status === 'ok' ? threeNumbers(scores.asymmetry.T) : nothing),
        ...(scores.status === 'ok' ? threeNumbers(scores.asymmetry.C) : nothing),
        ...(weights.status === 'ok' ? threeNumbers(weights.restructuring.D) : nothing),
      ]),
    },
  };
}

const nothing = [null, null, null] as const;

function curve(x: object, y: object, series: Record<string, object>): object[] {
  const value = { field: 'value', type: 'quantitative', ...y };
  const still = series.color ? {} : { color: colour.ink };
  return [
    {
      mark: { type: 'line', strokeWidth: 2, ...still },
      encoding: { x, y: value, ...(series.color ? { color: series.color } : {}) },
    },
    {
      mark: { type: 'rule', strokeWidth: 1.5, ...still },
      encoding: {
        x,
        y: { ...value, field: 'low' },
        y2: { field: 'high' },
        ...(series.color ? { color: series.color } : {}),
      },
    },
    { mark: { type: 'point', filled: true, size: 80, opacity: 1, ...still }, encoding: { x, y: value, ...series } },
  ];
}

function rows(step: number, series: string, measured: Measured): object[] {
  if (measured.status !== 'ok') return [];
  return [
    {
      step,
      series,
      value: measured.value,
      low: measured.interval?.low ?? measured.value,
      high: measured.interval?.high ?? measured.value,
    },
  ];
}

function caption(condition: string, comparisons: readonly Comparison[]): string {
  const last = comparisons.at(-1);
  if (last?.scores.status !== 'ok') return `${condition} over ${comparisons.length} checkpoints.`;
  return `${condition} over ${listed([...comparisons.map((entry) => entry.checkpoint)])}: at the last step targeted ${measuredText(last.scores.asymmetry.T, 1, signed)}, coverage ${measuredText(last.scores.asymmetry.C, 1, signed)} κ-points. Bars are 95 % intervals; checkpoints of one run are not independent.`;
}
