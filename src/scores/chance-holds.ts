import type { RawTask } from '../harness/raw-run.ts';
import { answersProtocol } from './answers-protocol.ts';
import type { Scale } from './scale.ts';

/**
 * Why the chance level does not fit the way in which several answers became one score, or undefined where it does.
 *
 * A mean of answers, a majority of them and one answer have the chance of one answer. The best of k does not: with four
 * options pass@4 is reached by guessing in 68 % of items, and answering all rotations of an item (`circular`) in far
 * fewer than a quarter. Guessing at 0 stays 0, whatever the protocol (METHOD § 8.14).
 */
export function chanceHolds(task: RawTask, scale: Scale): string | undefined {
  const protocol = answersProtocol(task.protocol);
  const stated = scale.protocol ?? null;
  if (protocol === stated || scale.chance === null || scale.chance === 0) return undefined;
  if (stated === null && protocol !== null && ofOneAnswer.test(protocol)) return undefined;
  return `The chance level ${scale.chance} is that of ${stated ?? 'one answer'}; the score is ${protocol ?? 'of one answer'}.`;
}

const ofOneAnswer = /^(mean|avg|average|maj|majority|mode|first)\b|^(avg|maj|mean)@|^(pass|avg|maj)@1$/i;
