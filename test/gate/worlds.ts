import { defaultConstants } from '../../src/base/constants.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import type { Findings } from '../../src/findings/finding.ts';
import type { Compared } from '../../src/gate/candidate.ts';
import { candidate, candidateIds, type RunArtifacts } from '../../src/gate/candidates.ts';
import { checkPolicy } from '../../src/gate/check-policy.ts';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import type { Gate } from '../../src/gate/gate.ts';
import type { Policy } from '../../src/gate/policy.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import {
  checkpoint,
  type FamilyName,
  familyNames,
  light,
  pairDiagnosis,
  rewritten,
  taxonomy,
} from '../dossier/parts.ts';
import { rawTask } from '../scores/raw-task.ts';

/** Items of each task that turned right and wrong, of `n`; every task of the family alike. */
export interface Turned {
  readonly gained: number;
  readonly lost: number;
}

/** Items of every task of a world. */
export const items = 400;

/**
 * Answers of base and candidate to one task: half of the items right before; `lost` of those turn wrong and `gained` of the others
 * right. So the change is 100·(gained − lost)/n points exactly, and gained + lost items are discordant.
 */
export function answers(task: string, { gained, lost }: Turned, n = items): { base: RawTask; subject: RawTask } {
  const base = Array.from({ length: n }, (_, item) => (item < n / 2 ? 1 : 0));
  const subject = base.map((right, item) => (right ? (item < lost ? 0 : 1) : item < n / 2 + gained ? 1 : 0));
  return { base: rawTask(base, task), subject: rawTask(subject, task) };
}

/** What each family of a world did; `same` where it is not named. */
export type World = Partial<Record<FamilyName, Turned>> & { readonly weights?: 'light' | 'rewritten' | 'none' };

/** A run as stages before the gate leave it: base and candidate `sft`, six families of four tasks. */
export function world(turned: World): { dossier: Dossier; findings: Findings; verdict: Verdict } {
  const both = familyNames.flatMap((family) =>
    [1, 2, 3, 4].map((index) => answers(`${family}_${index}`, turned[family] ?? { gained: 0, lost: 0 })),
  );
  const run = (fingerprint: string, tasks: RawTask[]): RawRun => ({
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'core',
    fingerprint,
    settings: { dtype: 'float32' },
    date: null,
    files: [],
    tasks,
  });
  const pair =
    turned.weights === 'none' ? undefined : pairDiagnosis(turned.weights === 'rewritten' ? rewritten : light);
  const dossier = joinDossier({
    title: 'Planted',
    seed: 3,
    constants: { ...defaultConstants, permutations: 200, bootstrap: 100 },
    taxonomy,
    display: false,
    checkpoints: [
      checkpoint('base', '0', () => 0.5, {
        runs: [
          run(
            '0'.repeat(64),
            both.map(({ base }) => base),
          ),
        ],
      }),
      checkpoint('sft', '1', () => 0.5, {
        base: 'base',
        pair,
        runs: [
          run(
            '1'.repeat(64),
            both.map(({ subject }) => subject),
          ),
        ],
      }),
    ],
  });
  const findings = findAll(dossier);
  return { dossier, findings, verdict: decide(dossier, findings) };
}

/** The gate of a policy on artifacts; throws what is wrong with the policy. */
export function gateOf(artifacts: RunArtifacts, policy: Policy, runs: readonly Compared[] = []): Gate {
  const problems = checkPolicy(policy);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const { ids, absent } = candidateIds(artifacts.dossier, policy.checkpoints);
  return evaluateGate({
    policy,
    policyHash: 'a'.repeat(64),
    policyFile: 'policy.yaml',
    run: artifacts.dossier.title,
    candidates: ids.map((id) => candidate(id, artifacts, runs)),
    absent: absent.map((id) => ({ checkpoint: id, reason: `The run holds no checkpoint "${id}".` })),
  });
}
