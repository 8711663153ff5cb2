import { measuredText, signed } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import type { Asymmetry, FamilyGain } from '../../dossier/dossier.ts';
import { type Chart, colour } from './chart.ts';
import { rounded, threeNumbers, threeOf } from './csv-columns.ts';
import { shortTitles } from './short-titles.ts';

const sides = ['targeted', 'coverage', 'other'] as const;

/** Family gains as a forest plot: thick bar on these benchmarks, thin bar on this kind of task. */
export function familyGainsChart(comparison: string, families: readonly FamilyGain[], asymmetry: Asymmetry): Chart {
  const ordered = [...families].sort(
    (a, b) => sides.indexOf(a.side) - sides.indexOf(b.side) || value(b.fixed) - value(a.fixed),
  );
  const measured = ordered.filter((family) => family.fixed.status === 'ok');
  const titles = shortTitles(measured.map((family) => family.title));
  const rows = measured.map((family, index) => ({
    order: index,
    title: titles[index] ?? '',
    side: family.side,
    gain: value(family.fixed),
    ...ends(family.fixed, 'f'),
    ...ends(family.random, 'r'),
  }));
  const x = { type: 'quantitative' as const, title: 'Gain over the base (κ-points, 100 = from guessing to perfect)' };
  const y = {
    field: 'title',
    type: 'nominal' as const,
    sort: { field: 'order', op: 'min' as const },
    title: null,
    axis: { labelLimit: 180, ticks: false, domain: false, labelColor: colour.ink },
  };
  const present = sides.filter((side) => rows.some((row) => row.side === side));
  const side = {
    field: 'side',
    type: 'nominal' as const,
    scale: { domain: present, range: present.map((name) => colour[name]) },
  };
  const shape = {
    field: 'side',
    type: 'nominal' as const,
    scale: {
      domain: present,
      range: present.map((name) => ({ targeted: 'triangle-up', coverage: 'circle', other: 'square' })[name]),
    },
  };
  return {
    id: `families-${comparison}`,
    title: 'Gain per family',
    caption: caption(asymmetry, families),
    spec: {
      width: 420,
      height: { step: 26 },
      data: { values: rows },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.9 },
          encoding: { x: { ...x, field: 'rLow' }, x2: { field: 'rHigh' }, y, color: side },
        },
        {
          mark: { type: 'rule', strokeWidth: 5, opacity: 0.55 },
          encoding: { x: { ...x, field: 'fLow' }, x2: { field: 'fHigh' }, y, color: side },
        },
        {
          mark: { type: 'point', filled: true, size: 85, opacity: 1 },
          encoding: { x: { ...x, field: 'gain' }, y, color: side, shape },
        },
        {
          data: { values: [{}] },
          mark: { type: 'rule', color: colour.muted, strokeDash: [4, 3] },
          encoding: { x: { ...x, datum: 0 } },
        },
      ],
    } as Chart['spec'],
    table: {
      head: ['Family', 'Side', 'Tasks', 'On these benchmarks', 'On this kind of task', 'Before → after, κ-points'],
      rows: ordered.map((family) => [
        family.title,
        family.side,
        String(family.tasks),
        measuredText(family.fixed, 1, signed),
        measuredText(family.random, 1, signed),
        `${family.kappaBase.toFixed(1)} → ${family.kappaSubject.toFixed(1)}`,
      ]),
    },
    csv: {
      head: ['family', 'side', 'tasks', ...threeOf('fixed'), ...threeOf('random'), 'kappa_before', 'kappa_after'],
      rows: ordered.map((family) => [
        family.title,
        family.side,
        family.tasks,
        ...threeNumbers(family.fixed),
        ...threeNumbers(family.random),
        rounded(family.kappaBase),
        rounded(family.kappaSubject),
      ]),
    },
  };
}

function caption({ T, C, S, meanGain, declared }: Asymmetry, families: readonly FamilyGain[]): string {
  const bars = 'Thick bars: item noise (these benchmarks); thin bars: also scatter between tasks. Both 95 %.';
  const rose = families.filter(({ fixed }) => fixed.status === 'ok' && (fixed.interval?.low ?? 0) > 0);
  const fell = families.filter(({ fixed }) => fixed.status === 'ok' && (fixed.interval?.high ?? 0) < 0);
  const counts = `${rose.length} of ${families.length} families rose beyond item noise, ${fell.length} fell (not corrected for looking at several).`;
  if (declared && T.status === 'ok' && C.status === 'ok')
    return `Targeted families moved by ${measuredText(T, 1, signed)} and coverage families by ${measuredText(C, 1, signed)} κ-points. ${counts} ${bars}`;
  return `Mean gain ${measuredText(meanGain, 1, signed)} κ-points over ${families.length} families; largest against smallest ${measuredText(S, 1, signed)}. ${counts} ${bars}`;
}

function value(measured: Measured): number {
  return measured.status === 'ok' ? measured.value : 0;
}

function ends(measured: Measured, prefix: string): Record<string, number> {
  if (measured.status !== 'ok') return {};
  return {
    [`${prefix}Low`]: measured.interval?.low ?? measured.value,
    [`${prefix}High`]: measured.interval?.high ?? measured.value,
  };
}
