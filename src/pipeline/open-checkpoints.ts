import { type Checkpoint, CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import { hubFromEnvironment, pathOrHubId } from '../checkpoint/hub.ts';
import { type OpenOptions, openCheckpoint } from '../checkpoint/open.ts';
import { type Outcome, type RunContext, runStage } from './context.ts';
import { noWeights } from './no-weights.ts';

/** Config -> opened and fingerprinted checkpoints by id; one that cannot be opened, or has no weights, leaves its error. */
export async function openCheckpoints(context: RunContext): Promise<Map<string, Outcome<Checkpoint>>> {
  const opened = new Map<string, Outcome<Checkpoint>>();
  for (const { id, path: written, diagnostics } of context.loaded.config.checkpoints) {
    if (written === undefined) {
      opened.set(id, { error: noWeights(id, diagnostics) });
      continue;
    }
    const outcome = await runStage(context, 'checkpoint', id, async () => {
      const report = (text: string) => (done: number, total: number) =>
        context.progress.update({ stage: 'open', subject: id, state: 'running', done, total, text });
      const { path, options } = await howToOpen(context, id);
      const checkpoint = await openCheckpoint(path, {
        ...options,
        hub: options.hub && { ...options.hub, onDownload: report('fetching from the hub') },
        onProgress: report('reading and fingerprinting'),
      });
      await context.folder.write(CheckpointArtifact, `checkpoints/${id}.json`, artifactOf(checkpoint, written));
      return { value: checkpoint };
    });
    context.progress.update({
      stage: 'open',
      subject: id,
      state: 'error' in outcome ? 'failed' : 'done',
      ...('error' in outcome ? { text: outcome.error.message } : {}),
    });
    opened.set(id, outcome);
  }
  return opened;
}

/** What is kept of an opened checkpoint: all but where its bytes are on this machine. */
function artifactOf(checkpoint: Checkpoint, written: string): CheckpointArtifact {
  const { tensors: _tensors, stored: _stored, config: _config, ...rest } = checkpoint;
  const { local: _local, localBase: _localBase, ...artifact } = rest;
  return { ...artifact, path: written };
}

/** The path or hub id of a checkpoint in the config, and what opening it takes: an adapter needs its base. */
export async function howToOpen(context: RunContext, id: string): Promise<{ path: string; options: OpenOptions }> {
  const { folder, config } = context.loaded;
  const entry = config.checkpoints.find((checkpoint) => checkpoint.id === id);
  const base = config.checkpoints.find((checkpoint) => checkpoint.id === entry?.base);
  return {
    path: await pathOrHubId(folder, entry?.path ?? ''),
    options: {
      signal: context.signal,
      hub: hubFromEnvironment(process.env, { offline: config.offline ?? false }),
      ...(base?.path !== undefined ? { base: await pathOrHubId(folder, base.path) } : {}),
    },
  };
}
