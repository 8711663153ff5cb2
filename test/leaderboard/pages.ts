import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '../../src/report/report.ts';

/** The shipped templates. */
export const templates: Templates = Object.fromEntries(
  readdirSync('templates')
    .filter((name) => /\.(hbs|css|js)$/.test(name))
    .map((name) => [name, readFileSync(join('templates', name), 'utf8')]),
);
