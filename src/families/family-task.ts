import type { RawTask } from '../harness/raw-run.ts';
import { answersProtocol } from '../scores/answers-protocol.ts';
import type { ChosenMetric } from './choose-metric.ts';
import type { Direction } from './families-document.ts';
import type { FamilyTask } from './family.ts';
import { chanceUnder } from './protocol.ts';
import type { Reading } from './read-as.ts';

/**
 * The concrete task of a reading: chosen metric and filter, and the chance level under the protocol of the results. Chance
 * is null, with the reason as its source, wherever the score cannot be pooled with accuracies: another direction than
 * up, an unknown or mixed protocol, or a number whose unit nobody stated.
 *
 * @param held the task in every run that has it, as the readers left it
 * @param id name of the task in the runs
 */
export function familyTask(
  { rule, protocol }: Reading,
  { rule: scale, metric, filter, passedOver }: ChosenMetric,
  held: readonly RawTask[],
  id: string,
): FamilyTask {
  const level = chanceLevel(scale, protocol, held, rule.options, { metric, filter });
  const known = 'chance' in level;
  return {
    id,
    metric,
    filter,
    chance: known ? level.chance : null,
    max: scale.max ?? 1,
    source: known ? `${rule.source}${level.under}` : (level.unknown ?? rule.source),
    ...(scale.max === null ? { unbounded: true as const } : {}),
    ...(scale.direction === 'up' ? {} : { direction: directionText(scale.direction) }),
    ...(known && level.protocol !== null ? { protocol: level.protocol } : {}),
    ...(known && rule.confidence ? { confidence: rule.confidence } : {}),
    ...(rule.id === id ? {} : { benchmark: rule.id }),
    ...(passedOver.length > 0 ? { passedOver: [...passedOver] } : {}),
  };
}

/** `protocol`: what the runs say of how several answers became one score, where the chance level is of that. */
type Level =
  | { readonly chance: number; readonly under: string; readonly protocol: string | null }
  | { readonly unknown: string | undefined };

function chanceLevel(
  scale: ChosenMetric['rule'],
  named: string | null,
  held: readonly RawTask[],
  options: number | undefined,
  key: { metric: string; filter: string },
): Level {
  if (scale.direction !== 'up')
    return { unknown: `not pooled with accuracies: ${directionText(scale.direction)} for ${scale.metric}` };
  if (scale.chance === null) return { unknown: undefined };
  const units = held.map(
    (task) => task.metrics.find((entry) => entry.metric === key.metric && entry.filter === key.filter)?.unit,
  );
  if (units.includes('unknown'))
    return {
      unknown:
        'not pooled: the results do not say whether the number is a proportion or a percentage; state it as the scale',
    };
  const protocols = new Set(held.map((task) => task.protocol ?? null));
  if (protocols.size > 1)
    return {
      unknown: `not pooled: the runs differ in protocol (${[...protocols].map((each) => each ?? 'none').join(', ')})`,
    };
  const own = answersProtocol([...protocols][0]);
  const protocol = scale.protocol ?? named ?? own;
  const level = chanceUnder(protocol, scale.chance, options);
  if ('unknown' in level) return { unknown: `not pooled: ${level.unknown}` };
  return {
    chance: level.chance,
    protocol: own === protocol ? own : null,
    under: protocol === null || level.chance === scale.chance ? '' : `; under ${protocol}`,
  };
}

function directionText(direction: Direction): string {
  if (typeof direction === 'object') return `nearer to ${direction.target} is better`;
  return { up: 'higher is better', down: 'lower is better', neutral: 'neither way is better' }[direction];
}
