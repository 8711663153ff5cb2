import type { SkiagramError } from '../base/error.ts';
import type { Contents } from './contents.ts';
import { TorchTensor } from './torch-globals.ts';

/** Keys under which training programs put the weights, most telling first. */
const wrappers = [
  'state_dict',
  'model_state_dict',
  'model',
  'module',
  'weights',
  'params',
  'net',
  'network',
  'generator',
];

/** Dicts within dicts that are looked into. */
const maxDepth = 8;
/** Dotted names grow with every dict they pass; real ones have a hundred characters. */
const maxName = 4096;

/**
 * What was pickled -> the tensors of its state dict by name. The state dict is the outermost dict that holds tensors itself;
 * if the outermost holds none, the one under a usual key (`state_dict`, `model`, …), else the only one there is. Dicts
 * within it give dotted names. Tensors elsewhere (optimiser states) are left out by name.
 *
 * Throws `fault` where there are no tensors, or several dicts of tensors and no telling which is the model.
 */
export function stateDict(
  value: unknown,
  fault: (what: string) => SkiagramError,
): { tensors: [string, TorchTensor][]; leftOut: Contents['leftOut'] } {
  if (!(value instanceof Map)) throw fault('it holds no dict of tensors');
  const { keys, dict } = chosen(value, fault);
  const tensors = tensorsWithin(dict, fault);
  const own = new Set(tensors.map(([, tensor]) => tensor));
  const seen = new Set<string>();
  for (const [name] of tensors) {
    if (seen.has(name)) throw fault(`two tensors are named "${name}"`);
    seen.add(name);
  }
  const reason = `Outside of the state dict "${keys.join('.')}" (optimiser states and the like).`;
  const others = tensorsWithin(value, fault).filter(([, tensor]) => !own.has(tensor));
  return { tensors, leftOut: others.map(([name]) => ({ name, reason })) };
}

/** The state dict and the keys that lead to it. */
function chosen(
  root: Map<unknown, unknown>,
  fault: (what: string) => SkiagramError,
): { keys: readonly string[]; dict: Map<unknown, unknown> } {
  const keys: string[] = [];
  const known = new Map<unknown, boolean>();
  let dict = root;
  while (![...dict.values()].some((value) => value instanceof TorchTensor)) {
    const inner = [...dict].filter(
      (entry): entry is [string, Map<unknown, unknown>] =>
        typeof entry[0] === 'string' && holdsTensors(entry[1], known, 1),
    );
    const usual = wrappers.flatMap((key) => inner.filter(([name]) => name === key));
    const [found] = usual.length > 0 ? usual : inner;
    if (!found || keys.length >= maxDepth) throw fault('it holds no dict of tensors');
    if (usual.length === 0 && inner.length > 1)
      throw fault(`it holds several dicts of tensors (${listed(inner)}); which one is the model is not known`);
    keys.push(found[0]);
    dict = found[1];
  }
  return { keys, dict };
}

function listed(entries: readonly [string, unknown][]): string {
  return entries
    .slice(0, 5)
    .map(([name]) => name.slice(0, 40))
    .join(', ');
}

/** Whether a dict leads to a tensor; each dict is looked into once, however often it is met. */
function holdsTensors(value: unknown, known: Map<unknown, boolean>, depth: number): boolean {
  if (!(value instanceof Map) || depth > maxDepth) return false;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, false);
  const holds = [...value.values()].some(
    (inner) => inner instanceof TorchTensor || holdsTensors(inner, known, depth + 1),
  );
  known.set(value, holds);
  return holds;
}

/** Every tensor under a dict with its dotted name; a dict that is met again is not entered twice. */
function tensorsWithin(root: Map<unknown, unknown>, fault: (what: string) => SkiagramError): [string, TorchTensor][] {
  const found: [string, TorchTensor][] = [];
  const entered = new Set<unknown>([root]);
  const visit = (dict: Map<unknown, unknown>, prefix: string, depth: number): void => {
    for (const [key, value] of dict) {
      const name = `${prefix}${typeof key === 'string' || typeof key === 'number' ? key : '?'}`;
      if (name.length > maxName) throw fault(`a name in it has more than ${maxName} characters`);
      if (value instanceof TorchTensor) found.push([name, value]);
      else if (value instanceof Map && depth < maxDepth && !entered.has(value)) {
        entered.add(value);
        visit(value, `${name}.`, depth + 1);
      }
    }
  };
  visit(root, '', 1);
  return found;
}
