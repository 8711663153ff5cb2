import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { Compared } from '../gate/candidate.ts';
import { compareByTotals } from '../gate/compared-by-totals.ts';
import { unattestedNotes } from '../gate/compared-with-base.ts';
import { compareRuns } from '../gate/compared-with-run.ts';
import { GateDossier } from '../gate/gate-artifacts.ts';
import { withFamiliesOf } from '../gate/with-families-of.ts';
import { RunFolder } from '../store/run-folder.ts';
import { readScoredRuns } from './read-scored-runs.ts';

/** A run named as baseline, with the checkpoint that was approved where one was picked. */
export interface BaselineRun {
  readonly folder: RunFolder;
  readonly dossier: GateDossier;
  readonly picked: string | undefined;
  readonly role: string;
}

/**
 * Opens the runs of a chain, in the order given: the approved baseline, …, the last release. `RUN#ID` picks a checkpoint.
 *
 * @throws SkiagramError `baseline-missing` (usage) where one is no finished run, `baseline-unknown` where it lacks the checkpoint
 */
export async function openBaselines(specs: readonly string[], from: string): Promise<BaselineRun[]> {
  return Promise.all(
    specs.map(async (spec, index) => {
      const [path, picked] = await split(spec, from);
      const folder = RunFolder.at(path);
      const dossier = await folder.read(GateDossier, 'dossier.json');
      if (!dossier) throw missing(spec);
      const ids = dossier.checkpoints.map(({ id }) => id);
      if (picked !== undefined && !ids.includes(picked)) throw unknown(spec, picked, ids);
      return { folder, dossier, picked, role: roleOf(index, specs.length) };
    }),
  );
}

/** A folder may have a # in its name, so the whole is tried first. */
async function split(spec: string, from: string): Promise<[string, string | undefined]> {
  const whole = resolve(from, spec);
  const at = spec.lastIndexOf('#');
  if (at <= 0 || (await stat(whole).catch(() => undefined))) return [whole, undefined];
  return [resolve(from, spec.slice(0, at)), spec.slice(at + 1)];
}

function roleOf(index: number, count: number): string {
  if (count === 1) return 'baseline';
  if (index === 0) return 'approved baseline';
  return index === count - 1 ? 'last release' : `release ${index + 1} of ${count}`;
}

/**
 * A candidate against the approved checkpoint of a run: paired by items where both runs kept them, by totals where only dossiers
 * are left. What cannot be read or compared is the comparison's problem and ends nothing.
 *
 * @throws SkiagramError `baseline-unknown` (usage) where the run does not say which checkpoint is meant
 */
export async function compareWithBaseline(
  own: { readonly folder: RunFolder; readonly dossier: GateDossier },
  candidate: string,
  baseline: BaselineRun,
): Promise<Compared> {
  const approved = approvedIn(baseline, own, candidate);
  const reference = { kind: 'run', checkpoint: approved, run: baseline.dossier.title, role: baseline.role } as const;
  const notes = [
    ...unattestedNotes([candidate], own.dossier.checkpoints),
    ...unattestedNotes([approved], baseline.dossier.checkpoints),
    ...sameWeights(own.dossier, candidate, baseline.dossier, approved),
  ];
  try {
    const [base, subject] = await Promise.all([
      readScoredRuns(baseline.folder, approved, { totals: true }),
      readScoredRuns(own.folder, candidate, { totals: true }),
    ]);
    const families = withFamiliesOf(own.dossier.families, baseline.dossier.families);
    const compared =
      base && subject
        ? compareRuns(base, subject, families)
        : compareByTotals(
            { dossier: baseline.dossier, checkpoint: approved },
            { dossier: { ...own.dossier, families }, checkpoint: candidate },
          );
    if ('problem' in compared) return { reference, families: [], problem: compared.problem, notes };
    return { reference, families: compared.families, notes: [...notes, ...compared.notes] };
  } catch (thrown) {
    if (!(thrown instanceof SkiagramError)) throw thrown;
    return { reference, families: [], problem: thrown.message, notes };
  }
}

/** Picked, else of the candidate's name, else the only one that was compared, else the only one there is. */
function approvedIn(
  { dossier, picked, folder }: BaselineRun,
  own: { readonly folder: RunFolder },
  candidate: string,
): string {
  const ids = dossier.checkpoints.map(({ id }) => id);
  const itself = resolve(folder.root) === resolve(own.folder.root);
  if (picked !== undefined) return picked;
  if (!itself && ids.includes(candidate)) return candidate;
  const compared = dossier.comparisons.map(({ checkpoint }) => checkpoint).filter((id) => !itself || id !== candidate);
  const only = compared.length === 1 ? compared[0] : ids.length === 1 && !itself ? ids[0] : undefined;
  if (only !== undefined) return only;
  throw new SkiagramError({
    code: 'baseline-unknown',
    message: `The baseline run ${basename(folder.root)} has no checkpoint "${candidate}", and several that may be the approved one.`,
    hint: `Name one after a #: ${basename(folder.root)}#${compared[0] ?? ids[0] ?? 'ID'}. There are ${ids.join(', ')}.`,
    exitCode: exitCodes.usage,
  });
}

function sameWeights(own: GateDossier, candidate: string, other: GateDossier, approved: string): string[] {
  const [mine, theirs] = [
    own.checkpoints.find(({ id }) => id === candidate)?.fingerprint,
    other.checkpoints.find(({ id }) => id === approved)?.fingerprint,
  ];
  return mine && mine === theirs ? ['Candidate and reference are the same weights.'] : [];
}

function missing(spec: string): SkiagramError {
  return new SkiagramError({
    code: 'baseline-missing',
    message: `The baseline ${spec} holds no finished run (dossier.json).`,
    hint: 'Name the folder of the approved run; RUN#ID picks one of its checkpoints.',
    exitCode: exitCodes.usage,
  });
}

function unknown(spec: string, id: string, known: readonly string[]): SkiagramError {
  const meant = didYouMean(id, known);
  return new SkiagramError({
    code: 'baseline-unknown',
    message: `The baseline ${spec} has no checkpoint "${id}".`,
    hint: meant ? `Did you mean "${meant}"?` : `There are ${known.join(', ')}.`,
    exitCode: exitCodes.usage,
  });
}
