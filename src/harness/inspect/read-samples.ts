import type { LeftOut, RawSample } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { malformed } from '../source/malformed.ts';
import type { InspectSample } from './log.ts';
import type { OpenLog } from './open-log.ts';
import type { ScoreRow } from './read-scores.ts';
import { reduce } from './reduce.ts';
import { type ScoreValue, scoreValue } from './score-value.ts';

export interface SamplesRead {
  /** One per item and score, in the order of their ids. */
  readonly samples: RawSample[];
  readonly leftOut: readonly LeftOut[];
  /** Filters all of whose values are letters, bools or yes and no, so that their mean is a proportion. */
  readonly shares: ReadonlySet<string>;
}

/** What is kept of one item: hashes and, for each filter, its values over the epochs. */
interface Item {
  readonly id: number | string;
  readonly docHash: string;
  readonly targetHash: string;
  readonly epochs: Set<number>;
  readonly values: Map<string, number[]>;
}

/**
 * Reads the samples of a log into one value per item and score, several epochs reduced as the score was.
 *
 * `docHash` is the SHA-256 of the input (messages without their random ids), `targetHash` that of the target.
 *
 * @throws SkiagramError `results-malformed`: an item twice in one epoch, or with another input or target in the next
 */
export function readSamples(open: OpenLog, rows: readonly ScoreRow[], name: string): SamplesRead {
  const items = new Map<string, Item>();
  const noNumber = new Map<string, string>();
  const shares = new Set(rows.map(({ filter }) => filter));
  for (const { sample, at } of open.samples) {
    const item = itemOf(items, sample, name, at);
    for (const row of rows) {
      const value = scoreOf(sample, row);
      if (value === 'none') continue;
      if (value === undefined) noNumber.set(row.filter, at);
      else {
        if (!value.isShare) shares.delete(row.filter);
        item.values.set(row.filter, [...(item.values.get(row.filter) ?? []), value.value]);
      }
    }
  }
  const leftOut: LeftOut[] = [...noNumber].map(([filter, at]) => ({
    what: `${name}: per-sample values of ${filter}`,
    reason: `some are no numbers, e.g. in ${at}`,
  }));
  const samples: RawSample[] = [];
  for (const row of rows.filter(({ filter, means }) => means.length > 0 && !noNumber.has(filter))) {
    const read = reduced([...items.values()], row);
    if (read === undefined)
      leftOut.push({
        what: `${name}: per-sample values of ${row.filter}`,
        reason: `the reducer "${row.reducer}" is not known, so several epochs cannot be made one value`,
      });
    else samples.push(...read);
  }
  return { samples: samples.sort(byId), leftOut, shares };
}

function reduced(items: readonly Item[], row: ScoreRow): RawSample[] | undefined {
  const samples: RawSample[] = [];
  for (const { id, docHash, targetHash, values } of items) {
    const answers = values.get(row.filter);
    if (answers === undefined) continue;
    const value = reduce(answers, row.reducer);
    if (value === undefined && answers.length > 1) return undefined;
    if (value === undefined || !Number.isFinite(value)) continue;
    const metrics = Object.fromEntries(row.means.map((metric) => [metric, value]));
    samples.push({ docId: id, docHash, promptHash: null, targetHash, cluster: null, filter: row.filter, metrics });
  }
  return samples;
}

function itemOf(items: Map<string, Item>, sample: InspectSample, name: string, at: string): Item {
  const key = JSON.stringify(sample.id);
  const docHash = hashOf(typeof sample.input === 'string' ? sample.input : sample.input.map(withoutId));
  const targetHash = hashOf(sample.target);
  const known = items.get(key);
  const item = known ?? { id: sample.id, docHash, targetHash, epochs: new Set<number>(), values: new Map() };
  if (item.epochs.has(sample.epoch))
    throw malformed(name, at, `sample ${key} comes a second time in epoch ${sample.epoch}`);
  if (item.docHash !== docHash || item.targetHash !== targetHash)
    throw malformed(name, at, `sample ${key} has another input or target than in an earlier epoch`);
  item.epochs.add(sample.epoch);
  items.set(key, item);
  return item;
}

function scoreOf(sample: InspectSample, { scorer, key }: ScoreRow): ScoreValue | 'none' | undefined {
  const scores = sample.scores ?? {};
  const whole = Object.hasOwn(scores, scorer) ? scores[scorer]?.value : null;
  const isObject = typeof whole === 'object' && whole !== null && !Array.isArray(whole);
  const value: unknown =
    key === undefined || !isObject ? whole : Object.hasOwn(whole, key) ? (whole as Record<string, unknown>)[key] : null;
  return value === null ? 'none' : scoreValue(value);
}

/** Messages and their parts get random ids in every run. */
function withoutId(message: Readonly<Record<string, unknown>>): unknown {
  const { id: _, ...rest } = message;
  return rest;
}

/** Numbers in their order before texts in theirs. */
function byId({ docId: one }: RawSample, { docId: two }: RawSample): number {
  if (typeof one === typeof two) return one < two ? -1 : one > two ? 1 : 0;
  return typeof one === 'number' ? -1 : 1;
}
