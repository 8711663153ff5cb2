import { resolve } from 'node:path';
import { diagnostics } from '../diagnostics/registry.ts';
import { type FamilyRule, resolveTaxonomy, type TaxonomyRules } from '../families/resolve-taxonomy.ts';
import type { TaskRule } from '../families/task-rule.ts';
import type { Pattern } from '../findings/finding.ts';
import { patterns } from '../findings/registry.ts';
import { readers } from '../harness/readers.ts';
import { familyLayers } from './load-taxonomy.ts';

/** A benchmark as `skiagram list tasks` shows it; the scale is that of its first metric. */
export interface ListedTask {
  readonly task: string;
  readonly family: string;
  readonly aliases: readonly string[];
  readonly match: readonly string[];
  readonly metrics: readonly string[];
  readonly chance: number | null;
  readonly max: number | null;
  readonly direction: string;
  readonly protocols: readonly string[];
  readonly source: string;
  /** derived, sourced or recalled; null where a file states the level without saying, or there is none. */
  readonly confidence: string | null;
}

/** A family as `skiagram list families` shows it. */
export interface ListedFamily {
  readonly family: string;
  readonly title: string;
  readonly description: string | null;
  readonly modality: string | null;
  readonly role: string | null;
  readonly modules: readonly string[];
  readonly modulesSource: string | null;
  readonly tasks: number;
  /** Tasks that can be pooled, and those among them whose chance level nobody looked up. */
  readonly pooled: number;
  readonly recalled: number;
}

/** A format, diagnostic or finding: what it is called and what it is. */
export interface ListedUnit {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** The built-in families, or those with the user's file (relative to where the command runs) laid over them. */
export async function knownFamilies(file: string | undefined): Promise<TaxonomyRules> {
  return resolveTaxonomy(await familyLayers(file === undefined ? undefined : resolve(file)), undefined);
}

export function listedFamily(family: FamilyRule, tasks: readonly TaskRule[]): ListedFamily {
  const own = tasks.filter((task) => task.family === family.id).map(listedTask);
  const pooled = own.filter((task) => task.chance !== null && task.direction === 'up');
  return {
    family: family.id,
    title: family.title,
    description: family.description ?? null,
    modality: family.modality ?? null,
    role: family.role ?? null,
    modules: family.modules ?? [],
    modulesSource: family.modules_source ?? null,
    tasks: own.length,
    pooled: pooled.length,
    recalled: pooled.filter((task) => task.confidence === 'recalled').length,
  };
}

export function listedTask(task: TaskRule): ListedTask {
  const scale = task.metrics[0];
  const direction = scale?.direction ?? 'up';
  return {
    task: task.id,
    family: task.family,
    aliases: task.names.slice(1),
    match: task.match,
    metrics: task.metrics.map(({ metric, filter }) => (filter === undefined ? metric : `${metric},${filter}`)),
    chance: scale?.chance ?? null,
    max: scale?.max ?? null,
    direction: typeof direction === 'string' ? direction : `to ${direction.target}`,
    protocols: task.protocols,
    source: task.source,
    confidence: scale?.chance === null ? null : (task.confidence ?? null),
  };
}

/** Every format of results that can be imported. */
export function listedFormats(): ListedUnit[] {
  return Object.entries(readers).map(([id, reader]) => ({ id, title: reader.title, about: reader.reads }));
}

export function listedDiagnostics(): ListedUnit[] {
  return Object.values(diagnostics).map(({ meta }) => ({ id: meta.id, title: meta.title, about: meta.description }));
}

export function listedFindings(): ListedUnit[] {
  return Object.values(patterns).map(({ meta }: Pattern) => ({
    id: meta.id,
    title: meta.failureTitle,
    about: meta.description,
  }));
}
