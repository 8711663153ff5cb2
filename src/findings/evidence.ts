import type { Measured } from '../base/measured.ts';
import type { Comparison, Dossier, DossierCheckpoint } from '../dossier/dossier.ts';
import type { FindingProduct } from './finding.ts';

type Evidence = FindingProduct['evidence'][number];

/** One entry of a finding's evidence; `pointer` starts at the comparison, or at `/checkpoints/`. */
export function evidence(label: string, value: Measured, pointer: string, chart?: string): Evidence {
  return { label, value, pointer, ...(chart === undefined ? {} : { chart }) };
}

/** Evidence from one entry of a record of numbers; none where the record does not hold it. */
export function entryOf(
  label: string,
  record: Readonly<Record<string, Measured>>,
  id: string,
  place: string,
  chart?: string,
): Evidence[] {
  const value = record[id];
  return value === undefined ? [] : [evidence(label, value, `${place}/${id}`, chart)];
}

/** Both sides of a comparison with the pointers to them. */
export function sidesOf(
  { checkpoint, base }: Pick<Comparison, 'checkpoint' | 'base'>,
  { checkpoints }: Dossier,
): { role: 'subject' | 'base'; side: DossierCheckpoint; pointer: string }[] {
  return [['subject', checkpoint] as const, ['base', base] as const].flatMap(([role, id]) => {
    const index = checkpoints.findIndex((entry) => entry.id === id);
    const side = checkpoints[index];
    return side ? [{ role, side, pointer: `/checkpoints/${index}` }] : [];
  });
}
