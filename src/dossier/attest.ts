import { SkiagramError } from '../base/error.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { DossierCheckpoint } from './dossier.ts';

/**
 * The same-checkpoint guarantee: scores join spectra only where both carry the fingerprint of the same weights.
 * Throws `fingerprint-mismatch` naming both fingerprints, and `scores-unattested` for scores without one unless the
 * config allows them for their suite.
 */
export function attest(
  checkpoint: string,
  fingerprint: string | null,
  runs: readonly RawRun[],
  unattestedSuites: readonly string[],
): DossierCheckpoint['attestation'] {
  const unattested = runs.filter((run) => run.fingerprint === null);
  const other = runs.find((run) => run.fingerprint !== null && run.fingerprint !== fingerprint);
  if (other) {
    throw new SkiagramError({
      code: 'fingerprint-mismatch',
      message: `Scores of suite "${other.suite}" belong to other weights than checkpoint "${checkpoint}": the scores carry fingerprint ${other.fingerprint}, the checkpoint has ${fingerprint}.`,
      hint: 'Evaluate this checkpoint again, or point the suite at the results of these very weights.',
    });
  }
  const refused = unattested.find((run) => !unattestedSuites.includes(run.suite));
  if (refused) {
    throw new SkiagramError({
      code: 'scores-unattested',
      message: `Scores of suite "${refused.suite}" do not say which weights were scored; checkpoint "${checkpoint}" ${fingerprint === null ? 'has no weights to compare with' : `has fingerprint ${fingerprint}`}.`,
      hint: 'Let Skiagram run the harness with a model type that loads the checkpoint itself (hf, vllm), or set `unattested: true` on the suite to join them with a mark.',
    });
  }
  if (runs.length === 0) return 'none';
  return unattested.length > 0 ? 'unattested' : 'attested';
}
