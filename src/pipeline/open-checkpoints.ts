import { resolve } from 'node:path';
import { type Checkpoint, CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import { type Outcome, type RunContext, runStage } from './context.ts';

/** Config -> opened and fingerprinted checkpoints by id; one that cannot be opened leaves its error. */
export async function openCheckpoints(context: RunContext): Promise<Map<string, Outcome<Checkpoint>>> {
  const opened = new Map<string, Outcome<Checkpoint>>();
  for (const { id, path } of context.loaded.config.checkpoints) {
    const outcome = await runStage(context, 'checkpoint', id, async () => {
      const onProgress = (done: number, total: number): void =>
        context.progress.update({
          stage: 'open',
          subject: id,
          state: 'running',
          done,
          total,
          text: 'reading and fingerprinting',
        });
      const checkpoint = await openCheckpoint(resolve(context.loaded.folder, path), {
        signal: context.signal,
        onProgress,
      });
      const { tensors: _tensors, stored: _stored, config: _config, ...artifact } = checkpoint;
      await context.folder.write(CheckpointArtifact, `checkpoints/${id}.json`, { ...artifact, path });
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
