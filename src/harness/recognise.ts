import { SkiagramError } from '../base/error.ts';
import type { ResultFormat } from '../base/result-formats.ts';
import type { Reader } from './reader.ts';
import { readers } from './readers.ts';
import type { Source, SourceFile } from './source/open-source.ts';

/** A source with the format it is in and the files that head its results. */
export interface Recognised {
  readonly format: ResultFormat;
  readonly heads: readonly SourceFile[];
}

const known = Object.entries(readers) as readonly (readonly [ResultFormat, Reader])[];

/**
 * Finds the format of results by looking into the files; names only help. A format that the user names is taken at
 * their word where its reader finds a head.
 *
 * @throws SkiagramError `format-unknown` where no reader knows a file, `format-ambiguous` where files of several formats lie there
 */
export async function recognise(source: Source, named?: ResultFormat): Promise<Recognised> {
  const asked = known.filter(([format]) => named === undefined || format === named);
  const found = await ask(asked.filter(([, reader]) => named !== undefined || !reader.lastResort));
  if (found.size === 0)
    for (const entry of await ask(asked.filter(([, reader]) => reader.lastResort))) found.set(...entry);
  const [first, ...others] = [...found];
  if (first === undefined) throw unknown(source, named);
  if (others.length > 0)
    throw new SkiagramError({
      code: 'format-ambiguous',
      message: `${source.path} holds results in several formats: ${[first, ...others].map(([format, heads]) => `${format} (${heads[0]?.name})`).join(', ')}.`,
      hint: 'Name one of them with --format, or import the folders one by one.',
    });
  return { format: first[0], heads: first[1] };

  async function ask(asking: typeof known): Promise<Map<ResultFormat, SourceFile[]>> {
    const heads = new Map<ResultFormat, SourceFile[]>();
    for (const file of source.files) {
      const shown = headReadOnce(file);
      for (const [format, reader] of asking)
        if (await reader.recognises(shown)) heads.set(format, [...(heads.get(format) ?? []), file]);
    }
    return heads;
  }
}

/** The same file for every reader to look at; its head is read for the first that asks, and let go with this object. */
function headReadOnce(file: SourceFile): SourceFile {
  let head: Promise<Buffer> | undefined;
  return {
    ...file,
    head: () => {
      head ??= file.head();
      return head;
    },
  };
}

function unknown(source: Source, named: ResultFormat | undefined): SkiagramError {
  const names = source.files.slice(0, 3).map((file) => file.name);
  const more = source.files.length > names.length ? `, … (${source.files.length} files)` : '';
  const formats = named === undefined ? known : known.filter(([format]) => format === named);
  return new SkiagramError({
    code: 'format-unknown',
    message: `No results ${named === undefined ? 'in a known format' : `of format ${named}`} in ${source.path}: ${names.length > 0 ? `looked into ${names.join(', ')}${more}` : nothing(source)}.`,
    hint: `Known: ${formats.map(([format, reader]) => `${format} (${reader.reads})`).join('; ')}.`,
  });
}

/** Why there was no file to look into. */
function nothing({ leftOut: [passed] }: Source): string {
  return passed === undefined ? 'the folder is empty' : `no file to look into; ${passed.what} is ${passed.reason}`;
}
