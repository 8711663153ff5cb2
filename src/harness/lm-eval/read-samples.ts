import { basename } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import type { RawSample } from '../raw-run.ts';
import { type SampleLimits, sampleLimits, sampleLines } from './sample-lines.ts';
import { sampleRow } from './sample-row.ts';

export interface TaskSamples {
  readonly samples: RawSample[];
  readonly sha256: string;
  /** Documents (per filter) that the model answered with a number that is none. */
  readonly nonFinite: number;
  /** Metrics that were left out, in order of their names. */
  readonly notScalar: readonly string[];
}

/** Most rows of one task that are kept in memory (about 500 bytes each). The largest public task has 0.2 million. */
const maxRows = 2_000_000;

/**
 * Reads the per-document results of one task. A metric that is not a number in [0, 1] for even one document is left
 * out for all: what remained would be a biased part.
 *
 * @throws SkiagramError `samples-duplicate` for a document that comes twice under one filter, `samples-unreadable`,
 *   `samples-too-large`
 */
export async function readSamples(
  file: string,
  task: { metrics: readonly string[]; outputType: string | null },
  limits: SampleLimits = sampleLimits,
): Promise<TaskSamples> {
  const name = basename(file);
  const samples: RawSample[] = [];
  const notScalar = new Set<string>();
  const seen = new Set<string>();
  let nonFinite = 0;
  const lines = sampleLines(file, limits);
  for await (const line of lines) {
    const row = sampleRow(line, { file: name, ...task });
    const key = `${row.sample.docId} ${row.sample.filter}`;
    if (seen.has(key)) throw duplicate(name, line.number, row.sample);
    seen.add(key);
    if (samples.push(row.sample) > maxRows)
      throw new SkiagramError({
        code: 'samples-too-large',
        message: `${name} is not read: it has more than ${maxRows} rows.`,
        hint: 'Move it away to use the totals alone.',
      });
    for (const metric of row.notScalar) notScalar.add(metric);
    if (row.nonFinite) nonFinite++;
  }
  for (const sample of samples) for (const metric of notScalar) delete sample.metrics[metric];
  return { samples, sha256: lines.sha256(), nonFinite, notScalar: [...notScalar].sort() };
}

function duplicate(file: string, line: number, { docId, filter }: RawSample): SkiagramError {
  return new SkiagramError({
    code: 'samples-duplicate',
    message: `${file}, line ${line}: document ${docId} comes a second time under filter '${filter}'.`,
    hint: 'Two runs may have been joined into one file: keep one file per run.',
  });
}
