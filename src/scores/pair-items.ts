import type { RawSample, RawTask } from '../harness/raw-run.ts';
import type { Scale } from './scale.ts';

/** One item answered by both checkpoints. */
export interface PairedItem {
  readonly cluster: string;
  readonly base: number;
  readonly subject: number;
}

/** Items of both runs, joined; or the reason why these two runs must not be compared item by item. */
export type PairedItems =
  | { readonly items: readonly PairedItem[] }
  | { readonly refused: string }
  | { readonly absent: string };

/**
 * Joins two runs of one task on (filter, document). Every document of one side must be on the other with the same
 * document, prompt and target hash: otherwise the two scores belong to different questions and the pair is `refused`.
 * `absent` means that one side kept no per-item results, so only totals can be compared.
 */
export function pairItems(base: RawTask, subject: RawTask, scale: Scale): PairedItems {
  const left = valuesByDocument(base.samples, scale);
  const right = valuesByDocument(subject.samples, scale);
  if (left.size === 0 || right.size === 0)
    return { absent: `no per-item ${scale.metric} on ${left.size === 0 ? 'the base' : 'the subject'} side` };
  if (left.size !== right.size)
    return { refused: `the base answered ${left.size} items and the subject ${right.size}` };
  const items: PairedItem[] = [];
  for (const [docId, before] of left) {
    const after = right.get(docId);
    if (after === undefined) return { refused: `item ${docId} was answered by the base only` };
    const differing = (['docHash', 'promptHash', 'targetHash'] as const).find(
      (hash) => before.sample[hash] !== after.sample[hash],
    );
    if (differing) return { refused: `item ${docId} has another ${hashNames[differing]} in the two runs` };
    items.push({ cluster: before.sample.cluster ?? `item ${docId}`, base: before.value, subject: after.value });
  }
  return { items };
}

const hashNames = { docHash: 'document', promptHash: 'prompt', targetHash: 'target' } as const;

function valuesByDocument(
  samples: readonly RawSample[],
  scale: Scale,
): Map<RawSample['docId'], { sample: RawSample; value: number }> {
  const values = new Map<RawSample['docId'], { sample: RawSample; value: number }>();
  for (const sample of samples) {
    const value = sample.metrics[scale.metric];
    if (sample.filter === scale.filter && value !== undefined) values.set(sample.docId, { sample, value });
  }
  return values;
}
