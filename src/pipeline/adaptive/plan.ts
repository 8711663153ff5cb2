import Type from 'typebox';
import type { Constants } from '../../base/constants.ts';
import { SkiagramError } from '../../base/error.ts';
import type { Config } from '../../config/config.ts';
import type { Family, FamilyTask } from '../../families/family.ts';
import type { SequentialRule } from '../../families/sequential/assess.ts';
import type { Taxonomy } from '../../families/taxonomy.ts';
import { defaultBlocks, lookRounds } from '../../scores/sequential/block-schedule.ts';
import { type FamilyOrder, familyOrder, itemName, type TaskSize } from '../../scores/sequential/item-order.ts';

const closed = { additionalProperties: false } as const;

/** Artifact `adaptive/plan.json`: written before the first answer, so that nothing in it can follow the scores. */
export const AdaptivePlan = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    seed: Type.Integer(),
    alpha: Type.Number(),
    margin: Type.Number(),
    contrastMargin: Type.Number(),
    decide: Type.Array(Type.Enum(['gate', 'axis'])),
    blocks: Type.Array(Type.Integer()),
    maxShare: Type.Number(),
    families: Type.Array(
      Type.Object(
        {
          family: Type.String(),
          rounds: Type.Integer(),
          /** Rounds after which is looked. */
          looks: Type.Array(Type.Integer()),
          tasks: Type.Array(
            Type.Object(
              {
                task: Type.String(),
                size: Type.Integer(),
                /** Items of each part of a benchmark that is read as one task. */
                parts: Type.Optional(Type.Array(Type.Object({ part: Type.String(), size: Type.Integer() }, closed))),
                /** Items of each round, by index in the task, or as `part/index`. */
                groups: Type.Array(Type.Array(Type.Union([Type.Integer(), Type.String()]))),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AdaptivePlan = Type.Static<typeof AdaptivePlan>;

/** One family as it will be asked. */
export interface PlannedFamily {
  readonly family: Family;
  readonly order: FamilyOrder;
  readonly looks: readonly number[];
}

/** The rule of an adaptive run, from the config. */
export function adaptiveRule(config: Config, constants: Constants): SequentialRule & { readonly maxShare: number } {
  const given = config.adaptive ?? {};
  const blocks = given.blocks ?? defaultBlocks;
  const falling = blocks.find((block, index) => index > 0 && block <= (blocks[index - 1] ?? 0));
  if (falling !== undefined)
    throw new SkiagramError({
      code: 'config-invalid',
      message: `adaptive.blocks must grow, but ${falling} follows a block that is not smaller: ${blocks.join(', ')}.`,
      hint: 'Blocks count the items of a family from the start, e.g. [100, 200, 400].',
      exitCode: 2,
    });
  return {
    alpha: given.alpha ?? 0.05,
    margin: constants.gate_margin,
    contrastMargin: constants.contrast_margin,
    decide: given.decide ?? ['gate', 'axis'],
    seed: given.seed ?? config.seed ?? 0,
    blocks,
    maxShare: given.max_share ?? 1,
  };
}

/** Every family with at least one task that the harness has, in its order and with its looks. */
export function planFamilies(
  taxonomy: Taxonomy,
  sizes: ReadonlyMap<string, number>,
  rule: SequentialRule & { readonly maxShare: number },
): PlannedFamily[] {
  return taxonomy.families.flatMap((family) => {
    const tasks = family.tasks.flatMap((task) => sizeOf(task, sizes) ?? []);
    if (tasks.length === 0) return [];
    const order = familyOrder(rule.seed, family.id, tasks);
    return [{ family, order, looks: lookRounds(order, rule.blocks, rule.maxShare) }];
  });
}

/** A task as large as its parts together, or undefined where the harness has none of it. */
function sizeOf({ id, parts }: FamilyTask, sizes: ReadonlyMap<string, number>): TaskSize | undefined {
  if (parts === undefined) {
    const size = sizes.get(id);
    return size === undefined ? undefined : { task: id, size };
  }
  const known = parts.flatMap((part) => {
    const size = sizes.get(part);
    return size === undefined ? [] : [{ part, size }];
  });
  const size = known.reduce((sum, part) => sum + part.size, 0);
  return size === 0 ? undefined : { task: id, size, parts: known };
}

/** The plan as it is written down. */
export function planDocument(
  families: readonly PlannedFamily[],
  rule: SequentialRule & { readonly maxShare: number },
): AdaptivePlan {
  return {
    schemaVersion: '1.0',
    seed: rule.seed,
    alpha: rule.alpha,
    margin: rule.margin,
    contrastMargin: rule.contrastMargin,
    decide: [...rule.decide],
    blocks: [...rule.blocks],
    maxShare: rule.maxShare,
    families: families.map(({ family, order, looks }) => ({
      family: family.id,
      rounds: order.rounds,
      looks: [...looks],
      tasks: order.tasks.map((task) => ({
        task: task.task,
        size: task.size,
        ...(task.parts === undefined ? {} : { parts: task.parts.map((part) => ({ ...part })) }),
        groups: task.groups.map((group) => group.map((item) => itemName(task, item))),
      })),
    })),
  };
}
