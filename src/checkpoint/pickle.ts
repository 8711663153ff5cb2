import type { SkiagramError } from '../base/error.ts';
import type { Cursor } from './cursor.ts';

/** A tuple; lists are plain arrays. */
export class Tuple {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** What stands for a class or a function of Python: `call` makes the value that calling it would make. */
export class Global {
  readonly name: string;
  readonly call: ((args: readonly unknown[]) => unknown) | undefined;

  constructor(name: string, call?: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** What the file's own kind decides: the few names it may mention, what its persistent ids mean, and what its errors are. */
export interface PickleHost {
  /** Throws for every name that is not known to be harmless. */
  global(module: string, name: string): Global;
  persistent(id: unknown): unknown;
  fault(what: string): SkiagramError;
}

/** A place on the stack that MARK left. */
const mark = Symbol('mark');

/**
 * One pickle of protocol 2 to 5 from the cursor on, as data: dicts are Maps, sets Sets, integers beyond 2⁵³ bigints, bytes
 * Uint8Arrays. No code of the file is run: a name is looked up with the host, which knows a handful and makes plain
 * values of them. Only opcodes that checkpoints need are known. Every opcode takes at least one byte and adds at most
 * the values it pops, so memory stays within a small multiple of the pickle's size.
 *
 * Throws what `host.fault` makes: an opcode that is not known, a stack that runs empty, a name that is refused.
 */
export function unpickle(cursor: Cursor, host: PickleHost): unknown {
  const machine = new Machine(cursor, host);
  for (;;) {
    const opcode = cursor.u8();
    if (opcode === 0x2e) return machine.pop();
    const step = opcodes[opcode];
    if (!step)
      throw host.fault(
        `its pickle has the opcode 0x${opcode.toString(16).padStart(2, '0')}, which checkpoints do not need`,
      );
    step(machine);
  }
}

class Machine {
  readonly stack: unknown[] = [];
  readonly memo = new Map<number, unknown>();
  readonly cursor: Cursor;
  readonly host: PickleHost;

  constructor(cursor: Cursor, host: PickleHost) {
    this.cursor = cursor;
    this.host = host;
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    const value = this.stack.pop();
    if (value === undefined || value === mark) throw this.host.fault('its pickle takes more values than it holds');
    return value;
  }

  top(): unknown {
    const value = this.stack.at(-1);
    if (value === undefined || value === mark) throw this.host.fault('its pickle takes more values than it holds');
    return value;
  }

  /** The values above the last mark, which goes too. */
  aboveMark(): unknown[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) throw this.host.fault('its pickle closes what it did not open');
    const values = this.stack.splice(at);
    values.shift();
    return values;
  }

  recall(key: number): void {
    if (!this.memo.has(key)) throw this.host.fault(`its pickle recalls value ${key}, which it never kept`);
    this.push(this.memo.get(key));
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string') throw this.host.fault('its pickle names a class oddly');
    this.push(this.host.global(module, name));
  }

  call(callee: unknown, args: unknown): void {
    if (!(callee instanceof Global) || !callee.call || !(args instanceof Tuple))
      throw this.host.fault(`its pickle calls ${callee instanceof Global ? callee.name : 'what is no function'}`);
    this.push(callee.call(args.items));
  }

  setItems(target: unknown, values: readonly unknown[]): void {
    if (!(target instanceof Map) || values.length % 2 === 1)
      throw this.host.fault('its pickle sets items of what is no dict');
    for (let index = 0; index < values.length; index += 2) target.set(values[index], values[index + 1]);
  }

  append(target: unknown, values: readonly unknown[]): void {
    if (!Array.isArray(target)) throw this.host.fault('its pickle appends to what is no list');
    for (const value of values) target.push(value);
  }

  add(target: unknown, values: readonly unknown[]): void {
    if (!(target instanceof Set)) throw this.host.fault('its pickle adds to what is no set');
    for (const value of values) target.add(value);
  }

  /** A line of text without its end. */
  line(): string {
    const bytes: number[] = [];
    for (let byte = this.cursor.u8(); byte !== 0x0a; byte = this.cursor.u8()) bytes.push(byte);
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }

  /** Two's complement, little-endian, of any length. */
  long(length: number): number | bigint {
    if (length > 64) throw this.host.fault(`its pickle has an integer of ${length} bytes`);
    const bytes = this.cursor.take(length);
    let value = 0n;
    for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index] as number);
    const signed = BigInt.asIntN(Math.max(1, length * 8), value);
    const small = Number(signed);
    return Number.isSafeInteger(small) ? small : signed;
  }
}

type Step = (machine: Machine) => void;

const bytesOf =
  (length: (machine: Machine) => number): Step =>
  (machine) =>
    machine.push(new Uint8Array(machine.cursor.take(length(machine))));
