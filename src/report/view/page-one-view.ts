import { measuredText, signed } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import { sharedReasons } from '../../verdict/plain.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import type { ComparisonView } from './comparison-view.ts';
import { confidenceMarks, rankOf } from './verdict-look.ts';

/** Comparisons that say the same, as one card: what was found, how sure it is, what to do next. */
export interface CardView {
  readonly symbol: string;
  readonly tone: string;
  readonly title: string;
  readonly of: readonly {
    readonly anchor: string;
    readonly name: string;
    readonly base: string;
    readonly training: string;
  }[];
  /** The base, where all of the card share one. */
  readonly against: string;
  readonly plain: string;
  /** The size of the gains, one sentence a comparison. */
  readonly gains: readonly string[];
  readonly abstains: boolean;
  readonly confidence: string;
  readonly marks: string;
  readonly because: readonly string[];
  /** How many repeats of the decision on less data agree; empty where it was not repeated. */
  readonly repeats: string;
  readonly next: string;
}

/** One row of the overview. */
export interface OverviewRow {
  readonly number: number;
  readonly anchor: string;
  readonly name: string;
  readonly base: string;
  readonly symbol: string;
  readonly tone: string;
  readonly title: string;
  readonly confidence: string;
  readonly contrast: string;
  readonly depth: string;
  readonly label: string;
}

/** What stands on page one. */
export interface PageOneView {
  readonly cards: readonly CardView[];
  /** How often each verdict was given, most urgent first; empty for a few comparisons. */
  readonly tally: readonly {
    readonly symbol: string;
    readonly tone: string;
    readonly title: string;
    readonly count: number;
  }[];
  readonly overview: readonly OverviewRow[];
  /** More comparisons than fit on a page as cards: the overview comes first, each one's details are folded. */
  readonly many: boolean;
  /** The base of all of many comparisons, where they share one; said once then. */
  readonly against: string;
  /** A card says how large the gains are. */
  readonly gains: boolean;
  /** Reasons for the confidence that all comparisons share. */
  readonly shared: readonly string[];
}

/** Comparisons that are read one by one; of more, the overview comes first. */
const fewComparisons = 6;

export function pageOneView(comparisons: readonly ComparisonView[], verdict: Verdict): PageOneView {
  const shared = sharedReasons(verdict.comparisons);
  const many = isMany(comparisons.length);
  const overview = comparisons.map((view, index) => overviewRow(view, index, verdict));
  const bases = new Set(overview.map(({ base }) => base));
  const made = cards(comparisons, shared, verdict);
  return {
    cards: made,
    gains: made.some(({ gains }) => gains.length > 0),
    tally: many ? tally(comparisons) : [],
    overview,
    many,
    against: many && bases.size === 1 ? ([...bases][0] ?? '') : '',
    shared,
  };
}

/** Whether a report of so many comparisons folds each of them. */
export function isMany(comparisons: number): boolean {
  return comparisons > fewComparisons;
}

/** One card for all comparisons with the same words; what asks for action first. */
function cards(comparisons: readonly ComparisonView[], shared: readonly string[], verdict: Verdict): CardView[] {
  const groups = Map.groupBy(comparisons, ({ verdict, plain, confidence, because, next, title, repeats }) =>
    JSON.stringify([verdict, title, plain, confidence, because, next[0], repeats]),
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ first, group }] : [];
    })
    .sort((a, b) => rankOf(a.first.verdict) - rankOf(b.first.verdict))
    .map(({ first, group }) => ({
      symbol: first.symbol,
      tone: first.tone,
      title: first.title,
      of: group.map(({ anchor, name, base, training }) => ({ anchor, name, base, training })),
      against: group.every(({ base }) => base === first.base) ? first.base : '',
      plain: first.plain === '' ? first.sentence : first.plain,
      gains: group.length > mostGains ? [] : group.flatMap((view) => gainText(view, group.length > 1, verdict)),
      abstains: first.abstains,
      confidence: first.confidence,
      marks: confidenceMarks(first.confidence),
      because: first.because.filter((reason) => !shared.includes(reason)),
      repeats: first.repeats,
      next: first.next[0] ?? '',
    }));
}

/** A card of more comparisons leaves their gains to the overview. */
const mostGains = 4;

/** "Targeted families +41.2 [+40.1, +42.3], coverage families −0.3 [−1.0, +0.4]; weights moved by 0.004 [0.003, 0.005] of 1." */
function gainText({ name, base }: ComparisonView, named: boolean, verdict: Verdict): string[] {
  const own = verdictOf({ name, base }, verdict);
  const { T, C } = own?.asymmetry ?? {};
  const D = own?.restructuring.D;
  const parts = [
    ...(T?.status === 'ok' && C?.status === 'ok'
      ? [`targeted families ${measuredText(T, 1, signed)}, coverage families ${measuredText(C, 1, signed)}`]
      : []),
    ...(D?.status === 'ok' ? [`weights moved by ${measuredText(D, 3)} of 1`] : []),
  ];
  if (parts.length === 0) return [];
  const text = `${parts.join('; ')}.`;
  return [named ? `${name}: ${text}` : `${text.charAt(0).toUpperCase()}${text.slice(1)}`];
}

function tally(comparisons: readonly ComparisonView[]): PageOneView['tally'] {
  const groups = Map.groupBy(comparisons, ({ title }) => title);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ first, count: group.length }] : [];
    })
    .sort((a, b) => rankOf(a.first.verdict) - rankOf(b.first.verdict))
    .map(({ first: { symbol, tone, title }, count }) => ({ symbol, tone, title, count }));
}

function overviewRow(view: ComparisonView, index: number, verdict: Verdict): OverviewRow {
  const own = verdictOf(view, verdict);
  return {
    number: index + 1,
    anchor: view.anchor,
    name: view.name,
    base: view.unattested ? `${view.base}; scores unattested` : view.base,
    symbol: view.symbol,
    tone: view.tone,
    title: view.title,
    confidence: view.confidence,
    contrast: own ? short(own.asymmetry.S, 1, signed) : '—',
    depth: own ? short(own.restructuring.D, 3) : '—',
    label: own?.restructuring.label ?? '—',
  };
}

function verdictOf(
  { name, base }: Pick<ComparisonView, 'name' | 'base'>,
  { comparisons }: Verdict,
): Verdict['comparisons'][number] | undefined {
  return comparisons.find((entry) => entry.checkpoint === name && entry.base === base);
}

/** A reason is too long for the overview; it stands in the comparison's own part. */
function short(measured: Measured, digits: number, number?: (value: number, digits: number) => string): string {
  return measured.status === 'ok' ? measuredText(measured, digits, number) : '—';
}
