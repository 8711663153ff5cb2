import type { Measured } from '../base/measured.ts';
import { Diagnosis, PairDiagnosis } from '../diagnostics/diagnosis.ts';
import { recordedDiagnosis, recordedPair } from '../diagnostics/recorded-diagnosis.ts';
import { recordedInvalid } from '../diagnostics/recorded-row.ts';
import { constantsOf, type Outcome, type RunContext, runStage } from './context.ts';
import type { Diagnoses } from './diagnose-checkpoints.ts';
import { readRecordedDiagnostics } from './read-recorded-diagnostics.ts';

/**
 * Adds what others measured (`diagnostics:` of a checkpoint) to what was measured here. Where weights were measured, only summaries that
 * are not known otherwise are taken over, each with its note; every other recorded number is left out with a warning.
 */
export async function addRecorded(context: RunContext, measured: Diagnoses): Promise<Diagnoses> {
  const { config, folder } = context.loaded;
  const bases = new Map(config.checkpoints.map(({ id, base }) => [id, base] as const));
  const [single, pairs] = [new Map(measured.single), new Map(measured.pairs)];
  for (const { id, base, diagnostics: file } of config.checkpoints) {
    if (file === undefined) continue;
    const outcome = await runStage(context, 'recorded', id, async () => {
      const { rows, fingerprint } = await readRecordedDiagnostics(folder, file, bases);
      const own = rows.filter(({ checkpoint }) => checkpoint === id);
      if (own.length === 0)
        throw recordedInvalid(
          file,
          `it holds no row of checkpoint "${id}"`,
          'Rows name their checkpoint by its id in the config.',
        );
      const [alone, compared] = [own.filter((row) => row.base === null), own.filter((row) => row.base !== null)];
      const value = {
        diagnosis: alone.length > 0 ? recordedDiagnosis(alone, fingerprint) : undefined,
        pair: compared.length > 0 ? recordedPair(compared, fingerprint, constantsOf(context)) : undefined,
      };
      const leftOut = [
        ...(value.diagnosis ? put(single, id, value.diagnosis) : []),
        ...(value.pair ? put(pairs, id, value.pair) : []),
      ];
      if (leftOut.length > 0)
        context.progress.warn(
          `${id}: ${leftOut.length} recorded numbers were not used, first ${leftOut[0]}: its weights are measured here.`,
        );
      return { value };
    });
    if ('error' in outcome) {
      if (!single.has(id)) single.set(id, outcome);
      continue;
    }
    const [diagnosis, pair] = [single.get(id), pairs.get(id)];
    if (outcome.value.diagnosis && diagnosis && 'value' in diagnosis)
      await context.folder.write(Diagnosis, `diagnostics/${id}.json`, diagnosis.value);
    if (outcome.value.pair && pair && 'value' in pair)
      await context.folder.write(PairDiagnosis, `pairs/${id}~${base}.json`, pair.value);
  }
  return { ...measured, single, pairs };
}

/** Takes the recorded diagnosis whole where nothing was measured; else the summaries that are missing. Returns what was not used. */
function put<D extends Diagnosis | PairDiagnosis>(into: Map<string, Outcome<D>>, id: string, recorded: D): string[] {
  const known = into.get(id);
  if (known === undefined || 'error' in known) {
    into.set(id, { value: recorded });
    return [];
  }
  const fresh = ([key, value]: [string, Measured]): boolean =>
    value.status === 'ok' && known.value.model[key]?.status !== 'ok' && !(value.note ?? '').startsWith('over ');
  const entries = Object.entries(recorded.model);
  into.set(id, {
    value: { ...known.value, model: { ...known.value.model, ...Object.fromEntries(entries.filter(fresh)) } },
  });
  return [
    ...entries.filter((entry) => !fresh(entry)).map(([key]) => key),
    ...recorded.matrices.map(({ name }) => name),
  ];
}
