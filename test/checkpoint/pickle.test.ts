import { expect, test } from 'vitest';
import { SkiagramError } from '../../src/base/error.ts';
import { bytesOf } from '../../src/checkpoint/bytes.ts';
import { Cursor } from '../../src/checkpoint/cursor.ts';
import { Global, Tuple, unpickle } from '../../src/checkpoint/pickle.ts';

const fault = (what: string): SkiagramError => new SkiagramError({ code: 'bad', message: what });
const load = (hex: string): unknown =>
  unpickle(new Cursor(bytesOf(Buffer.from(hex.replaceAll(' ', ''), 'hex')), { fault }), {
    fault,
    global: (module, name) => {
      if (module !== 'm') throw fault(`refused ${module}.${name}`);
      return new Global(`${module}.${name}`, (args) => ['called', ...args]);
    },
    persistent: (id) => ['persistent', id],
  });

// The bytes are what Python 3.11's pickle.dumps gives.
test.each<[string, string, unknown]>([
  [
    '{"a": [1, -1, 2**40, 2.5], "b": None}, protocol 4',
    '8004952a000000000000007d94288c0161945d94284b014affffffff8a06000000000001474004000000000000658c0162944e752e',
    new Map<string, unknown>([
      ['a', [1, -1, 2 ** 40, 2.5]],
      ['b', null],
    ]),
  ],
  ['(True, (1, 2)), protocol 2', '8002884b014b028671008671012e', new Tuple([true, new Tuple([1, 2])])],
  ['2**70, protocol 2', '80028a090000000000000000402e', 2n ** 70n],
  ['b"ab", protocol 4', '800495060000000000000043026162942e', Uint8Array.of(97, 98)],
  ['{1, 2}, protocol 4', '80049509000000000000008f94284b014b02902e', new Set([1, 2])],
])('reads %s', (_, hex, value) => {
  expect(load(hex)).toEqual(value);
});

test('calls only what the host gave, with its arguments', () => {
  expect(load('8002 636d0a660a 4b05 85 52 2e')).toEqual(['called', 5]);
  expect(() => load('8002 636f730a73797374656d0a 2e')).toThrow('refused os.system');
});

test('hands persistent ids to the host', () => {
  expect(load('8002 4b07 51 2e')).toEqual(['persistent', 7]);
});

test.each([
  ['no end', '8002 4e', 'in the middle of'],
  ['an empty stack', '8002 2e', 'more values than it holds'],
  ['no mark', '8002 74 2e', 'closes what it did not open'],
  ['a recalled value that was never kept', '8002 6805 2e', 'recalls value 5'],
  ['an opcode of the old text protocol', '8002 49310a 2e', 'opcode 0x49'],
  ['a text longer than the file', '8002 58ffffff7f 61 2e', 'in the middle of 2147483647 bytes'],
  ['a text of 2⁶⁴ − 1 bytes', '8004 8dffffffffffffffff 61 2e', 'claims a size'],
  ['an integer of 2³² bytes', '8002 8bffffffff 2e', 'integer of'],
  ['a call of what is no function', '8002 4e 29 52 2e', 'calls what is no function'],
  ['items of what is no dict', '8002 4e 28 4b014b02 75 2e', 'no dict'],
  ['protocol 9', '8009 4e 2e', 'protocol 9'],
])('%s is a fault', (_, hex, what) => {
  expect(() => load(hex)).toThrow(what);
});
