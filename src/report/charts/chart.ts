import type { TopLevelSpec } from 'vega-lite';

/** A chart before it is drawn: its spec, the sentence it states, and the table that says the same in numbers. */
export interface Chart {
  /** Unique in the report; becomes an anchor. */
  readonly id: string;
  readonly title: string;
  /** States what the data show, for people who see the chart and for those who do not. */
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** The same for a spreadsheet: numbers in full, a column each; the table's own text where left out. */
  readonly csv?: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
}

/** Colours are CSS variables, so that one drawing serves light, dark and print; see templates/report.css. */
export const colour = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  paper: 'var(--paper)',
  targeted: 'var(--targeted)',
  coverage: 'var(--coverage)',
  other: 'var(--other)',
  zone: 'var(--zone)',
} as const;

/** The look that all charts share. */
export const theme: NonNullable<TopLevelSpec['config']> = {
  aria: false,
  background: null as unknown as string,
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: colour.muted,
    titleColor: colour.ink,
    titleFontWeight: 'normal',
    tickColor: colour.line,
    domainColor: colour.line,
    gridColor: colour.line,
    gridOpacity: 0.6,
    labelFontSize: 12,
    titleFontSize: 12.5,
  },
  legend: {
    labelColor: colour.ink,
    titleColor: colour.ink,
    labelFontSize: 12,
    orient: 'top',
    title: null,
    symbolSize: 90,
  },
  header: { labelColor: colour.ink, labelFontSize: 12.5, title: null },
  text: { color: colour.ink, fontSize: 12 },
  rule: { color: colour.line },
};
