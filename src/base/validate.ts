import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type Type from 'typebox';
import { didYouMean } from './did-you-mean.ts';
import { shareParts } from './share-parts.ts';

/** What is wrong with a document: where, in words, and the key that was probably meant. */
export interface Problem {
  /** Path of keys and indices from the root to the value at fault. */
  readonly path: readonly string[];
  readonly message: string;
  readonly suggestion: string | undefined;
}

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  verbose: true,
  inlineRefs: false,
  // Shortening the code costs more than it saves: most processes check few documents.
  code: { optimize: false },
});

const checks = new WeakMap<Type.TSchema, ValidateFunction>();

function compiled(schema: Type.TSchema): ValidateFunction {
  const known = checks.get(schema);
  if (known) return known;
  const check = ajv.compile(shareParts(schema));
  checks.set(schema, check);
  return check;
}

/** Checks a document against a schema; no problems means that it is a `Static<Schema>`. */
export function problemsOf(schema: Type.TSchema, value: unknown): Problem[] {
  const check = compiled(schema);
  if (check(value)) return [];
  return dedupe((check.errors ?? []).filter((error) => error.keyword !== 'anyOf').map(toProblem));
}

/**
 * Keys of a document that its schema does not know, where they are all that is wrong with it: what a newer minor version may
 * have added. Undefined where more is wrong.
 */
export function onlyUnknownKeys(schema: Type.TSchema, value: unknown): string[] | undefined {
  const check = compiled(schema);
  const found: string[] = [];
  const rest: unknown = JSON.parse(JSON.stringify(value));
  // Each round removes what the last one did not know: an unknown key can hide inside a part that failed for another.
  for (let round = 0; round < 8; round++) {
    if (check(rest)) return found;
    const unknown = (check.errors ?? []).filter((error) => error.keyword === 'additionalProperties');
    if (unknown.length === 0 || (check.errors ?? []).some(({ keyword }) => keyword !== 'additionalProperties'))
      return undefined;
    for (const error of unknown) {
      const { path } = toProblem(error);
      const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], rest);
      delete (parent as Record<string, unknown>)[path.at(-1) ?? ''];
      found.push(pathText(path.map((part) => (/^\d+$/.test(part) ? '*' : part))));
    }
  }
  return undefined;
}

/** Path as people write it: `suites[0].tasks`; `the document` for the root. */
export function pathText(path: readonly string[]): string {
  const text = path
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
  return text === '' ? 'the document' : text;
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
