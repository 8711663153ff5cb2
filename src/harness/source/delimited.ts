import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import type { TableRow, TableRows } from './table-rows.ts';
import { unreadableTable } from './table-rows.ts';

/** Longest cell and most rows that are read; a real table of items has some thousand rows of some hundred bytes. */
const limits = { recordBytes: 4 * 1024 * 1024, rows: 2_000_000, columns: 2_000 };

/**
 * Parses a CSV or TSV file whose first line names the columns. Quotes follow RFC 4180; a byte order mark and Windows
 * line ends are taken; blank lines are passed over. Cells stay text: nothing is evaluated or trimmed.
 *
 * @param name shown in errors
 * @throws SkiagramError `results-malformed` with line and column: no UTF-8, ragged rows, bad quotes, a column that
 *   comes twice or has no name, an empty file
 */
export function parseDelimited(bytes: Buffer, name: string, delimiter: ',' | '\t'): TableRows {
  refuseEncodings(bytes, name);
  const records = parsed(bytes, name, delimiter);
  const [header, ...body] = records;
  if (header === undefined) throw unreadableTable(name, 'it is empty');
  const columns = header.record;
  if (columns.length > limits.columns) throw unreadableTable(`${name}:1`, `it has ${columns.length} columns`);
  for (const [index, column] of columns.entries()) {
    if (column.trim() === '') throw unreadableTable(`${name}:1`, `column ${index + 1} has no name`);
    const first = columns.indexOf(column);
    if (first !== index)
      throw unreadableTable(`${name}:1`, `the column "${column}" comes twice, as column ${first + 1} and ${index + 1}`);
  }
  const rows: TableRow[] = [];
  // A record ends on the line that is counted, so it begins one after the end of the record before it.
  let end = header.info.lines;
  for (const { record, info } of body) {
    const place = `line ${end + 1}`;
    if (record.length !== columns.length)
      throw unreadableTable(
        `${name}:${end + 1}`,
        `this row has ${record.length} cells, the header ${columns.length} columns`,
      );
    rows.push({ place, cells: new Map(columns.map((column, index) => [column, record[index] ?? ''])) });
    end = info.lines;
    if (rows.length > limits.rows) throw unreadableTable(name, `it has more than ${limits.rows} rows`);
  }
  if (rows.length === 0) throw unreadableTable(`${name}:1`, 'there are no rows below the names of the columns');
  return { columns, rows };
}

interface Recorded {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parsed(bytes: Buffer, name: string, delimiter: string): readonly Recorded[] {
  try {
    return parse(bytes, {
      delimiter,
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: limits.recordBytes,
    }) as unknown as Recorded[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines } = cause as CsvError & { readonly lines?: number };
    throw unreadableTable(`${name}:${lines ?? 1}`, faults[cause.code] ?? cause.message, cause);
  }
}

/** What csv-parse found, in words of ours; anything else keeps its own message. */
const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'there is text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell that is not quoted',
  CSV_MAX_RECORD_SIZE: `a row is longer than ${limits.recordBytes} characters`,
};

function refuseEncodings(bytes: Buffer, name: string): void {
  if (bytes.length === 0) throw unreadableTable(name, 'it is empty');
  const [first, second] = bytes;
  const nul = bytes.indexOf(0);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw unreadableTable(`${name}:1`, 'it is UTF-16; save it as UTF-8');
  if (nul !== -1) throw unreadableTable(`${name}:${lineAt(bytes, nul)}`, 'it holds a NUL byte, so it is no text');
  if (!isUtf8(bytes)) throw unreadableTable(`${name}:${lineAt(bytes, notUtf8(bytes))}`, 'it is not UTF-8');
}

function lineAt(bytes: Buffer, at: number): number {
  let line = 1;
  for (let next = bytes.indexOf(10); next !== -1 && next < at; next = bytes.indexOf(10, next + 1)) line++;
  return line;
}

/** First line that is no UTF-8, as the place of its first byte. */
function notUtf8(bytes: Buffer): number {
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return start;
    start = end + 1;
  }
  return start;
}
