import { SkiagramError } from '../base/error.ts';
import type { Bytes } from './bytes.ts';
import type { TensorLocation } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { Cursor } from './cursor.ts';
import { type PickleHost, Tuple, unpickle } from './pickle.ts';
import { stateDict } from './state-dict.ts';
import { extentOf, isRowMajor } from './strides.ts';
import { type Storage, storageDtype, type TorchTensor, torchDtypes, torchGlobal } from './torch-globals.ts';
import { readZip } from './zip.ts';

/** Pickled at the head of the layout that torch wrote before 1.6: LONG1 of ten bytes, 0x1950a86a20f9469cfc6c. */
const legacyMagic = 0x1950a86a20f9469cfc6cn;

/** Where a storage's bytes lie. */
interface Place {
  readonly begin: number;
  readonly end: number;
}

/**
 * A file that `torch.save` wrote -> where its tensors lie, without running what is pickled in it. Both layouts: the zip file
 * (torch 1.6 and newer) and the row of pickles before it. A state dict may be wrapped (`{"state_dict": …}`). A
 * tensor that is not row-major carries its strides, a matrix also its view; tensors that share a storage overlap.
 *
 * Throws `pytorch-corrupt`, `zip-corrupt`, and `pickle-refused` where the pickle mentions anything but plain tensors.
 */
export async function readPytorch(bytes: Bytes): Promise<Contents> {
  const { value, places } = isZip(bytes) ? await fromZip(bytes) : fromLegacy(bytes);
  const { tensors, leftOut } = stateDict(value, (what) => corrupt(bytes, what));
  return {
    tensors: tensors.map(([name, tensor]) => located(name, tensor, places, bytes)),
    leftOut,
    config: null,
  };
}

function isZip(bytes: Bytes): boolean {
  const head = bytes.read(0, 4);
  return head[0] === 0x50 && head[1] === 0x4b;
}

/** `archive/data.pkl` and one entry a storage, kept as they are. */
async function fromZip(bytes: Bytes): Promise<{ value: unknown; places: ReadonlyMap<string, Place> }> {
  const entries = await readZip(bytes);
  const pickles = [...entries.keys()].filter((name) => /(^|\/)data\.pkl$/.test(name));
  const [name] = pickles;
  const pickled = name === undefined ? undefined : entries.get(name);
  if (name === undefined || !pickled || pickles.length > 1)
    throw corrupt(bytes, `the zip file has ${pickles.length} entries "data.pkl"; torch writes one`);
  if ([...entries.keys()].some((entry) => entry.includes('/constants.pkl') || entry.includes('/code/')))
    throw corrupt(bytes, 'it is a TorchScript program, not a state dict', scriptHint);
  const folder = name.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(bytes.read(order.begin, Math.min(order.end, order.begin + 8))) !== 'little')
    throw corrupt(bytes, 'its numbers are stored big-endian', 'Save it again on a little-endian machine.');
  if (!pickled.plain) throw corrupt(bytes, 'its pickle is compressed', repackedHint);
  const cursor = cursorOver(bytes, pickled);
  const value = unpickle(cursor, host(bytes, new Map()));
  const places = new Map<string, Place>();
  for (const [entry, place] of entries) {
    if (!entry.startsWith(`${folder}data/`)) continue;
    if (!place.plain) throw corrupt(bytes, `its entry "${entry}" is compressed`, repackedHint);
    places.set(entry.slice(folder.length + 'data/'.length), place);
  }
  return { value, places };
}

