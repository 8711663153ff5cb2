import Table from 'cli-table3';
import { measuredText, signed } from '../base/format.ts';
import { spentText, stoppedText } from '../families/sequential/stopped-text.ts';
import type { AdaptiveEvidence } from '../pipeline/adaptive/evaluate-adaptively.ts';
import { printable } from './terminal.ts';

/** What an adaptive evaluation decided and spent: a table per comparison, a row per family, and the whole below it. */
export function adaptiveTable({ comparisons }: AdaptiveEvidence): string {
  return comparisons
    .map(({ checkpoint, base, evidence, refused }) => {
      const table = new Table({
        head: ['family', 'items', 'change, points', `against −${evidence.margin}`, 'ended'],
        colAligns: ['left', 'right', 'right', 'left', 'left'],
        style: { head: [], border: [], compact: true },
      });
      for (const row of evidence.families)
        table.push([
          printable(row.title),
          spentText(row),
          measuredText(row.points, 1, signed),
          row.gate,
          stoppedText(row, evidence),
        ]);
      const saved = evidence.available - evidence.items;
      const lines = [
        `${printable(checkpoint)} against ${printable(base)}`,
        table.toString(),
        ...refused.map(({ family, reason }) => `  not compared: ${printable(family)}: ${printable(reason)}`),
        ...(evidence.axis
          ? [`  targeted minus coverage ${measuredText(evidence.axis.S, 1, signed)} κ-points: ${evidence.axis.state}`]
          : []),
        `  ${evidence.items} of ${evidence.available} items spent, ${saved} saved (${((100 * saved) / Math.max(1, evidence.available)).toFixed(0)} %); seed ${evidence.seed}.`,
      ];
      return lines.join('\n');
    })
    .join('\n\n')
    .concat(
      `\n  Brackets are ${(100 * (1 - (comparisons[0]?.evidence.alpha ?? 0.05))).toFixed(0)} % confidence sequences: valid at whatever moment it was stopped, on these items.`,
    );
}
