import type { Group, Role } from './checkpoint.ts';
import { besides, blockIndex, groupRules, roleRules } from './role-rules.ts';

/** What a tensor is, as far as its name and shape tell. */
export interface TensorRole {
  readonly role: Role;
  /** Block index, counted from 0; null outside the blocks. */
  readonly depth: number | null;
  readonly group: Group;
  /** True for linear weights inside blocks: the denominator of shares and means (METHOD § 1.2). */
  readonly pooled: boolean;
}

const notPooled: ReadonlySet<Role> = new Set(['embedding', 'head', 'norm', 'bias']);

/**
 * Name and shape -> role, depth, group and whether it counts.
 * `model.layers.3.self_attn.v_proj.weight` of shape [256, 1024] is role v, depth 3, group decoder, pooled.
 *
 * A matrix in a block whose name is not known is `other` and still pooled, so that a new architecture is counted before it
 * is named. `decoder` is the main language stack, an encoder-only model's included. Fused weights (`qkv`, `gate_up`)
 * are one matrix here: their spectrum is not comparable with that of separate ones (METHOD § 8.5).
 */
export function roleOf(name: string, shape: readonly number[]): TensorRole {
  const { module, leaf } = split(name);
  const depthText = blockIndex.exec(name)?.[1];
  const depth = depthText === undefined ? null : Number(depthText);
  const role = leaf === 'bias' ? 'bias' : (roleRules.find(([pattern]) => pattern.test(module))?.[1] ?? outside(module));
  const pooled =
    shape.length === 2 && depth !== null && !notPooled.has(role) && !besides.some((pattern) => pattern.test(module));
  const known = groupRules.find(([pattern]) => pattern.test(module))?.[1];
  return { role, depth, group: known ?? (depth !== null || role !== 'other' ? 'decoder' : 'other'), pooled };
}

/** `a.b.q_proj.weight` is module `a.b.q_proj`, leaf `weight`; torch's `attn.in_proj_weight` is module `attn.in_proj`. */
function split(name: string): { module: string; leaf: string } {
  const match = /^(.*?)[._](weight|bias)$/.exec(name);
  return { module: match?.[1] ?? name, leaf: match?.[2] ?? '' };
}

/** Names that mean something only at the root of the model. */
function outside(module: string): Role {
  return module === 'output' ? 'head' : 'other';
}
