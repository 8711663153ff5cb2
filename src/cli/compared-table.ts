import Table from 'cli-table3';
import { measuredText, probability, signed } from '../base/format.ts';
import type { Moved, RunsCompared } from '../report/compare/runs-compared.ts';
import { printable, type Terminal } from './terminal.ts';

/** What changed between two runs as lines: verdicts first, then numbers that differ, findings, and what only one of them has. */
export function comparedText(compared: RunsCompared, terminal: Terminal, all: boolean): string[] {
  const { bold, dim } = terminal.colors;
  const { comparisons, checkpoints, settings, only, correction, notes } = compared;
  const numbers = [
    ...comparisons.flatMap(({ checkpoint, families, indices }) =>
      [...indices, ...families].map((row) => ({ of: checkpoint, row })),
    ),
    ...checkpoints.flatMap(({ id, diagnostics }) => diagnostics.map((row) => ({ of: id, row }))),
  ];
  const shown = numbers.filter(({ row }) => all || row.status === 'differs');
  const count = (status: Moved['status']): number => numbers.filter(({ row }) => row.status === status).length;
  const pools = `${correction.families} families, ${correction.indices} indices, ${correction.diagnostics} diagnostics`;
  const findings = comparisons.flatMap(({ checkpoint, findings: own }) =>
    own.map(({ id, before, after }) => `${checkpoint}: ${id} ${words(before)} → ${words(after)}`),
  );
  const alone = [
    ...only.comparisons.before.map((name) => `only before: ${name}`),
    ...only.comparisons.after.map((name) => `only after: ${name}`),
    ...only.checkpoints.before.map((name) => `only before: checkpoint ${name}`),
    ...only.checkpoints.after.map((name) => `only after: checkpoint ${name}`),
  ];
  return [
    bold(
      printable(`${compared.before.title} (${compared.before.run}) → ${compared.after.title} (${compared.after.run})`),
    ),
    comparisons.length === 0 ? 'The runs have no comparison in common.' : verdicts(compared),
    `${count('differs')} of ${numbers.length} numbers differ at q ≤ ${correction.q} (pools: ${pools}); ${count('same')} are the same, ${count('not-settled')} not settled, ${count('unknown')} without an interval.`,
    ...(shown.length > 0 ? [table(shown)] : []),
    ...part('Findings whose status changed', findings),
    ...part('Settings that differ', settings),
    ...part('In one run only', alone),
    ...notes.map((note) => dim(note)),
  ];
}

function verdicts({ comparisons }: RunsCompared): string {
  const rows = new Table({
    head: ['comparison', 'verdict', 'confidence', 'weights'],
    style: { head: [], border: [], compact: true },
  });
  for (const { checkpoint, base, verdict, confidence, sameWeights } of comparisons)
    rows.push([
      printable(`${checkpoint} ← ${base}`),
      printable(verdict.changed ? `${verdict.before} → ${verdict.after}` : `${verdict.after} (unchanged)`),
      confidence.changed ? `${confidence.before} → ${confidence.after}` : confidence.after,
      sameWeights === null ? 'not known' : sameWeights ? 'the same' : 'others',
    ]);
  return rows.toString();
}

function table(numbers: readonly { readonly of: string; readonly row: Moved }[]): string {
  const rows = new Table({
    head: ['of', 'number', 'before', 'after', 'difference', 'q'],
    style: { head: [], border: [], compact: true },
  });
  for (const { of, row } of numbers) {
    const digits = row.unit === '0 to 1' ? 3 : 1;
    rows.push([
      printable(of),
      printable(row.title),
      text(row.before, digits),
      text(row.after, digits),
      text(row.difference, digits, signed),
      row.q === null ? row.status.replace('-', ' ') : probability(row.q),
    ]);
  }
  return rows.toString();
}

function text(measured: Moved['before'], digits: number, number?: typeof signed): string {
  return measured.status === 'ok' ? measuredText(measured, digits, number) : '—';
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${printable(line)}`)];
}

function words(status: string): string {
  return status.replaceAll('-', ' ');
}
