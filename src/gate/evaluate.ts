import type { Candidate } from './candidate.ts';
import { claimsOf } from './claims.ts';
import { driftOf } from './drift.ts';
import type { Gate, GateReference, RuleResult } from './gate.ts';
import { gateStatements } from './gate-statements.ts';
import { gateOutcome } from './outcome.ts';
import { planRules } from './plan-rules.ts';
import { defaultConfidence, type Policy } from './policy.ts';
import type { JudgeContext, Judgement, PlannedRule } from './rule-kind.ts';

/** What a gate is evaluated on. */
export interface GateInput {
  readonly policy: Policy;
  /** SHA-256 of the policy's content, and its file name. */
  readonly policyHash: string;
  readonly policyFile: string | null;
  /** Title of the run. */
  readonly run: string;
  readonly candidates: readonly Candidate[];
  /** Candidates that the policy names and the run does not hold, with the reason. */
  readonly absent: readonly { readonly checkpoint: string; readonly reason: string }[];
}

/**
 * Policy × artifacts -> gate.json. Every rule is judged on every candidate; one that throws has the outcome `error` with its
 * reason, and the others go on. A rule that found nothing to judge is an error, so an empty run passes nothing.
 */
export function evaluateGate(input: GateInput): Gate {
  const { policy, candidates } = input;
  const confidence = policy.confidence ?? defaultConfidence;
  const planned = planRules(policy);
  const context: JudgeContext = { confidence, planned };
  const rules = planned.flatMap((rule) => [
    ...input.absent
      .filter(({ checkpoint }) => concerns(rule, checkpoint))
      .map(({ checkpoint, reason }) => result(rule, checkpoint, erred(reason))),
    ...judged(rule, candidates, context),
  ]);
  const outcome = gateOutcome(rules);
  const references = distinct(candidates.flatMap(({ compared }) => compared.map(({ reference }) => reference)));
  return {
    schemaVersion: '1.0',
    ...outcome,
    run: input.run,
    policy: {
      title: policy.title ?? null,
      file: input.policyFile,
      hash: input.policyHash,
      confidence,
      onInconclusive: policy.on_inconclusive ?? 'block',
    },
    candidates: [
      ...candidates.map(({ checkpoint }) => checkpoint),
      ...input.absent.map(({ checkpoint }) => checkpoint),
    ],
    references,
    rules,
    claims: candidates.flatMap((candidate) =>
      candidate.compared.flatMap((compared) => claimsOf(candidate, compared, confidence)),
    ),
    drift: candidates.flatMap((candidate) => driftOf(candidate, confidence)),
    statements: gateStatements(confidence, rules, references),
  };
}

function judged(planned: PlannedRule, candidates: readonly Candidate[], context: JudgeContext): RuleResult[] {
  const own = candidates.filter(({ checkpoint }) => concerns(planned, checkpoint));
  if (own.length === 0) {
    const wanted = planned.rule.checkpoints?.join(', ');
    const why = wanted ? `none of the candidates is ${wanted}` : 'the run compares no checkpoint';
    return [result(planned, null, erred(`There is nothing to judge: ${why}.`))];
  }
  return own.flatMap((candidate) =>
    attempt(planned, candidate, context).map((entry) => result(planned, candidate.checkpoint, entry)),
  );
}

function attempt(planned: PlannedRule, candidate: Candidate, context: JudgeContext): Judgement[] {
  try {
    const judgements = planned.kind.judge(planned, candidate, context);
    return judgements.length > 0 ? judgements : [erred('The rule found nothing to judge.')];
  } catch (thrown) {
    return [erred(thrown instanceof Error ? thrown.message : String(thrown))];
  }
}

function erred(message: string): Judgement {
  return {
    ...{
      outcome: 'error',
      subject: null,
      reference: null,
      measured: null,
      margin: null,
      unit: null,
      n: null,
      needed: null,
    },
    message,
    notes: [],
  };
}

function result(planned: PlannedRule, checkpoint: string | null, judgement: Judgement): RuleResult {
  const { index, kind, level, onInconclusive, text, rule } = planned;
  const { outcome, message, notes, ...rest } = judgement;
  return {
    ...{ rule: text, index, kind: kind.id, outcome, level, onInconclusive, checkpoint },
    ...rest,
    message,
    notes: [...notes, ...(rule.note === undefined ? [] : [rule.note])],
  };
}

function concerns({ rule }: PlannedRule, checkpoint: string): boolean {
  return rule.checkpoints === undefined || rule.checkpoints.includes(checkpoint);
}

function distinct(references: readonly GateReference[]): GateReference[] {
  return [...new Map(references.map((reference) => [JSON.stringify(reference), reference])).values()];
}
