import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toErrorInfo } from '../base/error.ts';
import type { SpectrumCache } from '../diagnostics/spectrum-cache.ts';
import type { JournalEntry } from '../store/journal.ts';
import type { RunFolder } from '../store/run-folder.ts';
import { writeWhole } from '../store/write.ts';

const events: Readonly<Record<string, JournalEntry['event']>> = {
  spectrum: 'spectrum',
  pair: 'pair-moments',
  null: 'null-spectrum',
};

/**
 * Spectra and pair sums in a run folder, so that a killed run computes none twice; what was computed stands in its
 * journal. Throws `disk-full` and `output-unwritable`.
 */
export function spectrumStore(folder: RunFolder): SpectrumCache {
  const files = spectrumFiles(folder.path('spectra'));
  return {
    get: files.get,
    async set(key, values) {
      await files.set(key, values);
      await folder.journal.append(events[key.split(':', 1)[0] ?? ''] ?? 'spectrum', key);
    },
  };
}

/** A cache that outlives the command, and how often it was of use. */
export interface UserCache extends SpectrumCache {
  /** Results asked for so far, each counted once: computed in this process, and read from an earlier one. */
  readonly counts: { readonly computed: number; readonly reused: number };
}

/**
 * Spectra and pair sums in the user's cache folder, or only in memory where `folder` is undefined. It never fails: where the folder
 * cannot be written, `warn` is told once and the rest is kept in memory.
 */
export function userCache(folder: string | undefined, warn: (text: string) => void): UserCache {
  const memory = new Map<string, Float64Array>();
  const counted = new Set<string>();
  const counts = { computed: 0, reused: 0 };
  let files = folder === undefined ? undefined : spectrumFiles(join(folder, 'spectra'));
  const count = (key: string, as: keyof typeof counts): void => {
    if (!counted.has(key)) counts[as] += 1;
    counted.add(key);
  };
  return {
    counts,
    async get(key) {
      const values = memory.get(key) ?? (await files?.get(key));
      if (values) count(key, 'reused');
      return values;
    },
    async set(key, values) {
      count(key, 'computed');
      try {
        await files?.set(key, values);
      } catch (error) {
        if (files) warn(`Results are not kept for the next time: ${toErrorInfo(error).message}`);
        files = undefined;
      }
      if (!files) memory.set(key, values);
    },
  };
}

/**
 * One small file each under `root`: a SHA-256 of the numbers followed by the numbers (float64, little-endian), written
 * whole or not at all. One that does not match its hash is taken for absent, and so computed anew.
 */
function spectrumFiles(root: string): SpectrumCache {
  const pathOf = (key: string): string => {
    const digest = createHash('sha256').update(key).digest('hex');
    return join(root, digest.slice(0, 2), `${digest.slice(2)}.f64`);
  };
  return {
    async get(key) {
      const bytes = await readFile(pathOf(key)).catch(() => undefined);
      if (!bytes || bytes.length < 32 || bytes.length % 8 !== 0) return undefined;
      const body = bytes.subarray(32);
      if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, 32))) return undefined;
      return new Float64Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength));
    },
    async set(key, values) {
      const body = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      await writeWhole(pathOf(key), Buffer.concat([createHash('sha256').update(body).digest(), body]));
    },
  };
}
