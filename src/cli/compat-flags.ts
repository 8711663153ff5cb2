import { SkiagramError } from '../base/error.ts';
import type { CompatPathOptions } from '../pipeline/compat-path.ts';
import type { Flag } from './command.ts';

/** Flags that mean something only beside --compat weightwatcher; the names are WeightWatcher's. */
export const compatFlags: readonly Flag[] = [
  { flags: '--csv', text: 'with --compat: every column as CSV' },
  { flags: '--min-evals <n>', text: 'with --compat: fewest eigenvalues of a layer (8)', parse: count('--min-evals') },
  { flags: '--max-evals <n>', text: 'with --compat: most eigenvalues of a layer (15000)', parse: count('--max-evals') },
  { flags: '--max-n <n>', text: 'with --compat: longest side of a layer (50000)', parse: count('--max-n') },
  { flags: '--mp-fit', text: 'with --compat: fit the Marchenko–Pastur law to the bulk' },
  { flags: '--randomize', text: 'with --compat: compare with shuffled weights' },
  { flags: '--seed <n>', text: 'with --randomize: seed of the shuffles (0)', parse: count('--seed') },
  { flags: '--erg', text: 'with --compat: the det X = 1 tail (ERG)' },
];

/**
 * Settings of the compatible table, or undefined where it was not asked for. Throws `flag-needs-compat` where one of its
 * flags stands alone, and `flags-contradict` where it is asked for together with --base, or as one CSV for several paths.
 */
export function compatSettings(
  options: Readonly<Record<string, unknown>>,
  paths: number,
): Omit<CompatPathOptions, 'progress' | 'signal'> | undefined {
  if (options.compat === undefined) {
    const alone = compatFlags.find(({ flags }) => options[camel(flags)] !== undefined);
    if (!alone) return undefined;
    throw usage('flag-needs-compat', `${alone.flags.split(' ')[0]} means nothing without --compat weightwatcher.`);
  }
  if (options.base !== undefined)
    throw usage(
      'flags-contradict',
      'WeightWatcher compares no checkpoint with its base here; --compat goes without --base.',
    );
  if (options.csv === true && paths > 1)
    throw usage('flags-contradict', `--csv prints one table, and ${paths} paths were given.`);
  const number = (key: string): number | undefined => options[key] as number | undefined;
  const limits = { minEvals: number('minEvals'), maxEvals: number('maxEvals'), maxN: number('maxN') };
  const seed = number('seed');
  return {
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    mpFit: options.mpFit === true,
    randomize: options.randomize === true,
    erg: options.erg === true,
    ...(seed === undefined ? {} : { seed }),
  };
}

function count(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw usage('flag-not-a-number', `${flag} wants a whole number from 0 up; received "${text}".`);
  };
}

function usage(code: string, message: string): SkiagramError {
  return new SkiagramError({ code, message, hint: 'skiagram diagnose --help lists the flags.', exitCode: 2 });
}

/** `--max-n <n>` -> `maxN`, as commander names options. */
function camel(flags: string): string {
  return (flags.split(' ')[0] ?? '').slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
