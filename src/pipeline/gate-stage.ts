import type { Gate } from '../gate/gate.ts';
import type { BaselineRun } from './baseline-runs.ts';
import { type RunContext, runStage } from './context.ts';
import { gateRun, removeOutcome } from './gate-run.ts';
import type { LoadedPolicy } from './load-policy.ts';

/**
 * The gate within a run: the policy on what was just joined. What an earlier dossier's gate left is removed, also where there is no
 * policy any more, so that no report shows an outcome of other numbers. A gate that fails to be judged is a failed stage.
 */
export async function gateStage(
  context: RunContext,
  policy: LoadedPolicy | undefined,
  baselines: readonly BaselineRun[],
): Promise<Gate | undefined> {
  await removeOutcome(context.folder);
  if (!policy) return undefined;
  const outcome = await runStage(context, 'gate', policy.file ?? 'config', async () => ({
    value: await gateRun({ run: context.folder.root, policy, baselines }),
  }));
  return 'value' in outcome ? outcome.value : undefined;
}
