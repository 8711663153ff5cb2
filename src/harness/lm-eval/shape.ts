/** `value` where it is an object. */
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
