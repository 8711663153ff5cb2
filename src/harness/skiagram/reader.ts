import Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { RawRun, type RawTask } from '../raw-run.ts';
import { RawRuns } from '../raw-runs.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { disagreeing } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { jsonHead } from '../source/json-head.ts';

/** Our own normal form, read back: one run, or all runs of a checkpoint as `skiagram import --out` writes them. */
export const skiagram: Reader = {
  title: 'Skiagram',
  reads: 'a document of `skiagram import --out`: one run, or `{schemaVersion, runs}`',
  recognises: (file) =>
    jsonHead(file, {
      likely: /"schemaVersion"\s*:/,
      is: isDocument,
      certain: /"harnessVersion"\s*:/,
    }),
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) {
      const { value } = await head.json();
      const whole = Object.hasOwn(Object(value), 'runs');
      const found = whole ? checked(RawRuns, value, head.name).runs : [checked(RawRun, value, head.name)];
      for (const [index, run] of found.entries()) {
        const place = whole ? `runs[${index}]` : '';
        refuseNonsense(run, head.name, place);
        runs.push(ofCheckpoint(run, head.name, place, options));
      }
    }
    return runs;
  },
};

function isDocument(value: unknown): boolean {
  const document = Object(value) as Record<string, unknown>;
  if (!Object.hasOwn(document, 'schemaVersion') || Object.hasOwn(document, 'checkpoint')) return false;
  const [first] = Array.isArray(document.runs) ? document.runs : [document];
  return ['harness', 'suite', 'tasks'].every((key) => Object.hasOwn(Object(first), key));
}

/**
 * The run for the suite and the weights that it is to be counted for. What the document says about its weights is kept
 * where nobody asks for others.
 */
function ofCheckpoint(run: RawRun, name: string, place: string, { suite, fingerprint }: ReadOptions): RawRun {
  if (fingerprint !== null && run.fingerprint !== null && run.fingerprint !== fingerprint)
    throw new SkiagramError({
      code: 'fingerprint-mismatch',
      message: `${name}: ${at(place, 'fingerprint')}: it scores the weights ${run.fingerprint}, not ${fingerprint}.`,
      hint: 'These results belong to another checkpoint.',
    });
  const tasks = run.tasks.map((task) => ({ ...task, warnings: [...task.warnings, ...newWarnings(task)] }));
  return { ...run, suite, fingerprint: run.fingerprint ?? fingerprint, tasks };
}

/** A document may have been edited since: its items still have to add up. */
function newWarnings(task: RawTask): RawTask['warnings'] {
  const known = new Set(task.warnings.map(({ code }) => code));
  return disagreeing(task.metrics, task.samples, task.n).filter(({ code }) => !known.has(code));
}

const Amount = Type.Union([Type.Number({ minimum: 0 }), Type.Null()]);
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Instant = Type.Union([Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' }), Type.Null()]);

/** What the schema cannot say: nothing comes twice, counts and errors are not negative, dates and hashes are such. */
function refuseNonsense(run: RawRun, name: string, place: string): void {
  checked(Instant, run.date, name, at(place, 'date'));
  for (const [index, file] of run.files.entries())
    checked(Hash, file.sha256, name, at(place, `files[${index}].sha256`));
  const tasks = new Map<string, string>();
  for (const [index, task] of run.tasks.entries()) {
    const here = at(place, `tasks[${index}]`);
    refuseTwice(tasks, task.task, here, (there) => twice('task-twice', `task "${task.task}"`, name, there, here));
    for (const key of ['n', 'nOriginal', 'nShot'] as const) checked(Amount, task[key], name, `${here}.${key}`);
    const metrics = new Map<string, string>();
    for (const [number, metric] of task.metrics.entries()) {
      const inner = `${here}.metrics[${number}]`;
      checked(Amount, metric.stderr, name, `${inner}.stderr`);
      const key = JSON.stringify([metric.metric, metric.filter]);
      refuseTwice(metrics, key, inner, (there) =>
        twice('task-twice', `${metric.metric},${metric.filter}`, name, there, inner),
      );
    }
    const samples = new Map<string, string>();
    for (const [number, { docId, filter }] of task.samples.entries()) {
      const inner = `${here}.samples[${number}]`;
      refuseTwice(samples, JSON.stringify([docId, filter]), inner, (there) =>
        twice('samples-duplicate', `item ${docId} under filter '${filter}'`, name, there, inner),
      );
    }
  }
}

function refuseTwice(seen: Map<string, string>, key: string, place: string, error: (there: string) => Error): void {
  const earlier = seen.get(key);
  if (earlier !== undefined) throw error(earlier);
  seen.set(key, place);
}

function twice(code: string, what: string, name: string, there: string, here: string): SkiagramError {
  return new SkiagramError({
    code,
    message: `${name}: ${what} comes twice, at ${there} and ${here}.`,
    hint: 'The document was edited or joined by hand: keep one of them.',
  });
}

function at(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
