import { measuredText, probability, signed } from '../../base/format.ts';
import { referenceText } from '../../gate/against.ts';
import type { Gate, RuleResult } from '../../gate/gate.ts';
import { cell, plain, type TableView, table } from './cell.ts';

/** The gate's section as strings. */
export interface GateView {
  readonly outcome: string;
  readonly tone: string;
  readonly symbol: string;
  readonly summary: string;
  readonly policy: string;
  readonly hash: string;
  /** Results that did not pass, the worst first, and as many as one reads. */
  readonly open: readonly ResultView[];
  /** The rest of them, folded. */
  readonly more: readonly ResultView[];
  readonly moreSummary: string;
  readonly passed: readonly ResultView[];
  readonly passedSummary: string;
  readonly moved: TableView | undefined;
  readonly drift: TableView | undefined;
  readonly statements: readonly string[];
}

/** One result; a list and no table, since sentences want the width of the page. */
export interface ResultView {
  readonly tone: string;
  readonly symbol: string;
  /** "fail", "fail, only a warning" */
  readonly outcome: string;
  readonly candidate: string;
  readonly message: string;
  readonly rule: string;
  readonly notes: string;
}

/** gate.json -> what its partial shows. */
export function gateView(gate: Gate): GateView {
  const passed = gate.rules.filter(({ outcome }) => outcome === 'pass');
  const order = ['fail', 'error', 'inconclusive'];
  const open = gate.rules
    .filter(({ outcome }) => outcome !== 'pass')
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return {
    outcome: gate.outcome,
    ...looks[gate.outcome],
    summary: gate.summary,
    policy: gate.policy.title ?? gate.policy.file ?? 'of the config',
    hash: gate.policy.hash,
    open: open.slice(0, mostShown).map(resultView),
    more: open.slice(mostShown).map(resultView),
    moreSummary: `${open.length - mostShown} more did not pass: ${outcomesOf(open.slice(mostShown))}`,
    passed: passed.map(resultView),
    passedSummary: `${passed.length} ${passed.length === 1 ? 'check' : 'checks'} passed`,
    moved: movedTable(gate),
    drift: driftTable(gate),
    statements: gate.statements,
  };
}

/** A rule over every task of a small suite can leave hundreds of results open. */
const mostShown = 20;

/** "3 fail, 120 inconclusive" */
function outcomesOf(results: readonly RuleResult[]): string {
  const names = [...new Set(results.map(({ outcome }) => outcome))];
  return names.map((name) => `${results.filter(({ outcome }) => outcome === name).length} ${name}`).join(', ');
}

const looks = {
  pass: { tone: 'good', symbol: '✓' },
  fail: { tone: 'alert', symbol: '✗' },
  inconclusive: { tone: 'quiet', symbol: '?' },
  error: { tone: 'alert', symbol: '!' },
} as const;

function resultView({ outcome, level, checkpoint, message, rule, notes }: RuleResult): ResultView {
  return {
    ...looks[outcome],
    outcome: level === 'warn' && outcome !== 'pass' ? `${outcome}, only a warning` : outcome,
    candidate: checkpoint ?? 'run',
    message,
    rule,
    notes: notes.join(' '),
  };
}

function movedTable({ claims }: Gate): TableView | undefined {
  const moved = claims.filter(({ claim }) => claim !== 'none');
  if (moved.length === 0) return undefined;
  return table(
    'Families that improved or regressed, corrected over the families of a comparison (Holm)',
    ['Family', 'Candidate', 'Against', 'Change, points', 'p (Holm)', 'Claim'],
    moved.map(({ family, checkpoint, reference, change, holm, claim }) => [
      plain(family),
      plain(checkpoint),
      plain(referenceText(reference)),
      cell(change, 1, signed),
      plain(probability(holm)),
      plain(claim),
    ]),
    [3, 4],
  );
}

function driftTable({ drift }: Gate): TableView | undefined {
  if (drift.length === 0) return undefined;
  return table(
    'Since the approved baseline: change in all, and against each run of the chain',
    ['Family', 'Candidate', 'In all, points', 'Against each run'],
    drift.map(({ family, checkpoint, cumulative, steps }) => [
      plain(family),
      plain(checkpoint),
      cell(cumulative, 1, signed),
      plain(steps.map(({ reference, change }) => `${reference.role} ${measuredText(change, 1, signed)}`).join('; ')),
    ]),
    [2],
  );
}
