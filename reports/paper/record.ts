import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDelimited } from '../../src/harness/source/delimited.ts';

/** A row of a CSV of the paper's numbers: text by column. */
export type Row = Readonly<Record<string, string>>;

/** Rows of `data/<name>.csv` under `folder`. */
export async function dataRows(folder: string, name: string): Promise<Row[]> {
  const { rows } = parseDelimited(await readFile(join(folder, 'data', `${name}.csv`)), `${name}.csv`, ',');
  return rows.map(({ cells }) => Object.fromEntries(cells) as Row);
}

const header = 'checkpoint,base,group,role,depth,diagnostic,value,k,n,source';

/**
 * Table 1, Figure 13 and the quoted values of Figures 5 and 9-11 -> recorded diagnostics under `recorded/`. A quoted range becomes its
 * middle, a range of layers one row a layer; the source of each row says so.
 */
export async function writeRecorded(folder: string): Promise<void> {
  const write = (name: string, lines: readonly string[]): Promise<void> =>
    writeFile(join(folder, 'recorded', `${name}.csv`), `${[header, ...lines].join('\n')}\n`);
  const shares = await dataRows(folder, 'table-1');
  await write(
    'table-1',
    shares.map(
      ({ condition, step, share, k, n }) =>
        `${condition}-${Number(step) / 1000}k,,decoder,,,alpha_share,${share},${k},${n},Table 1 (k of n derived)`,
    ),
  );
  const figures = await dataRows(folder, 'figures');
  await write(
    'deduplication',
    figures
      .filter(({ figure }) => figure === 'Fig 13')
      .map(({ subject, low, quoted }) => {
        const [k, n] = String(quoted).match(/\d+/g) ?? [];
        return `${subject},,decoder,,,alpha_share,${low},${k},${n},Fig 13 (k of n derived)`;
      }),
  );
  const moved = figures.filter(
    ({ figure, low }) => ['Fig 5', 'Fig 9', 'Fig 10', 'Fig 11'].includes(figure ?? '') && low !== '',
  );
  await write('modification', moved.flatMap(layerRows));
}

function layerRows({ figure, subject, base, group, role, layers, diagnostic, low, high }: Row): string[] {
  const value = Number(((Number(low) + Number(high)) / 2).toPrecision(12));
  const source = low === high ? `${figure}` : `${figure} (middle of ${low} to ${high})`;
  const row = (depth: number | ''): string =>
    `${subject},${base},${group},${role},${depth},${diagnostic},${value},,,${source}`;
  if (layers === '') return [row('')];
  const [from, to] = String(layers).split('-').map(Number);
  return Array.from({ length: (to ?? from ?? 0) - (from ?? 0) + 1 }, (_, index) => row((from ?? 0) + index));
}
