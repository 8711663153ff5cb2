import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import { type RecordedRow, recordedInvalid, recordedRow, type WrittenRow } from '../diagnostics/recorded-row.ts';
import { parseDelimited } from '../harness/source/delimited.ts';
import { countCell, numberCell, type TableCell, type TableRows, textCell } from '../harness/source/table-rows.ts';

/** Columns of the table; keys of a row in JSON. `checkpoint`, `diagnostic`, `value` and `source` must be there. */
const columns = ['checkpoint', 'base', 'group', 'role', 'depth', 'diagnostic', 'value', 'k', 'n', 'source'] as const;
const needed = ['checkpoint', 'diagnostic', 'value', 'source'] as const;

/** A model of 80 blocks with 20 diagnostics a matrix has some 11,000 rows; 64 MiB hold a hundred such. */
const maxBytes = 64 * 1024 * 1024;

/** Recorded diagnostics of one file: all its rows, checked, and a name for what they were read from. */
export interface RecordedFile {
  readonly rows: readonly RecordedRow[];
  /** `recorded:` and the SHA-256 of the file. */
  readonly fingerprint: string;
}

/**
 * Reads diagnostics that somebody else measured: a CSV whose first line names the columns, or JSON with a list of rows with the same keys.
 *
 * @param bases ids of all checkpoints of the config, each with its base
 * @throws SkiagramError `recorded-missing`, `results-malformed` where it is no table, `recorded-invalid` with file, line and hint
 */
export async function readRecordedDiagnostics(
  folder: string,
  written: string,
  bases: ReadonlyMap<string, string | undefined>,
): Promise<RecordedFile> {
  const path = resolve(folder, written);
  const name = basename(path);
  const bytes = await contents(path, name);
  const table = /\.json$/i.test(name) ? jsonTable(bytes, name) : parseDelimited(bytes, name, ',');
  const stranger = table.columns.find((column) => !(columns as readonly string[]).includes(column));
  if (stranger !== undefined)
    throw recordedInvalid(
      `${name}:1`,
      `there is a column "${stranger.slice(0, 60)}"`,
      `Columns are ${columns.join(', ')}.`,
    );
  const lacking = needed.find((column) => !table.columns.includes(column));
  if (lacking !== undefined)
    throw recordedInvalid(`${name}:1`, `there is no column "${lacking}"`, `Columns are ${columns.join(', ')}.`);
  const seen = new Map<string, string>();
  const rows = table.rows.map((cells): RecordedRow => {
    const place = `${name}, ${cells.place}`;
    const text = (column: string): string | null => textCell(cells, column);
    const row: WrittenRow = {
      place,
      checkpoint: text('checkpoint'),
      base: text('base'),
      group: text('group'),
      role: text('role'),
      depth: countCell(name, cells, 'depth', 0),
      diagnostic: text('diagnostic'),
      value: numberCell(name, cells, 'value'),
      k: countCell(name, cells, 'k', 0),
      n: countCell(name, cells, 'n', 1),
      source: text('source'),
    };
    const known = recordedRow(row, bases);
    const key = JSON.stringify([known.checkpoint, known.base, known.group, known.role, known.depth, known.diagnostic]);
    const earlier = seen.get(key);
    if (earlier !== undefined)
      throw recordedInvalid(
        place,
        `${known.diagnostic} of "${known.checkpoint}" was already given in ${earlier}`,
        'Keep one.',
      );
    seen.set(key, cells.place);
    return known;
  });
  return { rows, fingerprint: `recorded:${createHash('sha256').update(bytes).digest('hex')}` };
}

async function contents(path: string, name: string): Promise<Buffer> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile())
    throw new SkiagramError({
      code: 'recorded-missing',
      message: `There is no file ${name} with recorded diagnostics.`,
      hint: 'Check `diagnostics` of the checkpoint; it is relative to the config.',
    });
  if (found.size > maxBytes)
    throw recordedInvalid(name, `it has ${found.size} bytes`, 'Files of up to 64 MiB are read.');
  return readFile(path);
}

/** A list of flat objects as a table; places count rows from 1. */
function jsonTable(bytes: Buffer, name: string): TableRows {
  let list: unknown;
  try {
    list = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw recordedInvalid(
      name,
      `it is no JSON (${(cause as Error).message.slice(0, 120)})`,
      'Write a list of rows, or CSV.',
    );
  }
  if (!Array.isArray(list) || list.length === 0)
    throw recordedInvalid(
      name,
      'it holds no list of rows',
      `Write [{${needed.map((key) => `"${key}": …`).join(', ')}}].`,
    );
  const rows = list.map((entry: unknown, index) => {
    const place = `row ${index + 1}`;
    const cells = Object.entries(typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : {});
    const odd = cells.find(([, cell]) => cell !== null && typeof cell === 'object');
    if (cells.length === 0 || odd)
      throw recordedInvalid(
        `${name}, ${place}`,
        odd ? `"${odd[0]}" is no single value` : 'it is no row',
        'Keep rows flat.',
      );
    return { place, cells: new Map(cells as [string, TableCell][]) };
  });
  return { columns: [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))], rows };
}
