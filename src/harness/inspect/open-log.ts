import { SkiagramError } from '../../base/error.ts';
import type { LeftOut } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import { parseJson } from '../source/json.ts';
import type { SourceFile } from '../source/open-source.ts';
import { openZip } from '../source/zip.ts';
import { InspectLog, InspectSample, InspectStatus } from './log.ts';

/** One log: what it says of the run, and its samples one by one, each with the place it came from. */
export interface OpenLog {
  readonly log: InspectLog;
  readonly samples: Iterable<{ sample: InspectSample; at: string }>;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Opens a log of Inspect: an archive (`.eval`) or JSON. Samples are unpacked and parsed as they are asked for, so a log
 * of gigabytes needs the memory of one sample.
 *
 * @throws SkiagramError `run-incomplete` where the run died, was cancelled or failed; `results-malformed`,
 *   `zip-corrupt`, `zip-too-large` also while samples are iterated
 */
export async function openLog(file: SourceFile): Promise<OpenLog> {
  return isZip(await file.head()) ? archive(file) : plain(file);
}

/** Local header of an entry, or the end record of an archive without entries (APPNOTE.TXT 4.3). */
export function isZip(head: Buffer): boolean {
  return head.length >= 4 && [0x04034b50, 0x06054b50].includes(head.readUInt32LE(0));
}

async function plain(file: SourceFile): Promise<OpenLog> {
  const { value } = await file.json();
  const log = finished(value, file.name);
  return { log, samples: entries(), leftOut: [] };

  function* entries(): Generator<{ sample: InspectSample; at: string }> {
    for (const [index, sample] of (log.samples ?? []).entries()) {
      const at = `samples[${index}]`;
      yield { sample: checked(InspectSample, sample, file.name, at), at };
    }
  }
}

async function archive(file: SourceFile): Promise<OpenLog> {
  const zip = await openZip(await file.bytes(), file.name);
  const header = zip.read('header.json');
  if (header === undefined)
    throw new SkiagramError({
      code: 'run-incomplete',
      message: `${file.name}: header.json: there is no such entry: the run died before it was finished.`,
      hint: 'Run the task again, or finish it with `inspect eval-retry`.',
    });
  const log = finished(
    parseJson(header.toString('utf8'), `${file.name}: header.json`).value,
    `${file.name}: header.json`,
  );
  const names = zip.names.filter((name) => /^samples\/.+\.json$/.test(name));
  const repeated = zip.repeated.map((name) => ({
    what: `${file.name}: ${name}`,
    reason: 'the archive holds several entries of this name; the last one was read',
  }));
  return { log, samples: entries(), leftOut: repeated };

  function* entries(): Generator<{ sample: InspectSample; at: string }> {
    for (const name of names) {
      const where = `${file.name}: ${name}`;
      const { value } = parseJson((zip.read(name) as Buffer).toString('utf8'), where);
      yield { sample: checked(InspectSample, value, where), at: name };
    }
  }
}

function finished(value: unknown, name: string): InspectLog {
  const { status, error } = checked(InspectStatus, value, name);
  if (status !== 'success')
    throw new SkiagramError({
      code: 'run-incomplete',
      message: `${name}: status: the run is "${status}"${error?.message ? `: ${error.message.slice(0, 200)}` : ''}. Its scores, if any, are of a part.`,
      hint: 'Run the task again, or finish it with `inspect eval-retry`.',
    });
  const log = checked(InspectLog, value, name);
  if (log.version > 2)
    throw new SkiagramError({
      code: 'results-malformed',
      message: `${name}: version: logs of version 1 and 2 are known; received ${log.version}.`,
      hint: 'Update Skiagram, or convert the log with the Inspect that wrote it.',
    });
  return log;
}
