import { SkiagramError } from '../base/error.ts';
import type { CommonGround } from './common-ground.ts';
import type { BoardModel } from './leaderboard.ts';
import type { NamedModel } from './name-models.ts';

type Reason = BoardModel['reasons'][number];

/** More models than these would not be readable, and their pairs not testable with any power. */
export const mostModels = 50;

/** Too many models for one board. */
export function tooMany(count: number): SkiagramError {
  return new SkiagramError({
    code: 'leaderboard-too-many',
    message: `The runs hold ${count} models; a leaderboard takes 2 to ${mostModels}.`,
    hint: 'Name fewer runs, or make one leaderboard a group.',
    exitCode: 2,
  });
}

/** Fewer than two models that may be tested, with what is in the way. */
export function tooFew(named: readonly NamedModel[], barred: ReadonlyMap<string, readonly Reason[]>): SkiagramError {
  const testable = named.filter(({ name }) => barred.get(name)?.length === 0).length;
  const why = named
    .filter(({ name }) => (barred.get(name)?.length ?? 0) > 0)
    .slice(0, 3)
    .map(({ name }) => `${name}: ${barred.get(name)?.[0]?.text ?? ''}`);
  return new SkiagramError({
    code: 'leaderboard-too-few',
    message:
      `A leaderboard needs two models that can be tested, and ${testable === 1 ? 'one' : 'none'} of these ${named.length} can. ${why.join(' ')}`.trim(),
    hint: 'Name runs with at least two checkpoints that were evaluated in full, with scores that carry their fingerprint.',
    exitCode: 2,
  });
}

/** No task counts, with the first reasons. */
export function nothingCommon(ground: CommonGround, models: readonly NamedModel[]): SkiagramError {
  const shown = ground.notCompared
    .slice(0, 3)
    .map(
      ({ task, reason, models: places }) =>
        `${task} (${places.map((place) => models[place]?.name).join(', ')}): ${reason}`,
    );
  return new SkiagramError({
    code: 'leaderboard-nothing-common',
    message: `The models have no task in common that counts. ${shown.join('. ')}`,
    hint: 'Evaluate them on the same tasks with the same settings, harness version and items; families files must agree too.',
    exitCode: 2,
  });
}
