import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type Type from 'typebox';
import { SkiagramError } from '../base/error.ts';
import { newerVersion, upgraded } from '../base/schema-version.ts';
import { onlyUnknownKeys, pathText, problemsOf } from '../base/validate.ts';
import { Journal } from './journal.ts';
import { lockRun } from './lock.ts';
import { upgrades } from './upgrades/registry.ts';
import { diskError, writeWhole } from './write.ts';

/** What a gate leaves in a run folder. */
export const gateFiles = ['gate.json', 'gate.junit.xml', 'gate.summary.md'] as const;

/**
 * One run's artifacts on disk. Every document is checked against its schema on the way out and on the way in, and
 * written whole, so a kill leaves the old file or the new one.
 */
export class RunFolder {
  readonly root: string;
  readonly journal: Journal;
  /** What was read from newer minor versions and is not known here, a sentence a document. */
  readonly unknown: string[] = [];

  private constructor(root: string) {
    this.root = root;
    this.journal = new Journal(join(root, 'journal.jsonl'));
  }

  /** Opens the folder, making it where missing. Throws `output-unwritable` or `disk-full`. */
  static async open(root: string): Promise<RunFolder> {
    try {
      await mkdir(root, { recursive: true });
    } catch (cause) {
      throw diskError(root, cause);
    }
    return new RunFolder(root);
  }

  /** A folder that is only read; nothing is made. */
  static at(root: string): RunFolder {
    return new RunFolder(root);
  }

  /** Keeps other processes out until the returned function is called. Throws `run-busy`. */
  lock(): Promise<() => Promise<void>> {
    return lockRun(this.path('run.lock'));
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts);
  }

  /** Writes a document; a document that breaks its own schema is a bug and is not written. */
  async write<Schema extends Type.TSchema>(schema: Schema, name: string, document: Type.Static<Schema>): Promise<void> {
    const problem = problemsOf(schema, document)[0];
    if (problem) throw new Error(`${name} would break its schema at ${pathText(problem.path)}: ${problem.message}`);
    await writeWhole(this.path(name), `${JSON.stringify(document, null, 2)}\n`);
  }

  /** Writes text or bytes that have no schema (reports). */
  async writeText(name: string, data: string | Uint8Array): Promise<void> {
    await writeWhole(this.path(name), data);
  }

  /**
   * Reads a document back, brought to the version known here; undefined where there is none. What a newer minor version added is
   * kept and noted in `unknown`. Throws `artifact-invalid` with file and place, `artifact-newer`, `artifact-older`.
   */
  async read<Schema extends Type.TSchema>(schema: Schema, name: string): Promise<Type.Static<Schema> | undefined> {
    const text = await readFile(this.path(name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw diskError(this.path(name), cause);
    });
    if (text === undefined) return undefined;
    const given = parse(text, relative(process.cwd(), this.path(name)));
    const known = versionOf(schema);
    if (known === undefined) return checked(schema, given, this.path(name));
    const { document, newer } = upgraded(given, {
      name: name.replace(/(\/.*)?(\.json)?$/, ''),
      known,
      where: this.path(name),
      steps: upgrades,
    });
    if (newer === undefined) return checked(schema, document, this.path(name));
    const keys = onlyUnknownKeys(schema, document);
    if (keys === undefined) throw newerVersion(this.path(name), newer, known);
    this.unknown.push(newerNote(name, newer, known, keys));
    return document as Type.Static<Schema>;
  }

  /** Removes artifacts of an earlier run. */
  async clear(): Promise<void> {
    const names = [
      'checkpoints',
      'diagnostics',
      'pairs',
      'scores',
      'samples',
      'harness',
      'spectra',
      'adaptive',
      'cards',
      'dossier.json',
      'findings.json',
      'verdict.json',
      ...gateFiles,
      'manifest.json',
      'journal.jsonl',
      'report.html',
      'report.pdf',
      'report.md',
      'report.json',
      'tables',
    ];
    for (const name of names) await rm(this.path(name), { recursive: true, force: true });
  }
}

/** The version that a schema's documents carry; undefined where they carry none. */
function versionOf(schema: Type.TSchema): string | undefined {
  const { properties } = schema as { properties?: { schemaVersion?: { const?: unknown } } };
  const known = properties?.schemaVersion?.const;
  return typeof known === 'string' ? known : undefined;
}

function checked<Schema extends Type.TSchema>(schema: Schema, value: unknown, path: string): Type.Static<Schema> {
  const problem = problemsOf(schema, value)[0];
  if (problem) throw artifactInvalid(path, `${pathText(problem.path)}: ${problem.message}`);
  return value as Type.Static<Schema>;
}

function newerNote(name: string, newer: string, known: string, keys: readonly string[]): string {
  const distinct = [...new Set(keys)];
  const listed = distinct.length === 0 ? '' : `: ${distinct.slice(0, 8).join(', ')}${distinct.length > 8 ? ', …' : ''}`;
  return `${name} was written by a newer Skiagram (schema version ${newer}; this one knows ${known}). ${distinct.length} unknown ${distinct.length === 1 ? 'key is' : 'keys are'} kept and not shown${listed}.`;
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw artifactInvalid(name, (cause as Error).message);
  }
}

function artifactInvalid(path: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'artifact-invalid',
    message: `${path} is not what it should be: ${what}`,
    hint: 'Delete the file and run again with --resume; it will be made anew.',
  });
}
