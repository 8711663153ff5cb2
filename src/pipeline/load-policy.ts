import { basename, dirname, resolve } from 'node:path';
import Type from 'typebox';
import { type LoadedConfig, loadDocument } from '../config/load.ts';
import { checkPolicy } from '../gate/check-policy.ts';
import { Policy } from '../gate/policy.ts';
import { hashOf } from './settings-hash.ts';

/** A policy with where it came from; paths in it are relative to `folder`. */
export interface LoadedPolicy {
  readonly policy: Policy;
  /** File name alone; null where it is part of the config. */
  readonly file: string | null;
  readonly folder: string;
  /** SHA-256 of its content, keys sorted. */
  readonly hash: string;
}

/**
 * Reads and checks a policy file (YAML or JSON).
 *
 * @throws SkiagramError `config-missing`, `config-syntax`, or `config-invalid` with every problem, its place and did-you-mean
 */
export async function loadPolicy(path: string): Promise<LoadedPolicy> {
  const file = resolve(path);
  const policy = await loadDocument(Policy, file, 'policy', checkPolicy);
  return { policy, file: basename(file), folder: dirname(file), hash: hashOf(policy) };
}

/** The policy of a config: its key `gate`, or the file that this names; undefined where it has none. Throws as `loadPolicy`. */
export async function policyOf({ config, file, folder }: LoadedConfig): Promise<LoadedPolicy | undefined> {
  const { gate } = config;
  if (gate === undefined) return undefined;
  if (typeof gate === 'string') return loadPolicy(resolve(folder, gate));
  // Read again as a policy, so that a problem is shown at its line of the config.
  const { gate: policy } = await loadDocument(WithPolicy, file, 'config', (value) =>
    checkPolicy((value as { gate: unknown }).gate).map((problem) => ({ ...problem, path: ['gate', ...problem.path] })),
  );
  return { policy, file: null, folder, hash: hashOf(policy) };
}

const WithPolicy = Type.Object({ gate: Policy });
