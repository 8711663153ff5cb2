import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dossier } from '../../src/dossier/dossier.ts';
import type { Findings } from '../../src/findings/finding.ts';
import { glossary } from '../../src/pipeline/glossary.ts';
import type { ReportInput } from '../../src/report/report.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';

/** A report's input from the artifacts of a real run; `change` edits their JSON text first. */
export function exampleInput(run: string, change: (text: string) => string = (text) => text): ReportInput {
  const read = (name: string): unknown => JSON.parse(change(readFileSync(join(run, name), 'utf8')));
  return {
    dossier: read('dossier.json') as Dossier,
    findings: read('findings.json') as Findings,
    verdict: read('verdict.json') as Verdict,
    context: {
      tool: { name: 'skiagram', version: '0.0.0' },
      created: '2026-01-02T03:04:05.000Z',
      engine: 'portable',
      node: 'v24',
      platform: 'linux-x64',
    },
    glossary,
    templates: Object.fromEntries(
      readdirSync('templates').map((name) => [name, readFileSync(join('templates', name), 'utf8')]),
    ),
  };
}

/** The same run with every compared checkpoint several times under other names: a report of many comparisons. */
export function repeated(input: ReportInput, times: number): ReportInput {
  const copies = <Entry extends { checkpoint: string }>(entries: readonly Entry[]): Entry[] =>
    Array.from({ length: times }, (_, copy) =>
      entries.map((entry) => (copy === 0 ? entry : { ...entry, checkpoint: `${entry.checkpoint} (copy ${copy})` })),
    ).flat();
  return {
    ...input,
    dossier: { ...input.dossier, comparisons: copies(input.dossier.comparisons) },
    verdict: { ...input.verdict, comparisons: copies(input.verdict.comparisons) },
    findings: { ...input.findings, findings: copies(input.findings.findings.filter(({ condition }) => !condition)) },
  };
}
