import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { impure, layers } from '../layers.mjs';
import { defaultFamilies, writtenFamilies } from '../src/pipeline/load-taxonomy.ts';
import { schemas } from '../src/pipeline/schemas.ts';

const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('the folders under src/ are exactly the stages of layers.mjs', () => {
  expect(folders.sort()).toEqual(Object.keys(layers).sort());
});

test('tsconfig.pure.json proves every stage pure that layers.mjs does not call impure', () => {
  const { include } = JSON.parse(readFileSync('tsconfig.pure.json', 'utf8')) as { include: string[] };
  const pure = Object.keys(layers).filter((layer) => !impure.includes(layer));
  expect(include.map((folder) => folder.replace('src/', '')).sort()).toEqual(pure.sort());
});

test('docs/ARCHITECTURE.md has a row for every stage, and no other', () => {
  const page = readFileSync('docs/ARCHITECTURE.md', 'utf8');
  expect(
    [...page.matchAll(/^\| ([a-z]+) \|/gm)]
      .map((match) => match[1])
      .filter((name) => name !== 'stage')
      .sort(),
  ).toEqual(Object.keys(layers).sort());
});

test('families/default.json is what families/default.yaml says (npm run schemas)', async () => {
  expect(await defaultFamilies()).toEqual(await writtenFamilies());
});

test.each(Object.keys(schemas))('schemas/%s.schema.json is what the types say (npm run schemas)', (name) => {
  expect(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(schemas[name as keyof typeof schemas])),
  );
});

test.each(['diagnostics', 'findings'])('every unit in the registry of %s has a test', (stage) => {
  const units = [...readFileSync(`src/${stage}/registry.ts`, 'utf8').matchAll(/from '\.\/([a-z0-9-]+)\.ts'/g)]
    .map((match) => match[1] as string)
    .filter((name) => !['diagnostic', 'finding'].includes(name));
  const tests = readdirSync(`test/${stage}`)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(`test/${stage}/${file}`, 'utf8'))
    .join('\n');
  for (const unit of units)
    expect(
      existsSync(`test/${stage}/${unit}.test.ts`) || tests.includes(`/${unit}.ts`) || tests.includes(unit),
      unit,
    ).toBe(true);
});

test('every dependency has its reason in docs/DEPENDENCIES.md', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Record<string, Record<string, string>>;
  const page = readFileSync('docs/DEPENDENCIES.md', 'utf8');
  for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    if (name.startsWith('@stdlib/') || name.startsWith('@types/')) continue;
    expect(page, name).toContain(name);
  }
});