/** Pickles of magic, protocol, system, content and storage keys, then every storage: its length as a u64 and its bytes. */
function fromLegacy(bytes: Bytes): { value: unknown; places: ReadonlyMap<string, Place> } {
  const cursor = cursorOver(bytes, { begin: 0, end: bytes.size });
  if (bytes.size < 2 || bytes.read(0, 1)[0] !== 0x80 || unpickle(cursor, host(bytes, new Map())) !== legacyMagic)
    throw corrupt(bytes, 'it is no file that torch.save wrote', 'Files of torch.save are read: .bin, .pt and .pth.');
  const storages = new Map<string, Storage>();
  unpickle(cursor, host(bytes, storages));
  unpickle(cursor, host(bytes, storages));
  const value = unpickle(cursor, host(bytes, storages));
  const keys = unpickle(cursor, host(bytes, storages));
  if (!Array.isArray(keys)) throw corrupt(bytes, 'the list of its storages is missing');
  const places = new Map<string, Place>();
  for (const key of keys) {
    const storage = storages.get(String(key));
    if (!storage || places.has(storage.key))
      throw corrupt(bytes, 'the list of its storages names one that is not there');
    const elements = cursor.u64();
    const length = elements * (torchDtypes[storage.dtype]?.width ?? 0);
    places.set(storage.key, { begin: cursor.position, end: cursor.position + length });
    cursor.skip(length);
  }
  return { value, places };
}

/** What a pickle may mention. Storages are collected by key in `storages`. */
function host(bytes: Bytes, storages: Map<string, Storage>): PickleHost {
  const fault = (what: string): SkiagramError => corrupt(bytes, what);
  return {
    fault,
    global: (module, name) => torchGlobal(module, name, (what) => refused(bytes, what)),
    persistent: (id) => {
      const [kind, type, key, , elements, view] = id instanceof Tuple ? id.items : [];
      if (kind !== 'storage' || typeof key !== 'string' || !Number.isSafeInteger(elements) || (elements as number) < 0)
        throw fault('it refers to something outside that is no storage');
      if (view !== undefined && view !== null) throw fault('a storage is a window into another one');
      const storage: Storage = { kind: 'storage', key, dtype: storageDtype(type, fault), elements: elements as number };
      const known = storages.get(key);
      if (known && (known.dtype !== storage.dtype || known.elements !== storage.elements))
        throw fault(`storage "${key}" is described in two ways`);
      storages.set(key, storage);
      return storage;
    },
  };
}

/** Storage, offset and strides as bytes of the file. */
function located(name: string, tensor: TorchTensor, places: ReadonlyMap<string, Place>, bytes: Bytes): TensorLocation {
  const { storage, offset, shape, strides } = tensor;
  const place = places.get(storage.key);
  if (!place) throw corrupt(bytes, `tensor "${name}" lies in storage "${storage.key}", which is not there`);
  const { dtype, width } = torchDtypes[tensor.dtype] as { dtype: string; width: number };
  const extent = extentOf(shape, strides);
  const begin = place.begin + offset * width;
  const end = begin + extent * width;
  if (!Number.isSafeInteger(end) || end > place.end)
    throw corrupt(bytes, `tensor "${name}" of shape [${shape.join(', ')}] ends beyond its storage "${storage.key}"`);
  const plain = { name, dtype, shape, file: bytes.file, begin, end };
  if (isRowMajor(shape, strides)) return plain;
  const [rows = 0, cols = 0] = shape;
  const [down = 0, across = 0] = strides;
  if (shape.length !== 2 || rows * cols > extent) return { ...plain, strides };
  const view = { offset: 0, rows: [{ size: rows, stride: down }], cols: [{ size: cols, stride: across }] };
  return { ...plain, strides, view };
}

function cursorOver(bytes: Bytes, place: Place): Cursor {
  return new Cursor(bytes, { ...place, fault: (what) => corrupt(bytes, what) });
}

const repackedHint = 'It was packed again by another program. Save it once more with torch.save.';
const scriptHint = 'Save the state dict of the model: torch.save(model.state_dict(), file).';

function corrupt(bytes: Bytes, what: string, hint?: string): SkiagramError {
  return new SkiagramError({
    code: 'pytorch-corrupt',
    message: `${bytes.file}: ${what}.`,
    hint: hint ?? 'The file is damaged or was not written completely. Fetch or save it again.',
  });
}

function refused(bytes: Bytes, what: string): SkiagramError {
  return new SkiagramError({
    code: 'pickle-refused',
    message: `${bytes.file}: ${what}.`,
    hint: 'Save the state dict alone, best as safetensors: safetensors.torch.save_file(model.state_dict(), file).',
  });
}
