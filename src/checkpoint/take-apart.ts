import type { Role, TensorLocation } from './checkpoint.ts';
import { type Layout, layoutOf } from './fused.ts';
import type { ModelSizes } from './model-sizes.ts';
import { all, partOf, type Selection } from './part-of.ts';
import type { TensorRole } from './roles.ts';

/** A matrix of the analysis that is a part of a stored tensor. */
export interface Part {
  readonly role: Role;
  readonly location: TensorLocation;
}

/** More experts than any model has: a tensor that claims them is something else. */
const maxExperts = 4096;

/** True for a tensor that holds one matrix an expert. */
export function isExperts({ name, shape }: TensorLocation): boolean {
  return shape.length === 3 && /experts?\b|_exps\b/.test(name) && (shape[0] ?? 0) <= maxExperts;
}

/**
 * A matrix, or a tensor of experts, -> its parts, named `name#q` or, for expert 3, `name#3` and `name#3.gate`. A fused
 * matrix whose layout is not certain is one part, itself, and the note says why.
 */
export function takeApart(
  tensor: TensorLocation,
  role: TensorRole,
  sizes: ModelSizes,
): { parts: readonly Part[]; note: string | undefined } {
  const [rows = 0, cols = 0] = tensor.shape.slice(-2);
  const layout = layoutOf({ name: tensor.name, role: role.role, group: role.group, rows, cols }, sizes);
  const experts = tensor.shape.length === 3 ? (tensor.shape[0] ?? 0) : undefined;
  const whole = all(tensor);
  const note = typeof layout === 'string' ? layout : undefined;
  const split = typeof layout === 'object' ? selections(layout, whole) : undefined;
  if (experts === undefined) {
    if (!split) return { parts: [{ role: role.role, location: tensor }], note };
    const parts = split.map(([part, selection]) => partNamed(tensor, `${tensor.name}#${part}`, part, selection));
    if (parts.every((part) => part !== undefined)) return { parts, note };
    return {
      parts: [{ role: role.role, location: tensor }],
      note: 'Kept whole: its blocks of scales cut across its parts.',
    };
  }
  const parts = Array.from({ length: experts }, (_, expert) =>
    split
      ? split.map(([part, selection]) =>
          partNamed(tensor, `${tensor.name}#${expert}.${part}`, part, { ...selection, expert }),
        )
      : [partNamed(tensor, `${tensor.name}#${expert}`, role.role, { ...whole, expert })],
  );
  return { parts: parts.flat().filter((part) => part !== undefined), note };
}

function partNamed(tensor: TensorLocation, name: string, role: Role, selection: Selection): Part | undefined {
  const location = partOf(tensor, name, selection);
  return location && { role, location };
}

/** Rows or columns of every section. */
function selections({ axis, groups, sections }: Layout, whole: Selection): [Role, Selection][] {
  const period = sections.reduce((sum, { size }) => sum + size, 0);
  let offset = 0;
  return sections.map(({ role, size }) => {
    const axes =
      groups === 1
        ? [{ size, stride: 1 }]
        : [
            { size: groups, stride: period },
            { size, stride: 1 },
          ];
    const selection: Selection =
      axis === 'rows' ? { ...whole, rowOffset: offset, rows: axes } : { ...whole, colOffset: offset, cols: axes };
    offset += size;
    return [role, selection];
  });
}
