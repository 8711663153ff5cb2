import { readFile } from 'node:fs/promises';

/** What make_alternatives_reference.py wrote of one spectrum. */
export interface AlternativesRow {
  readonly eigenvalues: readonly number[];
  readonly alpha: number;
  readonly xmin: number;
  readonly fix_fingers: { readonly alpha: number; readonly num_fingers: number; readonly xmin: number };
  readonly lognormal: { readonly n: number; readonly ratio: number; readonly p: number; readonly moments: number };
  readonly mp_fit: Readonly<Record<'square' | 'wide', Readonly<Record<string, number>>>>;
  readonly detX: { readonly num: number; readonly value: number; readonly scaled: number };
  readonly jensen_shannon: { readonly other: readonly number[]; readonly distance: number };
}

const file = new URL('alternatives.json', import.meta.url);

/** By name of the spectrum. */
export const alternatives = Object.entries(
  JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, AlternativesRow>>,
);
