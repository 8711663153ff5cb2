import type { Problem } from '../base/validate.ts';
import type { LeftOut, ModelCard } from './model-card.ts';

/** Ids of the formats of a card, in the order in which they are written. */
export const cardFormatIds = ['md', 'model-index', 'eval-results', 'every-eval-ever', 'json'] as const;
export type CardFormatId = (typeof cardFormatIds)[number];

/** A file of a card: its place in the card's folder, which is that in a model repository, and its text. */
export interface CardFile {
  readonly path: string;
  readonly text: string;
}

/** One way to write a card down: a pure function of it, and a check of what was written. */
export interface CardFormat {
  readonly title: string;
  /** Files of a card; none where the format holds nothing of it. What the format cannot hold is listed with the reason. */
  readonly render: (card: ModelCard) => { readonly files: readonly CardFile[]; readonly leftOut: readonly LeftOut[] };
  /** Reads a written file back and holds it against the format's schema. */
  readonly check: (text: string) => Problem[];
}

/** A name as part of a file name: letters, digits, dot, dash and underscore, at most 64, never hidden and never empty. */
export function fileStem(name: string): string {
  const stem = name.replaceAll(/[^A-Za-z0-9._-]+/g, '_').slice(0, 64);
  return /^[A-Za-z0-9]/.test(stem) ? stem : `_${stem.slice(0, 63)}`;
}

/** Groups in the order of their first member, each with a file stem of its own. */
export function byStem<T>(items: readonly T[], name: (item: T) => string): { stem: string; items: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(name(item), [...(groups.get(name(item)) ?? []), item]);
  const taken = new Set<string>();
  return [...groups].map(([key, members]) => {
    let stem = fileStem(key);
    for (let next = 2; taken.has(stem.toLowerCase()); next++) stem = `${fileStem(key).slice(0, 60)}-${next}`;
    taken.add(stem.toLowerCase());
    return { stem, items: members };
  });
}
