import type { Leaderboard } from '../leaderboard.ts';

/** Where models and families are found: in files of their own, or in one file. */
export interface Addresses {
  readonly index: string;
  readonly model: (name: string) => string;
  readonly family: (id: string) => string;
  /** Anchor of a model's or family's section. */
  readonly anchor: (kind: 'model' | 'family', name: string) => string;
}

/**
 * Addresses from names of any kind: letters, digits and dashes only, never empty, never twice, with a word in front so that no
 * name is one that a system reserves. `Broad (a/b)` is `model-broad-a-b`.
 */
export function addresses({ models, families }: Leaderboard, singleFile: boolean): Addresses {
  const anchors = {
    model: unique(
      'model',
      models.map(({ model }) => model),
    ),
    family: unique(
      'family',
      families.map(({ family }) => family),
    ),
  };
  const anchor: Addresses['anchor'] = (kind, name) => anchors[kind].get(name) ?? kind;
  const to = (kind: 'model' | 'family') => (name: string) =>
    singleFile ? `#${anchor(kind, name)}` : `${anchor(kind, name)}.html`;
  return { index: singleFile ? '#main' : 'index.html', model: to('model'), family: to('family'), anchor };
}

function unique(kind: string, names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const slug = name
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '')
        .slice(0, 60);
      const stem = slug === '' ? kind : `${kind}-${slug}`;
      let address = stem;
      for (let count = 2; taken.has(address) || address === kind; count++) address = `${stem}-${count}`;
      taken.add(address);
      return [name, address];
    }),
  );
}
