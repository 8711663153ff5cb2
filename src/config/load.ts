import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type Type from 'typebox';
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { type Problem, pathText, problemsOf } from '../base/validate.ts';
import { checkConfig } from './check.ts';
import { Config } from './config.ts';

/** A config with the place it came from; paths in it are relative to `folder`. */
export interface LoadedConfig {
  readonly config: Config;
  readonly file: string;
  readonly folder: string;
}

/** Names looked for when no config is named. */
export const defaultNames = ['skiagram.yaml', 'skiagram.yml', 'skiagram.json'] as const;

/**
 * Reads and checks a config (YAML or JSON). Throws `config-missing`, `config-syntax` with line and column, or
 * `config-invalid` listing every problem with its place and, for a misspelt key, the one that was probably meant.
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = resolve(path);
  const config = await loadDocument(Config, file, 'config');
  checkConfig(config, basename(file));
  return { config, file, folder: dirname(file) };
}

/**
 * Reads any YAML or JSON document of ours against its schema, or with a check of its own. `what` names it in errors, e.g.
 * "families file".
 */
export async function loadDocument<Schema extends Type.TSchema>(
  schema: Schema,
  file: string,
  what: string,
  check: (value: unknown) => readonly Problem[] = (value) => problemsOf(schema, value),
): Promise<Type.Static<Schema>> {
  const text = await readText(file, what);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true, uniqueKeys: true });
  const syntax = document.errors[0];
  if (syntax) {
    throw new SkiagramError({
      code: 'config-syntax',
      message: `${basename(file)} is not valid YAML or JSON: ${syntax.message.split('\n')[0]?.replace(/:$/, '')}.`,
      hint: 'Check indentation, quotes and repeated keys at the place shown.',
      exitCode: exitCodes.usage,
    });
  }
  const value = resolved(document, file);
  const problems = check(value);
  if (problems.length > 0) throw invalid(problems, document, lines, file, what);
  return value as Type.Static<Schema>;
}

/** Aliases resolved; one that leads nowhere or unfolds without end is the user's to mend. */
function resolved(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new SkiagramError({
      code: 'config-syntax',
      message: `${basename(file)} uses a YAML alias that cannot be resolved: ${(cause as Error).message}`,
      hint: 'Write the value out instead of using an alias.',
      exitCode: exitCodes.usage,
    });
  }
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new SkiagramError({
      code: 'config-missing',
      message: `The ${what} ${file} could not be read.`,
      hint:
        what === 'config'
          ? 'Run `skiagram init` to make one, or name its path.'
          : `Check the path of the ${what}; it is relative to the config.`,
      cause,
      exitCode: exitCodes.usage,
    });
  }
}

function invalid(
  problems: readonly Problem[],
  document: Document,
  lines: LineCounter,
  file: string,
  what: string,
): SkiagramError {
  const shown = problems
    .slice(0, 8)
    .map(
      (problem) =>
        `  ${place(problem, document, lines, file)} ${pathText(problem.path)}: ${problem.message}${problem.suggestion ? ` Did you mean "${problem.suggestion}"?` : ''}`,
    );
  const more = problems.length > 8 ? [`  … and ${problems.length - 8} more.`] : [];
  return new SkiagramError({
    code: 'config-invalid',
    message: [
      `The ${what} ${basename(file)} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`,
      ...shown,
      ...more,
    ],
    hint: `\`skiagram schema ${['config', 'policy'].includes(what) ? what : 'families'}\` prints what is allowed.`,
    exitCode: exitCodes.usage,
  });
}

/** `file:line:column` of the value at fault; of its key where the key itself is the fault. */
function place(problem: Problem, document: Document, lines: LineCounter, file: string): string {
  for (let length = problem.path.length; length >= 0; length--) {
    const offset = offsetOf(document, problem.path.slice(0, length));
    if (offset !== undefined) {
      const { line, col } = lines.linePos(offset);
      return `${basename(file)}:${line}:${col}`;
    }
  }
  return basename(file);
}

function offsetOf(document: Document, path: readonly string[]): number | undefined {
  const keys = path.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const parent: unknown = keys.length > 0 ? document.getIn(keys.slice(0, -1), true) : undefined;
  if (isMap(parent)) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(keys.at(-1)),
    );
    if (pair && isScalar(pair.key)) return pair.key.range?.[0];
  }
  const node: unknown = keys.length === 0 ? document.contents : document.getIn(keys, true);
  return (node as { range?: [number, number, number] } | undefined)?.range?.[0];
}
