import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** `skiagram explain`: definition, formula, source and thresholds of anything a report shows. */
export const explain: Command = {
  name: 'explain',
  summary: 'explain a diagnostic or finding: definition, formula, source, thresholds',
  description:
    'Prints what a diagnostic or finding is, why it matters, its formula or decision rule, where the definition comes from and the default and the provenance of every threshold (a report shows those in force). Without an id, lists them by kind.',
  arguments: [{ name: '[id]', text: 'e.g. alpha, relative_change, benchmark-shadow' }],
  flags: [],
  examples: [
    { line: 'skiagram explain', text: 'everything that can be explained' },
    { line: 'skiagram explain benchmark-shadow', text: 'one finding' },
    { line: 'skiagram explain alpha', text: 'one diagnostic' },
  ],
  act: async ([id], _options, { terminal }) => {
    const { glossary } = await import('../../pipeline/glossary.ts');
    if (id === undefined) {
      if (terminal.json) terminal.printJson(glossary);
      else list(glossary, terminal);
      return exitCodes.ok;
    }
    const entry = glossary.find((candidate) => candidate.id === id);
    if (!entry) {
      const known = glossary.map((candidate) => candidate.id);
      const meant = didYouMean(String(id), known);
      throw new SkiagramError({
        code: 'explain-unknown',
        message: `Nothing is called "${String(id)}".`,
        hint: meant ? `Did you mean "${meant}"?` : 'Run `skiagram explain` for the list.',
        exitCode: exitCodes.usage,
      });
    }
    if (terminal.json) terminal.printJson(entry);
    else print(entry, terminal);
    return exitCodes.ok;
  },
};

/** Findings first, then diagnostics, each group under its name. */
function list(
  entries: readonly { readonly kind: string; readonly id: string; readonly title: string }[],
  terminal: Terminal,
): void {
  const widest = Math.max(...entries.map(({ id }) => id.length));
  for (const [kind, heading] of [
    ['finding', 'Findings'],
    ['diagnostic', 'Diagnostics'],
  ]) {
    terminal.print(`${kind === 'diagnostic' ? '\n' : ''}${terminal.colors.bold(heading ?? '')}`);
    for (const entry of entries.filter((candidate) => candidate.kind === kind))
      terminal.print(`  ${entry.id.padEnd(widest)}  ${entry.title}`);
  }
}

function print(
  entry: {
    kind: string;
    title: string;
    description: string;
    formula?: string;
    unit?: string;
    source: string;
    thresholds: readonly { name: string; value: string; provenance: string }[];
  },
  terminal: Terminal,
): void {
  const { bold, dim } = terminal.colors;
  terminal.print(bold(entry.title));
  terminal.print(entry.description);
  if (entry.formula) terminal.print(`\n${dim(entry.kind === 'finding' ? 'Decision rule' : 'Formula')}`);
  if (entry.formula) terminal.print(`  ${entry.formula}${entry.unit ? dim(`  [${entry.unit}]`) : ''}`);
  if (entry.thresholds.length > 0) terminal.print(`\n${dim('Thresholds')}`);
  for (const threshold of entry.thresholds)
    terminal.print(`  ${threshold.name}: ${threshold.value}  ${dim(`(${threshold.provenance})`)}`);
  terminal.print(`\n${dim('Source')}  ${entry.source}`);
}
