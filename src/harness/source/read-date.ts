import { malformed } from './malformed.ts';

/**
 * A date as ISO 8601 in UTC; null for null and nothing. Takes ISO 8601 and, where asked, seconds since 1970 as a number
 * or as text.
 *
 * @throws SkiagramError `results-malformed` for any other text and for times beyond the year 9999
 * @example `readDate('2026-11-25T02:12:35+00:00', 'log.json', 'eval.created')` is `2026-11-25T02:12:35.000Z`.
 */
export function readDate(
  value: string | number | null | undefined,
  file: string,
  at: string,
  epoch = false,
): string | null {
  if (value === null || value === undefined) return null;
  const seconds = typeof value === 'number' || /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  const milliseconds = epoch && seconds !== undefined ? seconds * 1000 : parsed(value);
  if (!(milliseconds >= 0 && milliseconds < Date.UTC(10_000, 0)))
    throw malformed(file, at, `no date; received ${JSON.stringify(value).slice(0, 60)}`);
  return new Date(milliseconds).toISOString();
}

/** Without a zone it is read as UTC, so that the result does not depend on this machine. */
function parsed(value: string | number): number {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    String(value),
  );
  return found ? Date.parse(`${found[1]}T${found[2] ?? '00:00'}${found[3] ?? 'Z'}`) : Number.NaN;
}
