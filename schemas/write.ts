import { writeFile } from 'node:fs/promises';
import { schemas } from '../src/pipeline/schemas.ts';

// Writes schemas/*.schema.json from the sources of the types. `npm run schemas`; a test fails where one is stale.
for (const [name, schema] of Object.entries(schemas)) {
  await writeFile(new URL(`${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
