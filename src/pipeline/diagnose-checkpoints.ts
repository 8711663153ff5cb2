import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { diagnoseCheckpoint, diagnosePair } from '../diagnostics/diagnose.ts';
import { Diagnosis, PairDiagnosis } from '../diagnostics/diagnosis.ts';
import type { SpectrumEngine } from '../spectrum/engine.ts';
import { consecutive } from './consecutive.ts';
import { constantsOf, type Outcome, type RunContext, runStage } from './context.ts';
import { matrixProgress, searchProgress } from './progress.ts';
import { spectrumStore } from './spectrum-store.ts';

/** Diagnoses by checkpoint id, pair diagnoses by subject id, and those of consecutive checkpoints of a condition by the later one's id. */
export interface Diagnoses {
  readonly single: ReadonlyMap<string, Outcome<Diagnosis>>;
  readonly pairs: ReadonlyMap<string, Outcome<PairDiagnosis>>;
  readonly steps: ReadonlyMap<string, Outcome<PairDiagnosis>>;
}

/** Checkpoints -> spectra and diagnostics, then pairs with their base and with the checkpoint before. Finished matrices are read back, not recomputed. */
export async function diagnoseCheckpoints(
  context: RunContext,
  opened: ReadonlyMap<string, Outcome<Checkpoint>>,
  engine: SpectrumEngine,
): Promise<Diagnoses> {
  const { config } = context.loaded;
  const cache = spectrumStore(context.folder);
  const options = (id: string, stage: 'spectra' | 'pair'): Parameters<typeof diagnoseCheckpoint>[2] => ({
    signal: context.signal,
    cache,
    onMatrix: matrixProgress(context.progress, stage, id),
    onSearch: searchProgress(context.progress, id),
  });
  const single = new Map<string, Outcome<Diagnosis>>();
  for (const [id, checkpoint] of opened) {
    if ('error' in checkpoint) continue;
    const outcome = await runStage(context, 'diagnostics', id, async () => {
      const diagnosis = await diagnoseCheckpoint(checkpoint.value, engine, options(id, 'spectra'));
      await context.folder.write(Diagnosis, `diagnostics/${id}.json`, diagnosis);
      return { value: diagnosis };
    });
    finish(context, 'spectra', id, outcome);
    single.set(id, outcome);
  }
  const pairs = new Map<string, Outcome<PairDiagnosis>>();
  for (const { id, base } of config.diagnostics?.base_pairs === false ? [] : config.checkpoints) {
    const [subject, reference] = [opened.get(id), base === undefined ? undefined : opened.get(base)];
    if (!subject || !reference || 'error' in subject || 'error' in reference) continue;
    const outcome = await runStage(context, 'pair', id, async () => {
      const pair = await diagnosePair(subject.value, reference.value, engine, {
        ...options(id, 'pair'),
        nullDraws: config.diagnostics?.null_draws ?? 5,
        seed: config.seed ?? 0,
        constants: constantsOf(context),
        extended: config.diagnostics?.extended,
      });
      await context.folder.write(PairDiagnosis, `pairs/${id}~${base}.json`, pair);
      return { value: pair };
    });
    finish(context, 'pair', id, outcome);
    pairs.set(id, outcome);
  }
  const steps = new Map<string, Outcome<PairDiagnosis>>();
  for (const { earlier, later } of config.diagnostics?.step_pairs === false ? [] : consecutive(config.checkpoints)) {
    const known = later.base === earlier.id ? pairs.get(later.id) : undefined;
    const [subject, reference] = [opened.get(later.id), opened.get(earlier.id)];
    if (known) steps.set(later.id, known);
    if (known || !subject || !reference || 'error' in subject || 'error' in reference) continue;
    const name = `${later.id}~${earlier.id}`;
    const outcome = await runStage(context, 'step-pair', name, async () => {
      const sums = { ...options(name, 'pair'), constants: constantsOf(context), spectra: false };
      const pair = await diagnosePair(subject.value, reference.value, engine, sums);
      await context.folder.write(PairDiagnosis, `pairs/${name}.json`, pair);
      return { value: pair };
    });
    finish(context, 'pair', name, outcome);
    steps.set(later.id, outcome);
  }
  return { single, pairs, steps };
}

function finish(context: RunContext, stage: 'spectra' | 'pair', subject: string, outcome: Outcome<unknown>): void {
  context.progress.update({
    stage,
    subject,
    state: 'error' in outcome ? 'failed' : 'done',
    ...('error' in outcome ? { text: outcome.error.message } : {}),
  });
}
