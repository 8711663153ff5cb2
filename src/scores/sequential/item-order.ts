import { randomStream, shuffle } from '../../base/random.ts';

/** A task and its items; one that is put together from parts has the items of its parts. */
export interface TaskSize {
  readonly task: string;
  /** Items in the whole task. */
  readonly size: number;
  /** Left out = the task is no pool of others. */
  readonly parts?: readonly { readonly part: string; readonly size: number }[];
}

/** One task's items, cut into as many groups as its family has rounds; groups are visited in this order. */
export interface TaskOrder extends TaskSize {
  /** Indices of items, 0 … size − 1; of a pooled task, over its parts one after the other. */
  readonly groups: readonly (readonly number[])[];
}

/** In which order the items of a family are visited: round i is group i of every task. */
export interface FamilyOrder {
  readonly family: string;
  readonly rounds: number;
  readonly tasks: readonly TaskOrder[];
}

/**
 * A random order fixed by `seed` and the names, stratified over tasks. There are as many rounds as the smallest task has
 * items; a larger task gives a random group of ⌊N/M⌋ or ⌈N/M⌉ items to each, so that all tasks end together and every
 * group is as likely to come next as any other of its task. With equal tasks a group is one item.
 *
 * Does not depend on the order in which tasks and parts are named.
 */
export function familyOrder(seed: number, family: string, sizes: readonly TaskSize[]): FamilyOrder {
  const rounds = Math.min(...sizes.map(({ size }) => size));
  const tasks = [...sizes]
    .sort((one, two) => (one.task < two.task ? -1 : 1))
    .map(({ task, size, parts }) => ({
      task,
      size,
      ...(parts === undefined ? {} : { parts: [...parts].sort((one, two) => (one.part < two.part ? -1 : 1)) }),
      groups: groups(size, rounds, hash(`${seed}\n${family}\n${task}`)),
    }));
  return { family, rounds: sizes.length === 0 ? 0 : rounds, tasks };
}

function groups(size: number, rounds: number, seed: number): number[][] {
  const random = randomStream(seed);
  const items = shuffle(
    Array.from({ length: size }, (_, index) => index),
    random,
  );
  const larger = size % rounds;
  const lengths = shuffle(
    Array.from({ length: rounds }, (_, index) => Math.floor(size / rounds) + (index < larger ? 1 : 0)),
    random,
  );
  let start = 0;
  return lengths.map((length) => {
    start += length;
    return items.slice(start - length, start);
  });
}

/** FNV-1a, 32 bits: the same number for the same text on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}

/** Which item of which task of the harness is meant by an index of a task that may be a pool of parts. */
export function itemAt({ task, parts }: TaskSize, item: number): { readonly task: string; readonly index: number } {
  let before = 0;
  for (const { part, size } of parts ?? []) {
    if (item < before + size) return { task: part, index: item - before };
    before += size;
  }
  return { task, index: item };
}

/** How the results call an item: its index, or `part/index` where parts are pooled. */
export function itemName(task: TaskSize, item: number): number | string {
  const own = itemAt(task, item);
  return task.parts === undefined ? own.index : `${own.task}/${own.index}`;
}

/** Items of a family up to and including `rounds`, over all its tasks. */
export function itemsIn({ tasks }: FamilyOrder, rounds: number): number {
  return tasks.reduce(
    (sum, task) => sum + task.groups.slice(0, rounds).reduce((inner, group) => inner + group.length, 0),
    0,
  );
}
