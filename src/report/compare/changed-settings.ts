import type { Dossier } from '../../dossier/dossier.ts';

/** Constants, seeds, engines, families and harness settings that two runs do not share, as sentences. */
export function changedSettings(before: Dossier, after: Dossier): string[] {
  return [
    ...differing('Constant', before.constants, after.constants),
    ...(before.seed === after.seed ? [] : [`Seed: ${before.seed} before, ${after.seed} after.`]),
    ...(before.engine === after.engine
      ? []
      : [`Spectra: ${before.engine ?? 'none'} before, ${after.engine ?? 'none'} after.`]),
    ...(axisOf(before) === axisOf(after) ? [] : ['The axis of targeted and coverage families is another one.']),
    ...(tasksOf(before) === tasksOf(after) ? [] : ['Families hold other tasks.']),
    ...harnesses(before, after),
  ];
}

function harnesses(before: Dossier, after: Dossier): string[] {
  const names = [...new Set([...before.harness, ...after.harness].map(({ suite }) => suite))];
  return names.flatMap((name) => {
    const [one, two] = [before, after].map(({ harness }) => harness.find(({ suite }) => suite === name));
    if (!one || !two) return [`Suite ${name} is in one of the runs only.`];
    return [
      ...(one.version === two.version
        ? []
        : [`Suite ${name}: ${one.harness} ${one.version ?? 'unknown'} before, ${two.version ?? 'unknown'} after.`]),
      ...differing(`Suite ${name}, setting`, one.settings, two.settings),
    ];
  });
}

function differing(
  what: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => `${what} ${key}: ${shown(before[key])} before, ${shown(after[key])} after.`);
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'none' : String(value);
}

function axisOf({ axis }: Dossier): string {
  return JSON.stringify([axis.declared, [...axis.targeted].sort(), [...axis.coverage].sort()]);
}

function tasksOf({ families }: Dossier): string {
  return JSON.stringify(families.map(({ id, tasks }) => [id, tasks.map((task) => task.id).sort()]).sort());
}
