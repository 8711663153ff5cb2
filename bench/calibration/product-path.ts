import { defaultConstants } from '../../src/base/constants.ts';
import type { Diagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { Comparison, Dossier } from '../../src/dossier/dossier.ts';
import { type CheckpointInput, joinDossier } from '../../src/dossier/join.ts';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { resolveTaxonomy, type TaxonomyRules } from '../../src/families/resolve-taxonomy.ts';
import { findAll } from '../../src/findings/find.ts';
import type { Findings } from '../../src/findings/finding.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { ComparisonVerdict } from '../../src/verdict/verdict.ts';
import type { ScoreCell } from './plan.ts';
import { familyName, taskName } from './score-world.ts';

/** How a world is judged. */
export interface WorldOptions {
  readonly seed: number;
  /** False where left out. */
  readonly display?: boolean;
  /** Of base and subject, for patterns that read each checkpoint's own spectra; no verdict needs them. */
  readonly diagnoses?: readonly [Diagnosis, Diagnosis];
}

/** What the product says of one pair. */
export interface Judged {
  readonly comparison: Comparison;
  readonly verdict: ComparisonVerdict;
  readonly findings: Findings['findings'];
}

/**
 * Results of base and subject, and their pair diagnosis where there are weights, through the stages that `skiagram run`
 * puts them through: taxonomy, dossier, findings, verdict, with the product's constants. What is shown beside a verdict and
 * decides nothing (bootstrap intervals) is left out where `display` is false.
 */
export function judge(...input: Parameters<typeof compareWorld>): Judged {
  const dossier = dossierOf(...input);
  const findings = findAll(dossier);
  const verdict = decide(dossier, findings, { argue: false }).comparisons[0];
  if (!verdict) throw new Error('A planted world was not compared.');
  return { comparison: firstOf(dossier), verdict, findings: findings.findings };
}

/**
 * The same as far as the dossier, which holds the pattern of the score axis: its row of the verdict table. What a verdict
 * adds for a given pattern (stability without each family, sensitivity) costs several times as much and cannot change the row.
 */
export function compareWorld(
  runs: { readonly base: RawRun; readonly subject: RawRun },
  rules: TaxonomyRules,
  pair: PairDiagnosis | undefined,
  options: WorldOptions,
): Comparison {
  return firstOf(dossierOf(runs, rules, pair, options));
}

function dossierOf(
  ...[runs, rules, pair, { seed, display = false, diagnoses }]: Parameters<typeof compareWorld>
): Dossier {
  const taxonomy = assignTasks(rules, [[runs.base], [runs.subject]]);
  const [base = [], subject = []] = taxonomy.runs;
  return joinDossier({
    title: 'Planted world',
    seed,
    constants: defaultConstants,
    taxonomy,
    checkpoints: [
      checkpoint('base', null, base, undefined, diagnoses?.[0]),
      checkpoint('subject', 'base', subject, pair, diagnoses?.[1]),
    ],
    display,
  });
}

function firstOf({ comparisons }: Dossier): Comparison {
  const [comparison] = comparisons;
  if (!comparison) throw new Error('A planted world was not compared.');
  return comparison;
}

/** The families file of a cell, with its axis or without one. */
export function rulesOf({ targeted, coverage, tasks, chance, declared }: ScoreCell): TaxonomyRules {
  const names = Array.from({ length: targeted + coverage }, (_, family) => familyName(family));
  return resolveTaxonomy(
    {
      families: Object.fromEntries(
        names.map((name, family) => [
          name,
          {
            tasks: Object.fromEntries(
              Array.from({ length: tasks }, (_, task) => [taskName(family, task), { metric: 'acc', chance }]),
            ),
          },
        ]),
      ),
    },
    declared ? { targeted: names.slice(0, targeted), coverage: names.slice(targeted) } : undefined,
  );
}

function checkpoint(
  id: string,
  base: string | null,
  runs: readonly RawRun[],
  pair: PairDiagnosis | undefined,
  diagnosis: Diagnosis | undefined,
): CheckpointInput {
  return {
    id,
    base,
    condition: null,
    step: null,
    path: id,
    artifact: undefined,
    diagnosis,
    pair,
    runs,
    unattestedSuites: ['planted'],
    errors: [],
  };
}