const textOf =
  (length: (machine: Machine) => number): Step =>
  (machine) =>
    machine.push(machine.cursor.text(length(machine)));
const tupleOf =
  (count: number): Step =>
  (machine) => {
    const items = Array.from({ length: count }, () => machine.pop());
    machine.push(new Tuple(items.reverse()));
  };
const u8 = ({ cursor }: Machine): number => cursor.u8();
const u32 = ({ cursor }: Machine): number => cursor.u32();
const u64 = ({ cursor }: Machine): number => cursor.u64();

/** By opcode, names as in Python's pickletools. */
const opcodes: Readonly<Record<number, Step>> = {
  // PROTO, FRAME: nothing hangs on them here.
  128: ({ cursor, host }) => {
    const protocol = cursor.u8();
    if (protocol > 5) throw host.fault(`its pickle is of protocol ${protocol}`);
  },
  149: ({ cursor }) => void cursor.u64(),
  // MARK, POP, POP_MARK, DUP
  40: (machine) => machine.push(mark),
  48: (machine) => void machine.pop(),
  49: (machine) => void machine.aboveMark(),
  50: (machine) => machine.push(machine.top()),
  // NONE, NEWTRUE, NEWFALSE
  78: (machine) => machine.push(null),
  136: (machine) => machine.push(true),
  137: (machine) => machine.push(false),
  // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  74: (machine) => machine.push(machine.cursor.i32()),
  75: (machine) => machine.push(machine.cursor.u8()),
  77: (machine) => machine.push(machine.cursor.u16()),
  138: (machine) => machine.push(machine.long(machine.cursor.u8())),
  139: (machine) => machine.push(machine.long(machine.cursor.u32())),
  71: (machine) => machine.push(machine.cursor.view(8).getFloat64(0, false)),
  // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8; BINSTRING and SHORT_BINSTRING of Python 2
  88: textOf(u32),
  140: textOf(u8),
  141: textOf(u64),
  84: textOf(u32),
  85: textOf(u8),
  // BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8
  66: bytesOf(u32),
  67: bytesOf(u8),
  142: bytesOf(u64),
  150: bytesOf(u64),
  // EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
  41: tupleOf(0),
  116: (machine) => machine.push(new Tuple(machine.aboveMark())),
  133: tupleOf(1),
  134: tupleOf(2),
  135: tupleOf(3),
  // EMPTY_LIST, LIST, APPEND, APPENDS
  93: (machine) => machine.push([]),
  108: (machine) => machine.push(machine.aboveMark()),
  97: (machine) => {
    const value = machine.pop();
    machine.append(machine.top(), [value]);
  },
  101: (machine) => {
    const values = machine.aboveMark();
    machine.append(machine.top(), values);
  },
  // EMPTY_DICT, DICT, SETITEM, SETITEMS
  125: (machine) => machine.push(new Map()),
  100: (machine) => {
    const values = machine.aboveMark();
    const dict = new Map();
    machine.setItems(dict, values);
    machine.push(dict);
  },
  115: (machine) => {
    const value = machine.pop();
    const key = machine.pop();
    machine.setItems(machine.top(), [key, value]);
  },
  117: (machine) => {
    const values = machine.aboveMark();
    machine.setItems(machine.top(), values);
  },
  // EMPTY_SET, ADDITEMS, FROZENSET
  143: (machine) => machine.push(new Set()),
  144: (machine) => {
    const values = machine.aboveMark();
    machine.add(machine.top(), values);
  },
  145: (machine) => machine.push(new Set(machine.aboveMark())),
  // GLOBAL, STACK_GLOBAL, REDUCE, NEWOBJ, BUILD
  99: (machine) => {
    const module = machine.line();
    machine.global(module, machine.line());
  },
  147: (machine) => {
    const name = machine.pop();
    machine.global(machine.pop(), name);
  },
  82: (machine) => {
    const args = machine.pop();
    machine.call(machine.pop(), args);
  },
  129: (machine) => {
    const args = machine.pop();
    machine.call(machine.pop(), args);
  },
  // The state that BUILD sets are attributes such as a state dict's `_metadata`: no weights.
  98: (machine) => void machine.pop(),
  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET, BINPERSID
  113: (machine) => void machine.memo.set(machine.cursor.u8(), machine.top()),
  114: (machine) => void machine.memo.set(machine.cursor.u32(), machine.top()),
  148: (machine) => void machine.memo.set(machine.memo.size, machine.top()),
  104: (machine) => machine.recall(machine.cursor.u8()),
  106: (machine) => machine.recall(machine.cursor.u32()),
  81: (machine) => machine.push(machine.host.persistent(machine.pop())),
};
