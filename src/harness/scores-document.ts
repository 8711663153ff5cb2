import Type from 'typebox';
import { RawRun, RawTask } from './raw-run.ts';

const closed = { additionalProperties: false } as const;

const { samples: _items, ...taskProperties } = RawTask.properties;
const { tasks: _tasks, ...runProperties } = RawRun.properties;

/**
 * Artifact `scores/<id>.json`: every suite's results of one checkpoint. Per-item results lie beside it as Parquet
 * (one row an item, filter and metric), since a million of them make no good JSON.
 */
export const ScoresDocument = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    checkpoint: Type.String(),
    runs: Type.Array(
      Type.Object(
        {
          ...runProperties,
          tasks: Type.Array(
            Type.Object(
              { ...taskProperties, items: Type.Integer({ description: 'Rows of per-item results.' }) },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    samples: Type.Union([Type.String(), Type.Null()], {
      description: 'Parquet file with the per-item results, relative to the run folder; null where there are none.',
    }),
  },
  closed,
);
export type ScoresDocument = Type.Static<typeof ScoresDocument>;

/** The document of a checkpoint's runs, without their per-item results. */
export function scoresDocument(checkpoint: string, runs: readonly RawRun[], samples: string | null): ScoresDocument {
  return {
    schemaVersion: '1.0',
    checkpoint,
    runs: runs.map((run) => ({
      ...run,
      tasks: run.tasks.map(({ samples: items, ...task }) => ({ ...task, items: items.length })),
    })),
    samples,
  };
}
