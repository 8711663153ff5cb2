import { type ErrorInfo, SkiagramError, toErrorInfo } from '../base/error.ts';

/** Why there is nothing measured of the weights of a checkpoint that the config gives no path. */
export function noWeights(id: string, recorded: string | undefined): ErrorInfo {
  return toErrorInfo(
    new SkiagramError({
      code: 'no-weights',
      message:
        recorded === undefined
          ? `Checkpoint "${id}" has no weights: the config gives neither a path nor recorded diagnostics.`
          : `Checkpoint "${id}" has no weights here: of them only what ${recorded} records is known.`,
      hint: 'Add `path` to measure its weights, or `diagnostics` for what somebody else measured.',
    }),
  );
}
