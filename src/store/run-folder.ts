import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type Type from 'typebox';
import { SkiagramError } from '../base/error.ts';
import { pathText, problemsOf } from '../base/validate.ts';
import { Journal } from './journal.ts';
import { lockRun } from './lock.ts';
import { diskError, writeWhole } from './write.ts';

/**
 * One run's artifacts on disk. Every document is checked against its schema on the way out and on the way in, and
 * written whole, so a kill leaves the old file or the new one.
 */
export class RunFolder {
  readonly root: string;
  readonly journal: Journal;

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

  /** Reads a document back; undefined where there is none. Throws `artifact-invalid` with file and place. */
  async read<Schema extends Type.TSchema>(schema: Schema, name: string): Promise<Type.Static<Schema> | undefined> {
    const text = await readFile(this.path(name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw diskError(this.path(name), cause);
    });
    if (text === undefined) return undefined;
    const value = parse(text, relative(process.cwd(), this.path(name)));
    const problem = problemsOf(schema, value)[0];
    if (problem) throw artifactInvalid(this.path(name), `${pathText(problem.path)}: ${problem.message}`);
    return value as Type.Static<Schema>;
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
      'dossier.json',
      'findings.json',
      'verdict.json',
      ...['gate.json', 'gate.junit.xml', 'gate.summary.md'],
      'manifest.json',
      'journal.jsonl',
      'report.html',
      'report.pdf',
      'report.md',
      'report.json',
    ];
    for (const name of names) await rm(this.path(name), { recursive: true, force: true });
  }
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
