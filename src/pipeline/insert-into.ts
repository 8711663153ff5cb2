import { isUtf8 } from 'node:buffer';
import { readFile, realpath } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import type { CardFormatId } from '../card/format.ts';
import { insertCard } from '../card/insert/insert-card.ts';
import type { LeftOut, ModelCard } from '../card/model-card.ts';
import { modelIndexEntry } from '../card/model-index-entry.ts';
import { diskError, writeWhole } from '../store/write.ts';
import { cardFiles } from './run-cards.ts';

/** Longest README that is read. */
const maxBytes = 8 * 1024 * 1024;

/** What became of a README. */
export interface Inserted {
  readonly text: string;
  readonly changed: boolean;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Puts a card into a README on disk, which is made where it is missing, and written whole or not at all. A link is followed.
 *
 * @throws SkiagramError `card-markers`, `card-front-matter`, `readme-unreadable`, `output-unwritable`
 */
export async function insertInto(path: string, card: ModelCard, formats: readonly CardFormatId[]): Promise<Inserted> {
  const before = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw diskError(path, cause);
  });
  const inserted = insertedInto(before ?? Buffer.alloc(0), path, card, formats);
  if (inserted.changed) await writeWhole(before ? await realpath(path) : path, inserted.text);
  return inserted;
}

/** The same on bytes: what the README would be. */
export function insertedInto(
  before: Uint8Array,
  file: string,
  card: ModelCard,
  formats: readonly CardFormatId[],
): Inserted {
  if (before.length > maxBytes || !isUtf8(before))
    throw new SkiagramError({
      code: 'readme-unreadable',
      message: `${file} ${before.length > maxBytes ? `has more than ${maxBytes} bytes` : 'is not UTF-8'}.`,
      hint: 'Save it as UTF-8; the card is then added to it.',
    });
  const text = Buffer.from(before).toString('utf8');
  const section = formats.includes('md') ? cardFiles(card, ['md']).files[0]?.text : undefined;
  const found = formats.includes('model-index') ? modelIndexEntry(card) : { entry: undefined, leftOut: [] };
  const inserted = insertCard(text, { section, entry: found.entry }, file);
  return { text: inserted.text, changed: inserted.text !== text, leftOut: [...found.leftOut, ...inserted.leftOut] };
}
