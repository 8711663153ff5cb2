import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { SkiagramError } from '../../base/error.ts';
import type { LeftOut } from '../model-card.ts';
import { type IndexEntry, type IndexResult, identity, mark } from '../model-index-entry.ts';
import { documentText, yamlText } from '../yaml-text.ts';
import { lineEnd, linesOf } from './lines.ts';

const key = 'model-index';

/**
 * Puts the results of one model into the `model-index` of front matter. Only the lines of that key are written anew, through the
 * document that they parse to; all others stay as they are, to the byte. Results that an earlier card wrote are replaced; those of
 * others stay, and where one has the same task and dataset as a new one, the new one is left out. Nothing changes where nothing differs.
 *
 * @throws SkiagramError `card-front-matter` naming the line, where it is no YAML of one key a line
 */
export function mergeModelIndex(
  yaml: string,
  entry: IndexEntry,
  file: string,
): { readonly yaml: string; readonly leftOut: readonly LeftOut[] } {
  const end = lineEnd(yaml);
  const span = spanOf(yaml, file);
  const written = (text: string): string => text.replaceAll('\n', end);
  if (span === undefined) {
    const gap = yaml === '' || /(?:\r\n|\r|\n)$/.test(yaml) ? '' : end;
    return { yaml: yaml + gap + written(yamlText({ [key]: [entry] })), leftOut: [] };
  }
  const slice = yaml.slice(span.start, span.end);
  const document = parsed(slice, file, span.line);
  visit(document, (_, node) => {
    if (isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor))
      throw refused(file, span.line, `${key} uses an anchor or an alias`, 'Write out what it stands for.');
  });
  const before = JSON.stringify(document.toJS());
  const leftOut = merge(document, entry, file, span.line);
  if (JSON.stringify(document.toJS()) === before) return { yaml, leftOut };
  const merged = yaml.slice(0, span.start) + written(documentText(document)) + yaml.slice(span.end);
  parsed(merged, file, 2);
  return { yaml: merged, leftOut };
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Line of the file. */
  readonly line: number;
}

/** The lines of the key, without comments and empty lines that lead to the next one; undefined where there is no such key. */
function spanOf(yaml: string, file: string): Span | undefined {
  const { contents } = parsed(yaml, file, 2);
  if (contents === null) return undefined;
  if (!isMap(contents)) throw refused(file, 2, 'it is no mapping', 'Front matter is made of keys with values.');
  if (contents.flow)
    throw refused(
      file,
      2,
      'it is a mapping in braces',
      'Write one key a line, so that the others can stay as they are.',
    );
  const lines = linesOf(yaml);
  const starts = contents.items.map(({ key: name }) => (isNode(name) ? (name.range?.[0] ?? 0) : 0));
  const place = contents.items.findIndex(({ key: name }) => isScalar(name) && name.value === key);
  const lineAt = (offset: number): number => lines.findIndex((line) => offset >= line.start && offset < line.end);
  const first = lineAt(starts[0] ?? 0);
  if (lines[first]?.start !== starts[0])
    throw refused(file, first + 2, 'its keys do not begin the line', 'Write keys without indentation.');
  if (place === -1) return undefined;
  const at = lineAt(starts[place] ?? 0);
  const next = starts[place + 1];
  let last = next === undefined ? lines.length : lineAt(next);
  while (last - 1 > at && /^(?:[ \t]*|#.*)$/.test(lines[last - 1]?.text ?? '')) last--;
  return { start: lines[at]?.start ?? 0, end: lines[last - 1]?.end ?? yaml.length, line: at + 2 };
}

function merge(document: Document, entry: IndexEntry, file: string, line: number): LeftOut[] {
  const list = document.get(key) ?? new YAMLSeq();
  if (!isSeq(list)) throw refused(file, line, `${key} is no list`, 'The hub asks for a list of models.');
  list.flow = false;
  document.set(key, list);
  const model = list.items.find((item) => isMap(item) && String(item.get('name')) === entry.name);
  if (!isMap(model)) {
    list.add(document.createNode(entry));
    return [];
  }
  const results = model.get('results') ?? new YAMLSeq();
  if (!isSeq(results))
    throw refused(file, line, `the results of "${entry.name}" are no list`, 'The hub asks for a list.');
  results.flow = false;
  model.flow = false;
  model.set('results', results);
  const old = results.items.map((node) => ({ node, value: plain(node) }));
  const foreign = new Set(old.filter(({ value }) => !isOurs(value)).map(({ value }) => identityOf(value)));
  const fresh = entry.results.filter((result) => !foreign.has(identity(result)));
  const kept = old.flatMap(({ node, value }) => {
    if (!isOurs(value)) return [node];
    const same = fresh.find((result) => identity(result) === identityOf(value));
    return same ? [replaced(document, node, value, same)] : [];
  });
  const known = new Set(old.map(({ value }) => identityOf(value)));
  const added = fresh.filter((result) => !known.has(identity(result))).map((result) => document.createNode(result));
  results.items = [...kept, ...added];
  return entry.results
    .filter((result) => foreign.has(identity(result)))
    .map(({ dataset }) => ({
      what: `${key}: ${dataset.name}`,
      reason: `${file} already holds a result for ${dataset.type} that was written by someone else; it is kept`,
    }));
}

function replaced(document: Document, node: unknown, value: unknown, result: IndexResult): unknown {
  if (JSON.stringify(value) === JSON.stringify(result)) return node;
  const fresh = document.createNode(result);
  if (node instanceof YAMLMap && fresh instanceof YAMLMap && node.commentBefore)
    fresh.commentBefore = node.commentBefore;
  return fresh;
}

function plain(node: unknown): unknown {
  return isNode(node) ? node.toJSON() : node;
}

type Loose = {
  task?: { type?: unknown };
  dataset?: { type?: unknown; config?: unknown; revision?: unknown };
  metrics?: { args?: { written_by?: unknown } }[];
} | null;

/** Was every metric of a result written by this tool? */
function isOurs(value: unknown): boolean {
  const metrics = (value as Loose)?.metrics;
  return (
    Array.isArray(metrics) &&
    metrics.length > 0 &&
    metrics.every((metric) => String(metric?.args?.written_by ?? '').startsWith(`${mark} `))
  );
}

function identityOf(value: unknown): string {
  const { task, dataset } = (value as Loose) ?? {};
  return JSON.stringify([
    task?.type ?? null,
    dataset?.type ?? null,
    dataset?.config ?? null,
    dataset?.revision === undefined || dataset.revision === null ? null : String(dataset.revision),
  ]);
}

function parsed(yaml: string, file: string, firstLine: number): Document {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, prettyErrors: false, uniqueKeys: true, logLevel: 'silent' });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault)
    throw refused(
      file,
      lineCounter.linePos(fault.pos[0]).line + firstLine - 1,
      `it is no valid YAML: ${fault.message}`,
      'Mend it; nothing was changed.',
    );
  return document;
}

function refused(file: string, line: number, what: string, hint: string): SkiagramError {
  return new SkiagramError({
    code: 'card-front-matter',
    message: `${file}: front matter, line ${line}: ${what}.`,
    hint,
  });
}
