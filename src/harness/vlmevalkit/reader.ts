import Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { mergeRuns } from '../merge-runs.ts';
import type { RawRun } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { checked } from '../source/checked.ts';
import { parseDelimited } from '../source/delimited.ts';
import type { SourceFile } from '../source/open-source.ts';
import type { TableCell, TableRows } from '../source/table-rows.ts';
import { unreadableTable } from '../source/table-rows.ts';
import { unitWarnings } from '../unit-warning.ts';
import { scoreFile } from './file-name.ts';
import { summary } from './summary.ts';

/** Scores of VLMEvalKit: one small file a model and dataset. */
export const vlmevalkit: Reader = {
  title: 'VLMEvalKit',
  reads: '`<model>/<model>_<dataset>_acc.csv`, `_score.csv` or `_score.json`',
  async recognises(file) {
    if (scoreFile(file.path) === undefined) return false;
    const head = (await file.head()).toString('utf8');
    return /"?(?:split|Overall|acc|Task&Skill|Subject|Category|perception|Final Score|Avg ACC|aAcc)"?\s*[,:"\r\n]/.test(
      head,
    );
  },
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(await readScores(head, options));
    // Folders are named by the machine's clock without a zone: good to tell which run is newer, not to say when it was.
    return mergeRuns(runs).map((run) => ({ ...run, date: null }));
  },
};

async function readScores(file: SourceFile, { suite, fingerprint }: ReadOptions): Promise<RawRun> {
  const named = scoreFile(file.path);
  if (named === undefined)
    throw new SkiagramError({
      code: 'results-malformed',
      message: `${file.name}: its name is not <model>_<dataset>_acc.csv with the model's folder above it, so nothing says where the model ends and the dataset begins.`,
      hint: 'Import the folder outputs/<model> as VLMEvalKit wrote it.',
    });
  const { metrics, n, leftOut } = summary(await parsed(file), named.dataset, file.name);
  const lost = metrics.filter(({ value }) => value === null).map(({ metric, filter }) => `${metric},${filter}`);
  return {
    schemaVersion: '1.0',
    harness: 'vlmevalkit',
    harnessVersion: null,
    model: named.model,
    suite,
    fingerprint,
    settings: {},
    date: named.run?.replace(/_.*$/, '') ?? null,
    files: [{ name: file.name, sha256: await file.sha256() }],
    tasks: [
      {
        task: named.dataset,
        version: null,
        nShot: null,
        outputType: null,
        hash: null,
        protocol: protocolOf(named.dataset, named.judge),
        n,
        nOriginal: null,
        metrics,
        samples: [],
        warnings: [
          ...(lost.length > 0
            ? [{ code: 'non-finite-score', message: `VLMEvalKit wrote no number for ${lost.join(', ')}.` }]
            : []),
          ...unitWarnings(metrics),
        ],
      },
    ],
    leftOut,
  };
}

const Cells = Type.Record(Type.String(), Type.Unknown());

/** A table of the file, whether CSV, a list of rows as JSON, or one object. */
async function parsed(file: SourceFile): Promise<TableRows> {
  if (/\.csv$/i.test(file.name)) return parseDelimited(await file.bytes(), file.name, ',');
  const { value } = await file.json();
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw unreadableTable(file.name, 'there are no rows');
  const records = list.map((entry, index) =>
    checked(Cells, entry, file.name, Array.isArray(value) ? `[${index}]` : ''),
  );
  return {
    columns: [...new Set(records.flatMap((record) => Object.keys(record)))],
    rows: records.map((record, index) => ({
      place: Array.isArray(value) ? `[${index}]` : 'the top',
      cells: new Map(Object.entries(record).map(([key, cell]) => [key, asCell(cell)])),
    })),
  };
}

function asCell(value: unknown): TableCell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return JSON.stringify(value).slice(0, 60);
}

/**
 * VLMEvalKit asks an item of these datasets in every rotation of its options and counts it only where all are right
 * (`circular` in vlmeval/dataset/image_mcq.py); a judge reads the answers.
 */
function protocolOf(dataset: string, judge: string | null): string | null {
  const parts = [
    ...(/mmbench|ccbench|circular|mmcr/i.test(dataset) ? ['circular'] : []),
    ...(judge === null ? [] : [`judged by ${judge}`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
