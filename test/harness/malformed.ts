import { expect } from 'vitest';
import { SkiagramError } from '../../src/base/error.ts';

/** A results file that must be refused, and what the error has to say beside the file's name. */
export interface Variant {
  readonly name: string;
  readonly text: string;
  /** Part of the message that says where in the file, e.g. `eval.task` or `:1:`. */
  readonly place: string;
}

/** What can happen to any JSON file on its way: cut short, overwritten, made to hurt a parser. */
export function brokenTexts(text: string, name: string): Variant[] {
  const cuts = [0.05, 0.25, 0.5, 0.75, 0.99].map((share) => ({
    name: `cut short at ${100 * share} %`,
    text: text.trimEnd().slice(0, Math.floor(share * text.trimEnd().length)),
    place: `${name}:`,
  }));
  const first = /"([^"\\]+)"\s*:/.exec(text);
  return [
    ...cuts,
    { name: 'empty', text: '', place: 'empty' },
    { name: 'blank', text: ' \n\t ', place: 'empty' },
    { name: 'binary', text: '\u0000\u0001\u0002\uFFFD'.repeat(50), place: `${name}:1:` },
    { name: 'HTML', text: '<!doctype html><title>404</title>', place: `${name}:1:` },
    { name: 'nested without end', text: `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`, place: 'nested deeper' },
    { name: 'trailing text', text: `${text}\nend`, place: `${name}:` },
    { name: 'a key twice', text: text.replace('{', `{"${first?.[1]}": 1, `), place: 'comes twice' },
  ];
}

type Key = string | number;

const wrong = {
  'a number': 7,
  text: 'seven',
  null: null,
  'a list': [[1]],
  'an object': { of: 'another kind' },
  true: true,
};

/**
 * One variant for each value in `paths` and each wrong kind in `kinds`; `gone` removes the key. The place is the path as
 * errors write it (`results.scores[0].name`); for `gone` it is the key's name.
 */
export function wrongValues(
  document: unknown,
  paths: readonly { readonly path: readonly Key[]; readonly kinds: readonly (keyof typeof wrong | 'gone')[] }[],
): Variant[] {
  return paths.flatMap(({ path, kinds }) =>
    kinds.map((kind) => ({
      name: `${pathText(path)} is ${kind}`,
      text: JSON.stringify(replaced(document, path, kind)),
      place: kind === 'gone' ? String(path.at(-1)) : pathText(path),
    })),
  );
}

/** Runs `read` on a variant's text and checks that it is refused by a SkiagramError that names the file and the place. */
export async function expectRefused(
  variant: Variant,
  name: string,
  read: (text: string) => Promise<unknown>,
): Promise<void> {
  const error = await read(variant.text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, `${variant.name} was accepted`).toBeInstanceOf(SkiagramError);
  const { message } = error as SkiagramError;
  expect(message, variant.name).toContain(name);
  expect(message, variant.name).toContain(variant.place);
}

function replaced(document: unknown, path: readonly Key[], kind: keyof typeof wrong | 'gone'): unknown {
  const copy = structuredClone(document);
  let parent = copy as Record<Key, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<Key, unknown>;
  const last = path.at(-1) as Key;
  if (kind === 'gone') delete parent[last];
  else parent[last] = wrong[kind];
  return copy;
}

function pathText(path: readonly Key[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${key}`)).join('');
}
