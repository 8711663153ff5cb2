import { join } from 'node:path';
import type { Gate } from '../gate/gate.ts';
import { writeWhole } from '../store/write.ts';

/**
 * A gate in the formats asked for: gate.junit.xml and gate.summary.md are written into `folder`; the texts for the job's summary
 * and its log are returned, empty where not asked for. gate.json is there already and heads the list.
 *
 * @throws SkiagramError `disk-full` or `output-unwritable`
 */
export async function writeGateFormats(
  gate: Gate,
  folder: string,
  formats: readonly string[],
): Promise<{ written: string[]; summary: string; annotations: string }> {
  const written = [join(folder, 'gate.json')];
  const write = async (name: string, text: string): Promise<void> => {
    await writeWhole(join(folder, name), text);
    written.push(join(folder, name));
  };
  if (formats.includes('junit')) await write('gate.junit.xml', (await import('../gate/formats/junit.ts')).junit(gate));
  const summary = formats.includes('summary') ? (await import('../gate/formats/summary.ts')).summary(gate) : '';
  if (summary !== '') await write('gate.summary.md', summary);
  const annotations = formats.includes('annotations')
    ? (await import('../gate/formats/annotations.ts')).annotations(gate)
    : '';
  return { written, summary, annotations };
}
