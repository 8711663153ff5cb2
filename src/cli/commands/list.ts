import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { TaxonomyRules } from '../../families/resolve-taxonomy.ts';
import type { TaskRule } from '../../families/task-rule.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';

const kinds = ['families', 'tasks', 'formats', 'diagnostics', 'findings', 'charts'] as const;

/** `skiagram list`: what is known by name. */
export const list: Command = {
  name: 'list',
  summary: 'list families, tasks, result formats, diagnostics, findings or the charts of a run',
  description:
    'Prints what is known by name. Tasks come with the metric that is read, the chance level, the maximum, how sure the chance level is (derived, sourced, recalled) and where it comes from. With names, says which task each is read as.',
  arguments: [
    { name: '<what>', text: kinds.join(', ') },
    { name: '[name...]', text: 'with tasks: only these, by any name a harness gives them' },
  ],
  flags: [
    { flags: '--family <id>', text: 'with tasks: only those of one family' },
    { flags: '--families <file>', text: 'lay a families file over the built-in one first' },
    { flags: '--run <dir>', text: 'with charts: run folder (default: the newest under runs/)' },
  ],
  examples: [
    { line: 'skiagram list families', text: 'the families and what they stand for' },
    { line: 'skiagram list tasks --family mm_math', text: 'the tasks of one family' },
    { line: 'skiagram list tasks mmlu_anatomy MMLU-Pro', text: 'what two names are read as' },
    {
      line: 'skiagram list tasks --families examples/tiny/families.yaml --family brackets',
      text: 'with a file of your own',
    },
    { line: 'skiagram list formats', text: 'results that can be imported' },
    { line: 'skiagram list charts --run runs/tiny', text: 'charts of a run, for `skiagram chart`' },
  ],
  act: async ([what, names], options, { terminal }) => {
    const kind = known(String(what), kinds, 'list-unknown', 'There is nothing to list called');
    const asked = Array.isArray(names) ? (names as readonly string[]) : [];
    if (kind !== 'tasks' && (asked.length > 0 || options.family !== undefined))
      throw new SkiagramError({
        code: 'list-only-tasks',
        message: `\`list ${kind}\` takes neither names nor --family.`,
        hint: 'They belong to `skiagram list tasks`.',
        exitCode: exitCodes.usage,
      });
    const file = typeof options.families === 'string' ? options.families : undefined;
    if (kind === 'tasks') await listTasks(asked, options.family as string | undefined, file, terminal);
    else if (kind === 'families') await listFamilies(file, terminal);
    else if (kind === 'charts') await listCharts(options.run as string | undefined, terminal);
    else await listUnits(kind, terminal);
    return exitCodes.ok;
  },
};

async function listFamilies(file: string | undefined, terminal: Terminal): Promise<void> {
  const { knownFamilies, listedFamily } = await import('../../pipeline/catalogue.ts');
  const rules = await knownFamilies(file);
  const families = rules.families.map((family) => listedFamily(family, rules.tasks));
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', families });
  const { familyTable } = await import('../list-table.ts');
  terminal.print(familyTable(families, terminal));
}

async function listTasks(
  names: readonly string[],
  family: string | undefined,
  file: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const { knownFamilies, listedTask } = await import('../../pipeline/catalogue.ts');
  const { findTask } = await import('../../families/find-task.ts');
  const rules = await knownFamilies(file);
  if (family !== undefined)
    known(
      family,
      rules.families.map(({ id }) => id),
      'family-unknown',
      'There is no family',
    );
  const found = names.map((name) => findTask(rules, name)?.rule ?? unknownTask(name, rules));
  const chosen: readonly TaskRule[] = names.length > 0 ? [...new Set(found)] : rules.tasks;
  const tasks = chosen.filter((task) => family === undefined || task.family === family).map(listedTask);
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', tasks });
  const { taskTable } = await import('../list-table.ts');
  terminal.print(taskTable(tasks, terminal));
}

async function listCharts(run: string | undefined, terminal: Terminal): Promise<void> {
  const { newestRun } = await import('../../pipeline/report-again.ts');
  const { runCharts } = await import('../../pipeline/run-charts.ts');
  const charts = (await runCharts(run ?? (await newestRun('runs')), terminal)).map(({ id, title, caption }) => ({
    id,
    title,
    about: caption,
  }));
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', charts });
  const { unitTable } = await import('../list-table.ts');
  terminal.print(charts.length > 0 ? unitTable(charts, terminal) : 'This run has no chart.');
}

async function listUnits(kind: 'formats' | 'diagnostics' | 'findings', terminal: Terminal): Promise<void> {
  const catalogue = await import('../../pipeline/catalogue.ts');
  const units = {
    formats: catalogue.listedFormats,
    diagnostics: catalogue.listedDiagnostics,
    findings: catalogue.listedFindings,
  }[kind]();
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', [kind]: units });
  const { unitTable } = await import('../list-table.ts');
  terminal.print(unitTable(units, terminal));
}

function unknownTask(name: string, rules: TaxonomyRules): never {
  known(
    name,
    rules.tasks.flatMap((task) => task.names),
    'task-unknown',
    'No family knows a task called',
  );
  throw new Error('unreachable: findTask knows every name that the rules hold');
}

/** The name, if it is among those known; else an error with the one that was probably meant. */
function known<Name extends string>(name: string, all: readonly Name[], code: string, sentence: string): Name {
  const found = all.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  const meant = didYouMean(name, all);
  throw new SkiagramError({
    code,
    message: `${sentence} "${name}".`,
    hint: meant
      ? `Did you mean "${meant}"?`
      : all.length > 40
        ? 'Such a task is listed and never guessed; docs/FAMILIES.md says how to add it.'
        : `Known: ${all.join(', ')}.`,
    exitCode: exitCodes.usage,
  });
}
