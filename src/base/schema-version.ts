import { SkiagramError } from './error.ts';

/** One step from a version of a document to the next, as a pure function; a file of its own under src/store/upgrades/. */
export interface UpgradeStep {
  /** First part of its path in a run folder, without ending: dossier, verdict, scores, pairs, … */
  readonly document: string;
  readonly from: string;
  readonly to: string;
  readonly upgrade: (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

/** A document brought to the version that is known here. `newer` is its own version where that is a newer minor one. */
export interface Upgraded {
  readonly document: Record<string, unknown>;
  readonly newer: string | undefined;
}

/**
 * Brings a document to version `known` (`major.minor`). An older one goes through the steps, one after the other. A newer minor
 * version only adds to what there was, so it is read as the known one, and its reader must say what it does not know.
 *
 * Throws `artifact-newer` for a newer major version, `artifact-older` where no step leads on, `artifact-invalid` where the
 * document says no version. `where` names the file in messages.
 */
export function upgraded(
  given: unknown,
  { name, known, where, steps }: { name: string; known: string; where: string; steps: readonly UpgradeStep[] },
): Upgraded {
  let document = asObject(given, where);
  const seen = new Set<string>();
  for (;;) {
    const version = versionOf(document, where);
    if (version === known) return { document, newer: undefined };
    const [[major, minor], [knownMajor, knownMinor]] = [parts(version), parts(known)];
    if (major > knownMajor) throw newerVersion(where, version, known);
    if (major === knownMajor && minor > knownMinor)
      return { document: { ...document, schemaVersion: known }, newer: version };
    const step = steps.find((candidate) => candidate.document === name && candidate.from === version);
    if (step === undefined || seen.has(version)) throw olderVersion(where, version, known);
    seen.add(version);
    document = { ...step.upgrade(document), schemaVersion: step.to };
  }
}

/** The error for a document that only a newer Skiagram can read; also where a newer minor version changed more than it may. */
export function newerVersion(where: string, version: string, known: string): SkiagramError {
  return new SkiagramError({
    code: 'artifact-newer',
    message: `${where} is of schema version ${version}; this Skiagram knows ${known}.`,
    hint: `Update Skiagram to one that knows ${version}, or make the run again with this one (it writes ${known}).`,
  });
}

function olderVersion(where: string, version: string, known: string): SkiagramError {
  return new SkiagramError({
    code: 'artifact-older',
    message: `${where} is of schema version ${version}, from which no step leads to ${known}.`,
    hint: 'Make the run again, or read it with the Skiagram that wrote it (manifest.json names it).',
  });
}

function asObject(given: unknown, where: string): Record<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw invalid(where, 'it is no JSON object');
}

function versionOf({ schemaVersion }: Readonly<Record<string, unknown>>, where: string): string {
  if (typeof schemaVersion === 'string' && /^\d{1,4}\.\d{1,4}$/.test(schemaVersion)) return schemaVersion;
  throw invalid(
    where,
    `schemaVersion is ${JSON.stringify(schemaVersion)?.slice(0, 40) ?? 'missing'}, not a version such as "1.0"`,
  );
}

function invalid(where: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'artifact-invalid',
    message: `${where} is not what it should be: ${what}.`,
    hint: 'Delete the file and run again with --resume; it will be made anew.',
  });
}

function parts(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}
