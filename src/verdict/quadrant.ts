import type { Asymmetry, Restructuring } from '../dossier/dossier.ts';
import type { VerdictId } from './verdict.ts';

const rows = {
  'asymmetric-gain': {
    limited: 'benchmark-shadow',
    partial: 'asymmetric-unclear',
    deep: 'specialised-rebuild',
    'not-assessable': 'asymmetric-unknown',
  },
  broad: { limited: 'broad-gain-light', partial: 'broad-gain', deep: 'broad-learning', 'not-assessable': 'broad-gain' },
  'no-change': { limited: 'no-change', partial: 'no-change', deep: 'neutral-rebuild', 'not-assessable': 'no-change' },
  regression: { limited: 'regression', partial: 'regression', deep: 'regression', 'not-assessable': 'regression' },
  inconclusive: {
    limited: 'inconclusive',
    partial: 'inconclusive',
    deep: 'inconclusive',
    'not-assessable': 'inconclusive',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Restructuring['label'], VerdictId>>>>;

const rowOf = {
  'asymmetric-gain': 'asymmetric-gain',
  transferring: 'broad',
  'uniform-gain': 'broad',
  'no-change': 'no-change',
  'uneven-regression': 'regression',
  'uniform-regression': 'regression',
  inconclusive: 'inconclusive',
} as const satisfies Readonly<Record<Asymmetry['pattern'], keyof typeof rows>>;

/** The cell of METHOD § 4.2 for a score pattern and a restructuring label. Evidence never changes the cell. */
export function quadrant(pattern: Asymmetry['pattern'], label: Restructuring['label']): VerdictId {
  return rows[rowOf[pattern]][label];
}

/** Verdict ids as people read them. */
export const titles: Readonly<Record<VerdictId, string>> = {
  'benchmark-shadow': 'Benchmark-shadow pattern',
  'asymmetric-unclear': 'Concentrated gain, restructuring unclear',
  'specialised-rebuild': 'Specialised rebuild',
  'asymmetric-unknown': 'Concentrated gain, restructuring unknown',
  'broad-gain-light': 'Broad gain, light footprint',
  'broad-gain': 'Broad gain',
  'broad-learning': 'Broad learning',
  'no-change': 'No change',
  'neutral-rebuild': 'Score-neutral rebuild',
  regression: 'Regression',
  inconclusive: 'Inconclusive',
};
