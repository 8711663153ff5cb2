import type { Finding } from '../../findings/finding.ts';

/** Symbols that carry a status without colour. */
const statusSymbols: Readonly<Record<string, string>> = {
  detected: '▲',
  'not-detected': '✓',
  inconclusive: '?',
  'not-applicable': '–',
  failed: '✗',
};

/** Findings in the order in which they matter: what was found; folded, what is not settled; and the rest as a folded list. */
export interface ChecklistView {
  readonly summary: string;
  readonly open: readonly FindingView[];
  readonly unsettled: readonly FindingView[];
  readonly unsettledSummary: string;
  readonly closed: readonly FindingView[];
  readonly closedSummary: string;
}

export interface FindingView {
  readonly id: string;
  /** Anchor of its own. */
  readonly anchor: string;
  /** Id of its rule in the glossary; empty where the glossary does not know it. */
  readonly term: string;
  /** Ids of charts of this report that show it. */
  readonly charts: readonly { readonly id: string; readonly name: string }[];
  readonly symbol: string;
  readonly status: string;
  readonly tone: string;
  readonly title: string;
  readonly plain: string;
  readonly technical: string;
  readonly action: string;
}

/**
 * Detected and failed findings in full, then the ones that are not settled, then what was not found or could not be looked for. A
 * status of a newer version is shown as it is, among the first.
 *
 * @param drawn ids of the report's charts
 * @param known ids of the glossary
 */
export function checklist(
  findings: readonly Finding[],
  { anchor, drawn, known }: { anchor: string; drawn: readonly string[]; known: ReadonlySet<string> },
): ChecklistView {
  const view = (finding: Finding): FindingView => findingView(finding, anchor, drawn, known);
  const of = (...wanted: string[]): Finding[] => findings.filter(({ status }) => wanted.includes(status));
  const [found, broken, open] = [of('detected'), of('failed'), of('inconclusive')];
  const [absent, unfit] = [of('not-detected'), of('not-applicable')];
  const strange = findings.filter(({ status }) => statusSymbols[status] === undefined);
  const counts = `${absent.length} not detected, ${unfit.length} not applicable`;
  const more = [
    ...(broken.length > 0 ? [`${broken.length} failed`] : []),
    ...(strange.length > 0 ? [`${strange.length} with a status that this version does not know`] : []),
  ];
  return {
    summary: `${[`${found.length} detected, ${open.length} inconclusive, ${counts}`, ...more].join(', ')}. Inconclusive means that these data do not say; it is no sign of absence.`,
    open: [...found, ...broken, ...strange].map(view),
    unsettled: open.map(view),
    unsettledSummary: `Looked for and not settled: ${open.length} inconclusive`,
    closed: [...absent, ...unfit].map(view),
    closedSummary: `Looked for and not found, or not applicable: ${counts}`,
  };
}

const chartNames: readonly (readonly [start: string, name: string])[] = [
  ['families-', 'gains per family'],
  ['layers-', 'layers'],
  ['alpha', 'α'],
];

function findingView(
  { id, status, title, plain: sentence, technical, action, evidence }: Finding,
  anchor: string,
  drawn: readonly string[],
  known: ReadonlySet<string>,
): FindingView {
  const charts = [...new Set(evidence.flatMap(({ chart }) => chart ?? []))].filter((chart) => drawn.includes(chart));
  return {
    id,
    anchor: `${anchor}-${id.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`,
    term: known.has(id) ? `term-${id}` : '',
    charts: charts.flatMap((chart) => {
      const name = chartNames.find(([start]) => chart.startsWith(start))?.[1];
      return name === undefined ? [] : [{ id: chart, name }];
    }),
    symbol: statusSymbols[status] ?? '?',
    status: status.replaceAll('-', ' '),
    tone: status === 'detected' ? 'alert' : 'quiet',
    title,
    plain: sentence,
    technical,
    action: action === 'Nothing to do.' ? '' : action,
  };
}
