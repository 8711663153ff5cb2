import Type from 'typebox';

const Column = (what: string) =>
  Type.Optional(Type.String({ minLength: 1, description: `Column that holds ${what}.` }));

/**
 * How the columns of a table (CSV, TSV or Parquet) are to be read. With `item` every row is one answer to one item;
 * without it every row is one score.
 */
export const TableMapping = Type.Object(
  {
    model: Column('the name of the model'),
    task: Column('the task'),
    metric: Column('the name of the metric'),
    filter: Column('the filter of the harness'),
    value: Column('the score, or the score of one item'),
    stderr: Column('the standard error of the score'),
    n: Column('the number of items behind the score'),
    item: Column('what identifies an item within its task'),
    cluster: Column('what groups items that share a passage, an image or a template'),
    version: Column('the version of the task'),
    shots: Column('the number of examples in the prompt'),
    /** Said once for all rows where there is no such column. */
    constant: Type.Optional(
      Type.Partial(
        Type.Object({ model: Type.String(), task: Type.String(), metric: Type.String(), filter: Type.String() }),
        { additionalProperties: false, description: 'Values for all rows where the table has no such column.' },
      ),
    ),
    scale: Type.Optional(
      Type.Enum(['proportion', 'percent', 'points'], {
        description: 'proportion: 0 to 1. percent: 0 to 100. points: the scale that the families file gives as max.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type TableMapping = Type.Static<typeof TableMapping>;
