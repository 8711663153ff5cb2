import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SpectrumCache } from '../diagnostics/spectrum-cache.ts';
import type { JournalEntry } from '../store/journal.ts';
import type { RunFolder } from '../store/run-folder.ts';

const events: Readonly<Record<string, JournalEntry['event']>> = {
  spectrum: 'spectrum',
  pair: 'pair-moments',
  null: 'null-spectrum',
};

/**
 * Spectra and pair sums on disk, one small file each, so that a killed run computes none twice. A file is a SHA-256 of
 * its numbers followed by the numbers (float64, little-endian); one that does not match its hash is computed anew.
 */
export function spectrumStore(folder: RunFolder): SpectrumCache {
  const pathOf = (key: string): string => {
    const digest = createHash('sha256').update(key).digest('hex');
    return `spectra/${digest.slice(0, 2)}/${digest.slice(2)}.f64`;
  };
  return {
    async get(key) {
      const bytes = await readFile(folder.path(pathOf(key))).catch(() => undefined);
      if (!bytes || bytes.length < 32 || bytes.length % 8 !== 0) return undefined;
      const body = bytes.subarray(32);
      if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, 32))) return undefined;
      return new Float64Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength));
    },
    async set(key, values) {
      const body = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      await folder.writeText(pathOf(key), Buffer.concat([createHash('sha256').update(body).digest(), body]));
      await folder.journal.append(events[key.split(':', 1)[0] ?? ''] ?? 'spectrum', key);
    },
  };
}
