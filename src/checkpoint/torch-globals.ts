import type { SkiagramError } from '../base/error.ts';
import { Global, Tuple } from './pickle.ts';

/** Bytes of one number and the safetensors name of every dtype of torch; names that safetensors lacks are kept as they are. */
export const torchDtypes: Readonly<Record<string, { readonly dtype: string; readonly width: number }>> = {
  float64: { dtype: 'F64', width: 8 },
  float32: { dtype: 'F32', width: 4 },
  float16: { dtype: 'F16', width: 2 },
  bfloat16: { dtype: 'BF16', width: 2 },
  float8_e4m3fn: { dtype: 'F8_E4M3', width: 1 },
  float8_e5m2: { dtype: 'F8_E5M2', width: 1 },
  float8_e4m3fnuz: { dtype: 'F8_E4M3FNUZ', width: 1 },
  float8_e5m2fnuz: { dtype: 'F8_E5M2FNUZ', width: 1 },
  float8_e8m0fnu: { dtype: 'F8_E8M0', width: 1 },
  int64: { dtype: 'I64', width: 8 },
  int32: { dtype: 'I32', width: 4 },
  int16: { dtype: 'I16', width: 2 },
  int8: { dtype: 'I8', width: 1 },
  uint64: { dtype: 'U64', width: 8 },
  uint32: { dtype: 'U32', width: 4 },
  uint16: { dtype: 'U16', width: 2 },
  uint8: { dtype: 'U8', width: 1 },
  bool: { dtype: 'BOOL', width: 1 },
  complex64: { dtype: 'C64', width: 8 },
  complex128: { dtype: 'C128', width: 16 },
};

/** Storage classes, by the dtype of their numbers; UntypedStorage counts bytes. */
const storages: Readonly<Record<string, string>> = {
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  ComplexFloatStorage: 'complex64',
  ComplexDoubleStorage: 'complex128',
  UntypedStorage: 'uint8',
};

/** Bytes that tensors share; `elements` of `dtype`, from byte `begin` of a legacy file's storage or of a zip entry. */
export interface Storage {
  readonly kind: 'storage';
  readonly key: string;
  readonly dtype: string;
  readonly elements: number;
}

/** A tensor as it was pickled: a strided window into a storage. Sizes and strides are in elements, checked to be such. */
export class TorchTensor {
  readonly storage: Storage;
  readonly dtype: string;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: Storage, dtype: string, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.dtype = dtype;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

type Fault = (what: string) => SkiagramError;

/**
 * The names that a checkpoint of plain tensors mentions, as harmless makers of data. Every other name is refused by `fault`,
 * whether or not it would be called: `os system` and `argparse Namespace` alike.
 */
export function torchGlobal(module: string, name: string, fault: Fault): Global {
  const full = `${module}.${name}`;
  if (Object.hasOwn(makers, full)) return new Global(full, (args) => (makers[full] as Maker)(args, fault));
  if (module === 'torch' && Object.hasOwn(torchDtypes, name)) return new Global(full);
  if ((module === 'torch' || module === 'torch.storage') && Object.hasOwn(storages, name)) return new Global(full);
  if (full === 'torch.Tensor' || full === 'torch.nn.parameter.Parameter') return new Global(full);
  throw fault(`it mentions ${full}, which is no part of a checkpoint of plain tensors, and nothing of it was run`);
}

/** The dtype of a storage class that was pickled. */
export function storageDtype(value: unknown, fault: Fault): string {
  const name = value instanceof Global ? (value.name.split('.').at(-1) ?? '') : '';
  if (!Object.hasOwn(storages, name)) throw fault('a storage has no type that is known');
  return storages[name] as string;
}

type Maker = (args: readonly unknown[], fault: Fault) => unknown;

const makers: Readonly<Record<string, Maker>> = {
  'torch._utils._rebuild_tensor': ([storage, offset, shape, strides], fault) =>
    tensor(storage, offset, shape, strides, undefined, fault),
  'torch._utils._rebuild_tensor_v2': ([storage, offset, shape, strides], fault) =>
    tensor(storage, offset, shape, strides, undefined, fault),
  // The dtype comes on its own where no class of storages stands for it, as with eight-bit floats.
  'torch._utils._rebuild_tensor_v3': ([storage, offset, shape, strides, , , dtype], fault) =>
    tensor(storage, offset, shape, strides, dtype, fault),
  'torch._utils._rebuild_parameter': ([data], fault) => sameTensor(data, fault),
  'torch._utils._rebuild_parameter_with_state': ([data], fault) => sameTensor(data, fault),
  'torch._tensor._rebuild_from_type_v2': ([make, , args], fault) => {
    if (make instanceof Global && make.call && args instanceof Tuple) return make.call(args.items);
    throw fault('a tensor is rebuilt in a way that is not known');
  },
  'torch.Size': ([sizes]) => new Tuple(listOf(sizes) ?? []),
  'torch.device': () => null,
  'collections.OrderedDict': ([items]) => dictOf(items),
  'collections.defaultdict': () => new Map(),
  '_codecs.encode': ([text]) => text ?? null,
  'builtins.set': ([items]) => new Set(listOf(items) ?? []),
  '__builtin__.set': ([items]) => new Set(listOf(items) ?? []),
};

function tensor(
  storage: unknown,
  offset: unknown,
  shape: unknown,
  strides: unknown,
  dtype: unknown,
  fault: Fault,
): TorchTensor {
  const [sizes, steps] = [listOf(shape), listOf(strides)];
  if (
    !isStorage(storage) ||
    !isSize(offset) ||
    !sizes?.every(isSize) ||
    !steps?.every(isSize) ||
    sizes.length !== steps.length
  )
    throw fault('a tensor has no storage, offset, shape and strides that fit');
  if (dtype === undefined) return new TorchTensor(storage, storage.dtype, offset, sizes, steps);
  const own = dtype instanceof Global ? dtype.name.replace(/^torch\./, '') : '';
  if (!Object.hasOwn(torchDtypes, own) || storage.dtype !== 'uint8') throw fault('a tensor has no dtype that is known');
  return new TorchTensor(storage, own, offset, sizes, steps);
}

function sameTensor(data: unknown, fault: Fault): TorchTensor {
  if (data instanceof TorchTensor) return data;
  throw fault('a parameter holds no tensor');
}

/** `OrderedDict([[key, value], …])`, the pairs being lists or tuples. */
function dictOf(items: unknown): Map<unknown, unknown> {
  const pairs = (listOf(items) ?? []).map((pair) => listOf(pair) ?? []);
  return new Map(pairs.map(([key, value]) => [key, value]));
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof Tuple) return value.items;
  return Array.isArray(value) ? value : undefined;
}

function isStorage(value: unknown): value is Storage {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'storage';
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
