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
  if (config.families === undefined || config.families === 'default')
    return resolveTaxonomy(await defaultFamilies(), config.axis);
  const own = await loadDocument(FamiliesDocument, resolve(folder, config.families), 'families file');
  return resolveTaxonomy(own.extends === 'none' ? own : [await defaultFamilies(), own], config.axis);
}

/** `families/default.yaml` of this package. */
export function defaultFamilies(): Promise<FamiliesDocument> {
  return loadDocument(FamiliesDocument, shipped('default.yaml'), 'families file');
}

/** `families/coarse.yaml` of this package: the second, coarser grouping. */
export function coarseFamilies(): Promise<CoarseDocument> {
  return loadDocument(CoarseDocument, shipped('coarse.yaml'), 'families file');
}

function shipped(name: string): string {
  return fileURLToPath(new URL(`../../families/${name}`, import.meta.url));
}
