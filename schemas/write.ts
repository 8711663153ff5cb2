import { writeFile } from 'node:fs/promises';
import { findingsPage } from '../src/pipeline/findings-page.ts';
import { glossary } from '../src/pipeline/glossary.ts';
import { writtenCoarseFamilies, writtenFamilies } from '../src/pipeline/load-taxonomy.ts';
import { schemas } from '../src/pipeline/schemas.ts';

// Writes schemas/*.schema.json from the sources of the types. `npm run schemas`; a test fails where one is stale.
for (const [name, schema] of Object.entries(schemas)) {
  await writeFile(new URL(`${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
// The built-in families as runs read them.
await writeFile(new URL('../families/default.json', import.meta.url), `${JSON.stringify(await writtenFamilies())}\n`);
await writeFile(
  new URL('../families/coarse.json', import.meta.url),
  `${JSON.stringify(await writtenCoarseFamilies())}\n`,
);
// The page of findings, from the same text as `skiagram explain`.
await writeFile(new URL('../docs/FINDINGS.md', import.meta.url), findingsPage(glossary));
