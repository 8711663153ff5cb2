import type { RawRuns } from '../harness/raw-runs.ts';
import { sampleTable } from '../harness/sample-table.ts';
import { ScoresDocument, scoresDocument } from '../harness/scores-document.ts';
import { writeParquet } from '../store/parquet-file.ts';
import type { RunFolder } from '../store/run-folder.ts';

/** Runs of one checkpoint -> `samples/<id>.parquet` and `scores/<id>.json`. Throws as writing a file does. */
export async function writeScores(folder: RunFolder, id: string, runs: RawRuns): Promise<void> {
  const table = sampleTable(id, runs.runs);
  const rows = table.columns[0]?.data.length ?? 0;
  const place = rows > 0 ? `samples/${id}.parquet` : null;
  if (place !== null) await writeParquet(folder.path(place), table);
  await folder.write(ScoresDocument, `scores/${id}.json`, scoresDocument(id, runs.runs, place));
}
