import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageInput } from '../../src/leaderboard/page/render.ts';

const templates = Object.fromEntries(
  readdirSync('templates')
    .filter((name) => /\.(hbs|css|js)$/.test(name))
    .map((name) => [name, readFileSync(join('templates', name), 'utf8')]),
);

/** The shipped templates with the hash of the shipped script. */
export const shipped: Pick<PageInput, 'templates' | 'scriptHash'> = {
  templates,
  scriptHash: createHash('sha256')
    .update(templates['leaderboard.js'] ?? '')
    .digest('base64'),
};
