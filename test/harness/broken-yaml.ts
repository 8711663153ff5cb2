import type { Variant } from './malformed.ts';

/**
 * What can happen to any YAML: syntax at fault, keys twice, text made to hurt a parser.
 *
 * @param firstLine line of the file at which the YAML begins
 */
export function brokenYaml(text: string, firstLine = 1): Variant[] {
  const bomb = Array.from(
    { length: 9 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
  );
  const first = /^[\s-]*([\w-]+):/m.exec(text)?.[1];
  return [
    { name: 'empty', text: '', place: 'empty' },
    { name: 'blank', text: ' \n \n', place: 'empty' },
    { name: 'a scalar', text: 'just text', place: 'the top' },
    { name: 'a bracket left open', text: `${text}\nopen: [1, 2`, place: ':' },
    { name: 'a quote left open', text: `${text}\nopen: "text`, place: ':' },
    { name: 'tabs for indentation', text: 'a:\n\t- b: 1\n\t  c: [', place: `:${firstLine + 1}:` },
    { name: 'indentation that changes', text: `${text}\n   x: 1\n  y: 2\n z:\n - 1\n:`, place: ':' },
    { name: 'a key twice', text: `${first}: 1\n${first}: 2\n`, place: `:${firstLine + 1}:1` },
    { name: 'an alias to nothing', text: 'a: *nothing\n', place: ':' },
    { name: 'aliases that unfold without end', text: `l0: &l0 [x]\n${bomb.join('\n')}\n`, place: 'alias' },
    { name: 'an alias of itself', text: 'a: &a [*a]\n', place: ':' },
    { name: 'brackets without end', text: `a: ${'['.repeat(100_000)}`, place: 'nested deeper' },
    { name: 'lists in one line without end', text: `a:\n  ${'- '.repeat(50_000)}x\n`, place: 'nested deeper' },
    {
      name: 'a tag that would run code',
      text: 'a: !!js/function "function () { return 1 }"\n',
      place: `:${firstLine}:`,
    },
    { name: 'a tag of Python', text: 'a: !!python/object/apply:os.system ["true"]\n', place: `:${firstLine}:` },
    { name: 'two documents', text: `a: 1\n--- \nb: 2\n`, place: ':' },
    { name: 'control characters', text: 'a: \u0000\u0001b: [}\n', place: ':' },
  ];
}
