import type { Measured } from '../base/measured.ts';
import { ok, skipped } from '../base/measured.ts';
import type { Candidate, CandidateScore, Compared } from './candidate.ts';
import { comparedWithBase } from './compared-with-base.ts';
import type { GateDossier, GateFindings, GateVerdict } from './gate-artifacts.ts';

/** What a finished run left. */
export interface RunArtifacts {
  readonly dossier: GateDossier;
  readonly findings: GateFindings;
  readonly verdict: GateVerdict;
}

/**
 * Checkpoints that ask to be released: those that the policy names, else every compared one, else (a run without a base) all.
 * `absent` are named ones that the run does not hold.
 */
export function candidateIds(
  { checkpoints, comparisons }: GateDossier,
  named: readonly string[] | undefined,
): { readonly ids: readonly string[]; readonly absent: readonly string[] } {
  const all = checkpoints.map(({ id }) => id);
  if (named) return { ids: named.filter((id) => all.includes(id)), absent: named.filter((id) => !all.includes(id)) };
  const compared = [...new Set(comparisons.map(({ checkpoint }) => checkpoint))];
  return { ids: compared.length > 0 ? compared : all, absent: [] };
}

/** One candidate with all that rules may look at; `runs` are its comparisons with baseline runs, in order. */
export function candidate(id: string, artifacts: RunArtifacts, runs: readonly Compared[]): Candidate {
  const { dossier, findings, verdict } = artifacts;
  const comparison = dossier.comparisons.find(({ checkpoint }) => checkpoint === id);
  return {
    checkpoint: id,
    compared: [...(comparison ? [comparedWithBase(comparison, dossier)] : []), ...runs],
    scores: scoresOf(id, dossier),
    diagnostics: diagnosticsOf(id, dossier),
    findings: findings.findings.filter(({ checkpoint }) => checkpoint === id),
    knownFindings: [...new Set(findings.findings.map((finding) => finding.id))],
    verdict: verdict.comparisons.find(({ checkpoint }) => checkpoint === id),
  };
}

/** Scores in points of the task's maximum, which only a family's task has. */
function scoresOf(id: string, { checkpoints, families }: GateDossier): CandidateScore[] {
  const tasks = families.flatMap((family) => family.tasks);
  return (checkpoints.find((checkpoint) => checkpoint.id === id)?.scores ?? []).map(({ task, score }) => {
    const scale = tasks.find((entry) => entry.id === task);
    if (!scale) return { task, score: skipped('no-family', 'The task is in no family, so its scale is not known.') };
    if (scale.unbounded) return { task, score: skipped('unbounded', 'The metric has no maximum to count points of.') };
    return { task, score: inPoints(score, scale.max) };
  });
}

function inPoints(score: Measured, max: number): Measured {
  if (score.status !== 'ok') return score;
  const { value, interval, se, status: _status, ...rest } = score;
  const factor = 100 / max;
  return ok(value * factor, {
    ...rest,
    ...(se === undefined ? {} : { se: se * factor }),
    ...(interval ? { interval: { ...interval, low: interval.low * factor, high: interval.high * factor } } : {}),
  });
}

/** The checkpoint's own values come first; then those of its comparison with the base, and the restructuring indices. */
function diagnosticsOf(id: string, { checkpoints, comparisons }: GateDossier): ReadonlyMap<string, Measured> {
  const weights = comparisons.find(({ checkpoint }) => checkpoint === id)?.weights;
  const own = checkpoints.find((checkpoint) => checkpoint.id === id)?.model ?? {};
  if (weights?.status !== 'ok') return new Map(Object.entries(own));
  const indices = Object.entries(weights.restructuring).filter((entry): entry is [string, Measured] =>
    isMeasured(entry[1]),
  );
  return new Map([...indices, ...Object.entries(weights.model), ...Object.entries(own)]);
}

/** Of the restructuring record, which also holds labels and counts, the values: D, G, RI, … */
function isMeasured(value: unknown): value is Measured {
  const { status, value: number, reason } = Object(value) as Record<string, unknown>;
  return status === 'ok' ? typeof number === 'number' : typeof status === 'string' && typeof reason === 'string';
}
