import { checked } from '../source/checked.ts';
import { parseJson } from '../source/json.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { type EvalRecord, Instance } from './record.ts';

/** Longest line; one holding a long conversation has some MB. */
const maxLineBytes = 32 * 1024 * 1024;

/**
 * The rows of an instance file.
 *
 * @throws SkiagramError `results-malformed` naming file and line: a row of another evaluation, a line too long, a
 *   checksum that does not match
 */
export async function readInstances(file: SourceFile, record: EvalRecord): Promise<Instance[]> {
  const declared = record.detailed_evaluation_results;
  if (
    declared?.hash_algorithm === 'sha256' &&
    declared.checksum &&
    declared.checksum.toLowerCase() !== (await file.sha256())
  )
    throw malformed(
      file.name,
      'checksum',
      `its SHA-256 is ${await file.sha256()}; the record says ${declared.checksum.slice(0, 80)}`,
    );
  const instances: Instance[] = [];
  for (const { text, line } of lines(await file.bytes(), file.name)) {
    const at = `line ${line}`;
    const instance = checked(Instance, parseJson(text, `${file.name}: ${at}`).value, file.name, at);
    if (instance.evaluation_id !== record.evaluation_id)
      throw malformed(
        file.name,
        `${at}.evaluation_id`,
        `must be "${record.evaluation_id}"; received "${instance.evaluation_id.slice(0, 80)}"`,
      );
    instances.push(instance);
  }
  return instances;
}

function* lines(bytes: Buffer, name: string): Generator<{ text: string; line: number }> {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    line++;
    if (end - start > maxLineBytes) throw malformed(name, `line ${line}`, `it is longer than ${maxLineBytes} bytes`);
    const text = bytes.subarray(start, end).toString('utf8');
    if (text.trim() !== '') yield { text, line };
    start = end + 1;
  }
}
