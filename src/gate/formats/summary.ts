import { measuredText, probability, signed } from '../../base/format.ts';
import { referenceText } from '../against.ts';
import type { Gate } from '../gate.ts';
import { markdownText } from './markdown-text.ts';

/** GitHub refuses a step's summary above 1 MiB; other steps of the job write into the same file. */
export const summaryLimit = 900 * 1024;

/**
 * gate.json as Markdown for a job summary: the outcome, then rules with what did not pass first, families that moved, drift and what
 * the numbers are. Rows that would pass `limit` bytes are counted and left out; head and statements always stay.
 */
export function summary(gate: Gate, limit = summaryLimit): string {
  const { outcome, policy } = gate;
  const head = [
    `## ${marks[outcome]} Release gate: ${outcome}`,
    '',
    markdownText(gate.summary),
    '',
    `Run ${markdownText(gate.run, 200)}, policy ${markdownText(policy.title ?? policy.file ?? 'of the config', 200)} (SHA-256 \`${policy.hash.slice(0, 12)}\`).`,
    '',
  ];
  const tail = ['', ...gate.statements.map((statement) => `- ${markdownText(statement)}`), ''];
  const sections = [rulesTable(gate), claimsTable(gate), driftTable(gate)];
  let room = limit - bytes([...head, ...tail].join('\n')) - 1000;
  const body = sections.flatMap((section) => {
    const kept = fitted(section, room);
    room -= bytes(kept.join('\n')) + 1;
    return kept;
  });
  return [...head, ...body, ...tail].join('\n');
}

const marks = { pass: '✅', fail: '❌', inconclusive: '❔' } as const;
const symbols = { pass: '✅', fail: '❌', inconclusive: '❔', error: '⚠️' } as const;
const order = ['fail', 'error', 'inconclusive', 'pass'] as const;

interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

function rulesTable({ rules }: Gate): Section {
  const sorted = [...rules].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return {
    head: ['| | Candidate | Rule | What was found |', '| --- | --- | --- | --- |'],
    rows: sorted.map((rule) =>
      row([
        `${symbols[rule.outcome]} ${rule.outcome}${rule.level === 'warn' ? ' (warn)' : ''}`,
        markdownText(rule.checkpoint ?? '—', 120),
        markdownText(rule.rule, 200),
        markdownText(rule.message),
      ]),
    ),
  };
}

function claimsTable({ claims }: Gate): Section {
  const moved = claims.filter(({ claim }) => claim !== 'none');
  return {
    head: [
      '',
      '### Families that moved',
      '',
      '| Candidate | Against | Family | Change, points | p (Holm) | |',
      '| --- | --- | --- | --- | --- | --- |',
    ],
    rows: moved.map(({ checkpoint, reference, family, change, holm, claim }) =>
      row([
        markdownText(checkpoint, 120),
        markdownText(referenceText(reference), 200),
        markdownText(family, 120),
        markdownText(measuredText(change, 1, signed)),
        markdownText(probability(holm)),
        claim,
      ]),
    ),
  };
}

function driftTable({ drift }: Gate): Section {
  const several = drift.filter(({ steps }) => steps.length > 1);
  return {
    head: [
      '',
      '### Since the approved baseline',
      '',
      '| Candidate | Family | In all, points | Against each run of the chain |',
      '| --- | --- | --- | --- |',
    ],
    rows: several.map(({ checkpoint, family, cumulative, steps }) =>
      row([
        markdownText(checkpoint, 120),
        markdownText(family, 120),
        markdownText(measuredText(cumulative, 1, signed)),
        steps
          .map(({ reference, change }) => markdownText(`${reference.role}: ${measuredText(change, 1, signed)}`))
          .join('; '),
      ]),
    ),
  };
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The section's rows as far as there is room for them. */
function fitted({ head, rows }: Section, room: number): string[] {
  if (rows.length === 0) return [];
  let left = room - bytes(head.join('\n'));
  const kept: string[] = [];
  for (const line of rows) {
    left -= bytes(line) + 1;
    if (left < 0) break;
    kept.push(line);
  }
  const dropped = rows.length - kept.length;
  return [...head, ...kept, ...(dropped > 0 ? ['', `… and ${dropped} more; gate.json has them all.`] : [])];
}

/** Bytes of UTF-8. */
function bytes(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
}
