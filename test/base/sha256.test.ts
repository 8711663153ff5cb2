import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256Base64 } from '../../src/base/sha256.ts';

test.each(['', 'abc', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'ä→𝄞'.repeat(300), 'x'.repeat(100_000)])(
  'is what Node computes (%#)',
  (text) => {
    expect(sha256Base64(text)).toBe(createHash('sha256').update(text).digest('base64'));
  },
);
