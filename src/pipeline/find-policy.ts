import { existsSync } from 'node:fs';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { defaultNames, loadConfig } from '../config/load.ts';
import { type LoadedPolicy, loadPolicy, policyOf } from './load-policy.ts';

/** Names looked for when no policy is named. */
const policyNames = ['policy.yaml', 'policy.yml', 'policy.json'] as const;

/**
 * The named policy, else that of the named config, else a policy in this folder, else that of the config in this folder.
 *
 * @throws SkiagramError `policy-missing` (usage) where there is none, and what reading it throws
 */
export async function findPolicy(path: string | undefined, configPath?: string): Promise<LoadedPolicy> {
  const named = path ?? (configPath === undefined ? policyNames.find((name) => existsSync(name)) : undefined);
  if (named !== undefined) return loadPolicy(named);
  const config = configPath ?? defaultNames.find((name) => existsSync(name));
  const policy = config === undefined ? undefined : await policyOf(await loadConfig(config));
  if (policy) return policy;
  throw new SkiagramError({
    code: 'policy-missing',
    message: configPath
      ? `The config ${configPath} has no policy (key \`gate\`).`
      : `There is no policy here (looked for ${policyNames.join(', ')} and \`gate\` in ${defaultNames.join(', ')}).`,
    hint: 'Name one with --policy; examples/tiny/policy.yaml is one to start from.',
    exitCode: exitCodes.usage,
  });
}
