import { exitCodes, SkiagramError } from '../../base/error.ts';
import { didYouMean } from '../../base/validate.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** `skiagram explain`: definition, formula, source and thresholds of anything a report shows. */
export const explain: Command = {
  name: 'explain',
  summary: 'explain a diagnostic or finding: definition, formula, source, thresholds',
  description:
    'Prints what a diagnostic or finding is, why it matters, its formula, where the definition comes from and the provenance of every threshold. Without an id, lists them.',
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
      else for (const entry of glossary) terminal.print(`${entry.id.padEnd(28)} ${entry.title}`);
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

function print(
  entry: {
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
  if (entry.formula) terminal.print(`\n  ${entry.formula}${entry.unit ? dim(`  [${entry.unit}]`) : ''}`);
  if (entry.thresholds.length > 0) terminal.print(`\n${dim('Thresholds')}`);
  for (const threshold of entry.thresholds)
    terminal.print(`  ${threshold.name}: ${threshold.value}  ${dim(`(${threshold.provenance})`)}`);
  terminal.print(`\n${dim('Source')}  ${entry.source}`);
}
