import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { float8 } from '../../src/spectrum/float8.ts';

/** What torch reads from every byte, three tables of 256 (test/checkpoint/fixtures/make.py). */
const bytes = new Uint8Array(readFileSync(new URL('../checkpoint/fixtures/float8.bin', import.meta.url)));
const tables = new Float64Array(bytes.buffer);

test.each([...['F8_E4M3', 'F8_E5M2', 'F8_E8M0'].entries()])(
  'table %i, %s, has torch’s number for each of 256 patterns',
  (index, dtype) => {
    expect([...(float8[dtype] ?? [])]).toEqual([...tables.subarray(index * 256, index * 256 + 256)]);
  },
);
