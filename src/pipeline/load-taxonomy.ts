import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadedConfig, loadDocument } from '../config/load.ts';
import { CoarseDocument, FamiliesDocument } from '../families/families-document.ts';
import { resolveTaxonomy, type TaxonomyRules } from '../families/resolve-taxonomy.ts';

/**
 * The families of a config: the built-in ones alone (`families: default`, or none named), or the user's file laid over
 * them; a file with `extends: none` stands alone. The axis is the config's, else the file's.
 *
 * @throws SkiagramError what reading and resolving a families file throws
 */
export async function loadTaxonomy({
  config,
  folder,
}: Pick<LoadedConfig, 'config' | 'folder'>): Promise<TaxonomyRules> {
  const file =
    config.families === undefined || config.families === 'default' ? undefined : resolve(folder, config.families);
  return resolveTaxonomy(await familyLayers(file), config.axis);
}

/** The documents that hold for a families file, the lowest first: the built-in one unless the file stands alone, then the file. */
export async function familyLayers(file: string | undefined): Promise<readonly FamiliesDocument[]> {
  if (file === undefined) return [await defaultFamilies()];
  const own = await loadDocument(FamiliesDocument, file, 'families file');
  return own.extends === 'none' ? [own] : [await defaultFamilies(), own];
}

/** The built-in families: `families/default.json`, which `npm run schemas` makes of the YAML that people edit. */
export async function defaultFamilies(): Promise<FamiliesDocument> {
  return JSON.parse(await readFile(shipped('default.json'), 'utf8')) as FamiliesDocument;
}

/** `families/default.yaml`, checked against its schema: half a second for 2,800 lines, so it is not what runs read. */
export function writtenFamilies(): Promise<FamiliesDocument> {
  return loadDocument(FamiliesDocument, shipped('default.yaml'), 'families file');
}

/** The second, coarser grouping: `families/coarse.json`, made of the YAML in the same way. */
export async function coarseFamilies(): Promise<CoarseDocument> {
  return JSON.parse(await readFile(shipped('coarse.json'), 'utf8')) as CoarseDocument;
}

/** `families/coarse.yaml`, checked against its schema. */
export function writtenCoarseFamilies(): Promise<CoarseDocument> {
  return loadDocument(CoarseDocument, shipped('coarse.yaml'), 'families file');
}

function shipped(name: string): string {
  return fileURLToPath(new URL(`../../families/${name}`, import.meta.url));
}
