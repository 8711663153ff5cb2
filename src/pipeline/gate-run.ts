import { rm } from 'node:fs/promises';
import type { Compared } from '../gate/candidate.ts';
import { candidate, candidateIds } from '../gate/candidates.ts';
import { evaluateGate } from '../gate/evaluate.ts';
import { Gate } from '../gate/gate.ts';
import { GateDossier, GateFindings, GateVerdict } from '../gate/gate-artifacts.ts';
import { gateFiles, RunFolder } from '../store/run-folder.ts';
import type { BaselineRun } from './baseline-runs.ts';
import type { LoadedPolicy } from './load-policy.ts';
import { runMissing } from './newest-run.ts';

/** What a gate is asked of. */
export interface GateOptions {
  /** Folder of a finished run. */
  readonly run: string;
  readonly policy: LoadedPolicy;
  /** Opened already, where that had to happen earlier. */
  readonly baselines: readonly BaselineRun[];
  /** Where gate.json goes; the run folder when left out. */
  readonly out?: string;
}

/**
 * Artifacts of a run × policy -> gate.json, written whatever the outcome; one of an earlier policy is removed first. Reads
 * dossier.json, findings.json and verdict.json, and with baseline runs scores/ and samples/ of both sides. Needs no
 * Python, no GPU and no weights.
 *
 * @throws SkiagramError `run-missing` where the run is not finished, `artifact-invalid`, `baseline-unknown`, `output-unwritable`
 */
export async function gateRun({ run, policy, baselines, out }: GateOptions): Promise<Gate> {
  const folder = RunFolder.at(run);
  const target = out === undefined ? folder : await RunFolder.open(out);
  // First of all: an outcome of before must not stand beside an error of now.
  await removeOutcome(target);
  const [dossier, findings, verdict] = await Promise.all([
    folder.read(GateDossier, 'dossier.json'),
    folder.read(GateFindings, 'findings.json'),
    folder.read(GateVerdict, 'verdict.json'),
  ]);
  if (!dossier || !findings || !verdict) throw runMissing(run);
  const { ids, absent } = candidateIds(dossier, policy.policy.checkpoints);
  const candidates = [];
  for (const id of ids) {
    const compared = await comparedWith(baselines, { folder, dossier }, id);
    candidates.push(candidate(id, { dossier, findings, verdict }, compared));
  }
  const gate = evaluateGate({
    policy: policy.policy,
    policyHash: policy.hash,
    policyFile: policy.file,
    run: dossier.title,
    candidates,
    absent: absent.map((checkpoint) => ({ checkpoint, reason: `The run holds no checkpoint "${checkpoint}".` })),
  });
  await target.write(Gate, 'gate.json', gate);
  return gate;
}

/** Removes what an earlier gate wrote, in whichever format. */
export async function removeOutcome(folder: RunFolder): Promise<void> {
  for (const name of gateFiles) await rm(folder.path(name), { force: true });
}

/** Baselines of the policy, relative to it, unless the caller names some, relative to here. Throws as `openBaselines`. */
export async function baselinesOf({ policy, folder }: LoadedPolicy, named: readonly string[]): Promise<BaselineRun[]> {
  const specs = named.length > 0 ? named : [policy.baseline ?? []].flat();
  if (specs.length === 0) return [];
  const { openBaselines } = await import('./baseline-runs.ts');
  return openBaselines(specs, named.length > 0 ? process.cwd() : folder);
}

/** The candidate against each run of the chain. What pairs items is loaded where there is a chain only: most gates have none. */
async function comparedWith(
  baselines: readonly BaselineRun[],
  own: { readonly folder: RunFolder; readonly dossier: GateDossier },
  id: string,
): Promise<Compared[]> {
  if (baselines.length === 0) return [];
  const { compareWithBaseline } = await import('./baseline-runs.ts');
  const compared: Compared[] = [];
  for (const baseline of baselines) compared.push(await compareWithBaseline(own, id, baseline));
  return compared;
}
