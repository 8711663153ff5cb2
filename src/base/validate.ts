import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { distance } from 'fastest-levenshtein';
import type Type from 'typebox';

/** What is wrong with a document: where, in words, and the key that was probably meant. */
export interface Problem {
  /** Path of keys and indices from the root to the value at fault. */
  readonly path: readonly string[];
  readonly message: string;
  readonly suggestion: string | undefined;
}

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true });

const checks = new WeakMap<Type.TSchema, ValidateFunction>();

function compiled(schema: Type.TSchema): ValidateFunction {
  const known = checks.get(schema);
  if (known) return known;
  const check = ajv.compile(schema);
  checks.set(schema, check);
  return check;
}

/** Checks a document against a schema; no problems means that it is a `Static<Schema>`. */
export function problemsOf(schema: Type.TSchema, value: unknown): Problem[] {
  const check = compiled(schema);
  if (check(value)) return [];
  return dedupe((check.errors ?? []).filter((error) => error.keyword !== 'anyOf').map(toProblem));
}

/** Path as people write it: `suites[0].tasks`; `the document` for the root. */
export function pathText(path: readonly string[]): string {
  const text = path
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
  return text === '' ? 'the document' : text;
}

/** The known name nearest to a misspelt one, if one is near enough to be meant. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

function toProblem(error: ErrorObject): Problem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    return {
      path: [...path, key],
      message: `Unknown key "${key}". Known here: ${known.join(', ')}.`,
      suggestion: didYouMean(key, known),
    };
  }
  if (error.keyword === 'enum') {
    const allowed = (error.params.allowedValues as unknown[]).map(String);
    return {
      path,
      message: `Must be one of ${allowed.join(', ')}; received ${received(error.data)}.`,
      suggestion: didYouMean(String(error.data), allowed),
    };
  }
  if (error.keyword === 'required')
    return { path, message: `Missing key "${String(error.params.missingProperty)}".`, suggestion: undefined };
  return {
    path,
    message: `${capital(error.message ?? 'is not valid')}; received ${received(error.data)}.`,
    suggestion: undefined,
  };
}

function received(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function dedupe(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path.join('/')}:${problem.message}`, problem])).values()];
}
