import type { CheckpointConfig } from '../config/config.ts';

/** A checkpoint of a training run and the one before it. */
export interface Consecutive {
  readonly condition: string;
  readonly earlier: CheckpointConfig & { readonly step: number };
  readonly later: CheckpointConfig & { readonly step: number };
}

/** Every two checkpoints of a condition that follow each other in the order of training; conditions in the order of the config. */
export function consecutive(checkpoints: readonly CheckpointConfig[]): Consecutive[] {
  const placed = checkpoints.flatMap((checkpoint) =>
    checkpoint.condition === undefined || checkpoint.step === undefined
      ? []
      : [{ ...checkpoint, condition: checkpoint.condition, step: checkpoint.step }],
  );
  return [...Map.groupBy(placed, ({ condition }) => condition)].flatMap(([condition, own]) => {
    const ordered = [...own].sort((a, b) => a.step - b.step);
    return ordered.slice(1).flatMap((later, index) => {
      const earlier = ordered[index];
      return earlier ? [{ condition, earlier, later }] : [];
    });
  });
}
