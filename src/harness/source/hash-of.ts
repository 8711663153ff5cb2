import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a value's JSON: equal for equal inputs, whatever machine or harness run they come from. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
