import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { writeWhole } from '../store/write.ts';

const config = `# yaml-language-server: $schema=./node_modules/skiagram/schemas/config.schema.json
title: Release check
checkpoints:
  - {id: base, path: ./checkpoints/base}
  - {id: candidate, path: ./checkpoints/candidate, base: base}
suites:
  - id: core
    harness: lm-eval
    tasks: [arc_easy, arc_challenge, gsm8k, asdiv]
    num_fewshot: 0
    batch_size: 8
    device: cpu
families: ./families.yaml
# Declare before you see scores: what the training aimed at, and what stands for broad ability.
axis: {targeted: [math], coverage: [knowledge]}
report: {formats: [html, pdf, md, json]}
`;

const families = `# Which tasks are read as one ability: laid over the built-in families, which \`skiagram list families\` prints.
# A task belongs to one family; three or more tasks each make verdicts possible. \`extends: none\` would make this file all there is.
families:
  math:
    title: Mathematics
    tasks:
      gsm8k: {metric: exact_match, filter: flexible-extract, chance: 0, source: free-form answer}
      asdiv: {metric: acc, chance: 0, source: free-form answer}
  knowledge:
    title: Knowledge
    tasks:
      arc_easy: {metric: acc, chance: 0.25, source: four options}
      arc_challenge: {metric: acc, chance: 0.25, source: four options}
`;

/** Writes a commented config and families file. Throws `file-exists` before anything is written, unless `force`. */
export async function writeStarter(folder: string, force: boolean): Promise<string[]> {
  const files = [
    [join(folder, 'skiagram.yaml'), config],
    [join(folder, 'families.yaml'), families],
  ] as const;
  for (const [path] of files) {
    if (!force && (await stat(path).catch(() => undefined)))
      throw new SkiagramError({
        code: 'file-exists',
        message: `${path} is already there.`,
        hint: 'Use another folder, or --force to overwrite it.',
        exitCode: exitCodes.usage,
      });
  }
  for (const [path, text] of files) await writeWhole(path, text);
  return files.map(([path]) => path);
}
