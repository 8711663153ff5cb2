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
  /** Rules that did not pass. */
  readonly open: TableView | undefined;
  readonly passed: TableView | undefined;
  readonly passedSummary: string;
  readonly moved: TableView | undefined;
  readonly drift: TableView | undefined;
  readonly statements: readonly string[];
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
    open: rulesTable('Rules that did not pass', open),
    passed: rulesTable('Rules that passed', passed),
    passedSummary: `${passed.length} ${passed.length === 1 ? 'check' : 'checks'} passed`,
    moved: movedTable(gate),
    drift: driftTable(gate),
    statements: gate.statements,
  };
}

const looks = {
  pass: { tone: 'good', symbol: '✓' },
  fail: { tone: 'alert', symbol: '✗' },
  inconclusive: { tone: 'quiet', symbol: '?' },
} as const;

function rulesTable(label: string, rules: readonly RuleResult[]): TableView | undefined {
  if (rules.length === 0) return undefined;
  return table(
    label,
    ['Rule', 'Candidate', 'Outcome', 'What was found'],
    rules.map((rule) => [
      plain(rule.rule),
      plain(rule.checkpoint ?? '—'),
      { text: rule.outcome, note: rule.level === 'warn' ? 'only a warning' : '' },
      { text: rule.message, note: rule.notes.join(' ') },
    ]),
  );
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
