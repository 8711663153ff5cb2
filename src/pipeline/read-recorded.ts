import { resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { RawRun } from '../harness/raw-run.ts';
import { harnesses } from '../harness/registry.ts';
import { Attestation } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';

/**
 * Reads the results of an earlier run; the attestation beside them says which weights they belong to. Without
 * weights to compare with they are unattested.
 *
 * @param recorded folder of the results; `{checkpoint}` stands for the id
 * @throws SkiagramError `fingerprint-mismatch` where they belong to other weights; what `readLmEval` throws
 */
export async function readRecorded(
  configFolder: string,
  recorded: string,
  suite: string,
  { id, checkpoint }: { readonly id: string; readonly checkpoint: Checkpoint | undefined },
): Promise<RawRun> {
  const folder = resolve(configFolder, recorded.replaceAll('{checkpoint}', id));
  const attestation = await RunFolder.at(folder).read(Attestation, 'attestation.json');
  if (attestation && checkpoint && attestation.fingerprint !== checkpoint.fingerprint)
    throw otherWeights(id, folder, attestation.fingerprint, checkpoint.fingerprint);
  const vouched = attestation !== undefined && checkpoint !== undefined && !attestation.unattested;
  const fingerprint = !vouched ? null : attestation.fingerprint;
  return harnesses['lm-eval'].read(folder, { suite, fingerprint });
}

function otherWeights(id: string, folder: string, scored: string, opened: string): SkiagramError {
  return new SkiagramError({
    code: 'fingerprint-mismatch',
    message: `The recorded scores in ${folder} belong to other weights than checkpoint "${id}": the scores carry fingerprint ${scored}, the checkpoint has ${opened}.`,
    hint: 'Evaluate this checkpoint again, or point the suite at the results of these very weights.',
  });
}
