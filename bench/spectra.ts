import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from 'simple-statistics';
import { randomStream } from '../src/base/random.ts';
import { openCheckpoint } from '../src/checkpoint/open.ts';
import { diagnoseCheckpoint } from '../src/diagnostics/diagnose.ts';
import { openEngine } from '../src/spectrum/select.ts';

/**
 * Spectra and fits of one matrix (default 1024 × 4096, float32, one thread): this package's engine against
 * WeightWatcher's `analyze`, in turn, on the same file. `npm run bench:spectra [rows cols rounds]`; WeightWatcher is
 * timed where .venv has it. Prints medians and their ratio.
 */
const [rows = 1024, cols = 4096, rounds = 5] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'skiagram-bench-'));
const random = randomStream(2026);
const values = Float32Array.from({ length: rows * cols }, () => 0.02 * random.normal());
const header = Buffer.from(
  JSON.stringify({
    'model.layers.0.mlp.up_proj.weight': { dtype: 'F32', shape: [rows, cols], data_offsets: [0, values.byteLength] },
  }),
);
const length = Buffer.alloc(8);
length.writeBigUInt64LE(BigInt(header.length));
writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([length, header, Buffer.from(values.buffer)]));

const weightwatcher = `
import sys, time, logging, warnings
warnings.filterwarnings("ignore"); logging.disable(logging.CRITICAL)
import numpy as np, torch, weightwatcher as ww
from safetensors.torch import load_file
state = load_file(sys.argv[1] + "/model.safetensors")
start = time.perf_counter()
ww.WeightWatcher(model=state).analyze()
print("seconds", time.perf_counter() - start)
`;

const engine = await openEngine({ engine: 'auto', jobs: 1, onNotice: (text) => console.error(text) });
const [own, theirs]: [number[], number[]] = [[], []];
for (let round = 0; round <= rounds; round++) {
  const checkpoint = await openCheckpoint(folder);
  const start = performance.now();
  await diagnoseCheckpoint(checkpoint, engine);
  if (round > 0) own.push((performance.now() - start) / 1000);
  const result = spawnSync('.venv/bin/python', ['-c', weightwatcher, folder], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const seconds = Number(/seconds ([\d.]+)/.exec(result.stdout ?? '')?.[1]);
  if (round > 0 && Number.isFinite(seconds)) theirs.push(seconds);
}
await engine.close();
rmSync(folder, { recursive: true });
console.log(`${engine.description}, ${rows}×${cols}, median of ${rounds}: ${median(own).toFixed(3)} s`);
if (theirs.length > 0)
  console.log(
    `WeightWatcher analyze, one thread, median of ${theirs.length}: ${median(theirs).toFixed(3)} s; ratio ${(median(theirs) / median(own)).toFixed(1)}`,
  );
else console.log('WeightWatcher is not in .venv (python/requirements-reference.lock); no ratio.');
