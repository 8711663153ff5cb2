import Table from 'cli-table3';
import { measuredText, signed } from '../base/format.ts';
import { sharedReasons } from '../verdict/plain.ts';
import type { Verdict, VerdictId } from '../verdict/verdict.ts';
import { printable, type Terminal } from './terminal.ts';

/** Verdicts as a table: what was found, how sure, and the two numbers it rests on. */
export function verdictTable(verdict: Verdict, terminal: Terminal): string {
  const { bold, dim, green, red, yellow } = terminal.colors;
  const colour = (id: VerdictId): ((text: string) => string) => {
    if (id === 'benchmark-shadow' || id === 'regression') return red;
    if (id.startsWith('broad')) return green;
    return id === 'no-change' ? dim : yellow;
  };
  if (verdict.comparisons.length === 0) return 'No checkpoint names a base, so there is nothing to compare.';
  const table = new Table({
    head: ['checkpoint', 'verdict', 'confidence', 'contrast S (κ-points)', 'depth D̄', 'restructuring'],
    style: { head: [], border: [], compact: true },
  });
  for (const comparison of verdict.comparisons) {
    table.push([
      `${printable(comparison.checkpoint)} ${dim(`← ${printable(comparison.base)}`)}`,
      colour(comparison.verdict)(bold(comparison.title)),
      comparison.confidence,
      compact(measuredText(comparison.asymmetry.S, 1, signed)),
      compact(measuredText(comparison.restructuring.D, 3)),
      comparison.restructuring.label,
    ]);
  }
  return table.toString();
}

/** What page one of the report says of each comparison: found, how sure and why, what to do; reasons that all share come last, once. */
export function verdictLines(verdict: Verdict): string[] {
  const shared = sharedReasons(verdict.comparisons);
  const lines = verdict.comparisons.flatMap(({ checkpoint, plain = '', confidence, because = [], next }) => {
    const sure = confidence === 'none' ? 'No firm verdict.' : `Confidence: ${confidence}.`;
    const own = because.filter((reason) => !shared.includes(reason));
    const text = [`${checkpoint}: ${plain}`, sure, ...own, ...(next[0] ? [`Next: ${next[0]}`] : [])].join(' ');
    return plain === '' ? [] : [printable(text)];
  });
  return shared.length > 0 ? [...lines, printable(`All of them: ${shared.join(' ')}`)] : lines;
}

/** A reason is too long for a cell; the report has it. */
function compact(text: string): string {
  return text.startsWith('—') ? '—' : text;
}
