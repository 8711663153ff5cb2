import { didYouMean } from '../base/did-you-mean.ts';
import { SkiagramError } from '../base/error.ts';
import { type Group, groups, type Role } from '../checkpoint/checkpoint.ts';
import { attentionRoles, mlpRoles } from './module-sides.ts';
import { diagnostics } from './registry.ts';

/** One number that somebody else measured. */
export interface RecordedRow {
  readonly checkpoint: string;
  /** Reference of a pair value; null for a value of the checkpoint alone. */
  readonly base: string | null;
  readonly group: Group;
  /** Kind and block index of the matrix; null for a value of the whole module group. */
  readonly role: Role | null;
  readonly depth: number | null;
  /** Id in the registry of diagnostics. */
  readonly diagnostic: string;
  readonly value: number;
  /** Numerator and denominator, where the value is a share. */
  readonly k: number | null;
  readonly n: number | null;
  /** Where the number was read: a table, a figure, a file. */
  readonly source: string;
}

/** A row as it was read, before anything is known to be right, and where it stands (`shares.csv, line 12`). */
export interface WrittenRow {
  readonly place: string;
  readonly checkpoint: string | null;
  readonly base: string | null;
  readonly group: string | null;
  readonly role: string | null;
  readonly depth: number | null;
  readonly diagnostic: string | null;
  readonly value: number | null;
  readonly k: number | null;
  readonly n: number | null;
  readonly source: string | null;
}

/** Kinds of linear weights in a block; values of other tensors are not recorded. */
export const linearRoles: readonly Role[] = [...attentionRoles, ...mlpRoles] as readonly Role[];

/** Percentages are printed with one digit or more; a share may differ from k/n by its rounding. */
const rounding = 0.051;

/** Values that a diagnostic cannot have. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  weight_correlation: [-1, 1],
  aligned_correlation: [-1, 1],
  depth_score: [0, 1],
  relative_change: [0, Number.POSITIVE_INFINITY],
  alpha: [1, Number.POSITIVE_INFINITY],
};

/**
 * Checks one row.
 *
 * @param bases ids of all checkpoints of the config, each with its base (undefined = none)
 * @throws SkiagramError `recorded-invalid` with the place: an unknown checkpoint, diagnostic, group or kind, a value that is none or
 *   out of range, k > n, a share that is not k of n, a pair with another base, a matrix value without its place or the other way round
 */
export function recordedRow(row: WrittenRow, bases: ReadonlyMap<string, string | undefined>): RecordedRow {
  const refuse = (what: string, hint: string): never => {
    throw recordedInvalid(row.place, what, hint);
  };
  const named = (value: string | null, what: string, known: readonly string[]): string => {
    if (value !== null && known.includes(value)) return value;
    const meant = value === null ? undefined : didYouMean(value, known);
    return refuse(
      value === null ? `the ${what} has no name` : `"${value.slice(0, 60)}" is no ${what}`,
      meant ? `Did you mean "${meant}"?` : `Known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}.`,
    );
  };
  const checkpoint = named(row.checkpoint, 'checkpoint of the config', [...bases.keys()]);
  const diagnostic = named(row.diagnostic, 'diagnostic', Object.keys(diagnostics));
  const group = named(row.group ?? 'decoder', 'module group', groups) as Group;
  const role = row.role === null ? null : (named(row.role, 'kind of matrix', linearRoles) as Role);
  const { scope, meta } = diagnostics[diagnostic as keyof typeof diagnostics];
  if (scope === 'trajectory')
    refuse(
      `${diagnostic} is a value of a whole run`,
      'Record values of checkpoints, or of checkpoints and their base.',
    );
  const pair = scope === 'pair' || scope === 'pair-model';
  if (pair && row.base === null) refuse(`${diagnostic} compares with a base, and none is named`, 'Fill in `base`.');
  if (!pair && row.base !== null) refuse(`${diagnostic} is a value of one checkpoint alone`, 'Leave `base` empty.');
  const own = bases.get(checkpoint);
  if (row.base !== null && row.base !== own)
    refuse(
      `it compares "${checkpoint}" with "${row.base}", whose base in the config is ${own === undefined ? 'none' : `"${own}"`}`,
      'A value belongs to one comparison; correct the base here or in the config.',
    );
  const ofMatrix = scope === 'matrix' || scope === 'pair';
  if (ofMatrix && (role === null || row.depth === null))
    refuse(`${diagnostic} is a value of one matrix, which needs \`role\` and \`depth\``, 'Fill in both.');
  if (!ofMatrix && (role !== null || row.depth !== null))
    refuse(`${diagnostic} is a value of a whole module group`, 'Leave `role` and `depth` empty.');
  const value = row.value ?? refuse('there is no value', 'Fill in a number, or take the row out.');
  const [least, most] = ranges[diagnostic] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (value < least || value > most)
    refuse(`${diagnostic} cannot be ${value}`, `It lies between ${least} and ${most}.`);
  const { k, n } = row;
  if (k !== null && n === null) refuse('there is k without n', 'Fill in both, or neither.');
  if (k !== null && n !== null && k > n) refuse(`k is ${k}, above n, which is ${n}`, 'k counts part of n.');
  if (k !== null && n !== null && meta.unit === '%' && Math.abs((100 * k) / n - value) > rounding)
    refuse(`${k} of ${n} is ${((100 * k) / n).toFixed(2)} %, not ${value}`, 'Correct the counts or the share.');
  const source = row.source ?? refuse('nothing says where the number comes from', 'Fill in `source`.');
  return { checkpoint, base: row.base, group, role, depth: row.depth, diagnostic, value, k, n, source };
}

/** The error for a row, or a file, that cannot be taken. */
export function recordedInvalid(place: string, what: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'recorded-invalid', message: `${place}: ${what}.`, hint });
}
