import { skipped } from '../base/measured.ts';
import type { Candidate } from './candidate.ts';
import { changeMeasured } from './change-measured.ts';
import { familyChange } from './family-change.ts';
import type { Drift } from './gate.ts';

/** Each family over the chain of approved runs: against every run, and in all since the first one. */
export function driftOf(candidate: Candidate, confidence: number): Drift[] {
  const chain = candidate.compared.filter(({ reference }) => reference.kind === 'run');
  const families = [...new Set(chain.flatMap((entry) => entry.families.map(({ family }) => family)))];
  return families.map((name) => {
    const steps = chain.map(({ reference, families: own, problem }) => {
      const family = own.find(({ family }) => family === name);
      const change = family && familyChange(family, confidence);
      return {
        reference,
        change: change
          ? changeMeasured(change, confidence)
          : skipped('not-compared', problem ?? family?.refused[0]?.reason ?? 'The family is not in that run.'),
      };
    });
    return {
      checkpoint: candidate.checkpoint,
      family: name,
      steps,
      cumulative: steps[0]?.change ?? skipped('not-compared', 'There is no approved run.'),
    };
  });
}
