import { SkiagramError } from '../../base/error.ts';

/**
 * `value` as an object.
 *
 * @param file base name of the file, for the error
 * @param place where in it, e.g. `configs.arc_easy`; empty for the top
 * @throws SkiagramError `results-unreadable`
 */
export function object(value: unknown, file: string, place: string): Readonly<Record<string, unknown>> {
  const found = maybeObject(value);
  if (found) return found;
  throw unreadable(file, place, 'an object', value);
}

export function maybeObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** `value[key]` where `value` is an object that has it as its own, else undefined. */
export function own(value: unknown, key: string): unknown {
  const found = maybeObject(value);
  return found && Object.hasOwn(found, key) ? found[key] : undefined;
}

export function maybeString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A finite number, else null. */
export function maybeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function maybeCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** What was expected at a place of a file and what was there. */
export function unreadable(file: string, place: string, expected: string, received: unknown): SkiagramError {
  return new SkiagramError({
    code: 'results-unreadable',
    message: `${file}: expected ${expected} at ${place === '' ? 'the top' : place}, found ${named(received)}.`,
    hint: 'The file may be cut short, edited, or written by another program.',
  });
}

function named(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(value).slice(0, 60);
}
