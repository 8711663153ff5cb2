import { readFileSync } from 'node:fs';

/** Root of the installed package, from src/pipeline or dist/pipeline alike. */
export const packageRoot = new URL('../../', import.meta.url);

/** Version in package.json. */
export const toolVersion = (
  JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }
).version;
