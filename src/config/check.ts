import { didYouMean } from '../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { conditionProblem } from './check-conditions.ts';
import type { Config, SuiteConfig } from './config.ts';

/**
 * What a schema cannot say: ids are unique, every base exists, no checkpoint descends from itself, no task is asked
 * for by two suites, checkpoints of a condition can be put in order. Throws `config-invalid` naming the entry.
 */
export function checkConfig(config: Config, file: string): void {
  const ids = config.checkpoints.map((checkpoint) => checkpoint.id);
  const twice = repeated(ids) ?? repeated((config.suites ?? []).map((suite) => suite.id));
  if (twice !== undefined)
    throw problem(file, `The id "${twice}" is used twice.`, 'Give every checkpoint and suite an id of its own.');
  for (const { id, base } of config.checkpoints) {
    if (base === undefined) continue;
    if (base === id)
      throw problem(
        file,
        `Checkpoint "${id}" names itself as base.`,
        'The base is the checkpoint it was trained from.',
      );
    if (!ids.includes(base)) {
      const meant = didYouMean(base, ids);
      throw problem(
        file,
        `Checkpoint "${id}" has base "${base}", which is not in the list of checkpoints.`,
        meant ? `Did you mean "${meant}"?` : `Known: ${ids.join(', ')}.`,
      );
    }
  }
  const condition = conditionProblem(config);
  if (condition) throw problem(file, condition.message, condition.hint);
  for (const suite of config.suites ?? []) checkSuite(suite, ids, file);
  const bare = config.checkpoints.find(({ path }) => path === undefined);
  const live = (config.suites ?? []).find(({ harness, recorded }) => harness === 'lm-eval' && recorded === undefined);
  if (bare && live)
    throw problem(
      file,
      `Suite "${live.id}" runs lm-eval, and checkpoint "${bare.id}" has no \`path\` to load.`,
      'Add its path, or read scores that were made elsewhere: `harness: import`, or `recorded`.',
    );
  const task = repeated((config.suites ?? []).flatMap((suite) => [...new Set(suite.tasks ?? [])]));
  if (task !== undefined)
    throw problem(file, `Task "${task}" is in two suites.`, 'A task is scored once; keep it in one suite.');
}

/** Which keys go with which harness. */
function checkSuite(suite: SuiteConfig, checkpoints: readonly string[], file: string): void {
  const imports = suite.harness === 'import';
  const lacking = imports ? suite.files === undefined && 'files' : suite.tasks === undefined && 'tasks';
  if (lacking)
    throw problem(
      file,
      `Suite "${suite.id}" has harness ${suite.harness} but no \`${lacking}\`.`,
      imports ? 'Name the results of each checkpoint: `files: {sft: ./results/sft}`.' : 'List at least one task.',
    );
  const foreign = (imports ? onlyRun : onlyImport).find((key) => suite[key] !== undefined);
  if (foreign !== undefined)
    throw problem(
      file,
      `Suite "${suite.id}" has harness ${suite.harness}, which does not take \`${foreign}\`.`,
      imports ? 'Imported results were made elsewhere; say there how.' : 'It belongs to `harness: import`.',
    );
  if (suite.device !== undefined && suite.devices !== undefined)
    throw problem(file, `Suite "${suite.id}" has \`device\` and \`devices\`.`, 'Keep one of the two.');
  const named = [suite.files, suite.models, suite.checkpoint_args].flatMap((by) => Object.keys(by ?? {}));
  const stranger = named.find((id) => !checkpoints.includes(id));
  if (stranger !== undefined)
    throw problem(
      file,
      `Suite "${suite.id}" names checkpoint "${stranger}", which is not in the list of checkpoints.`,
      `Known: ${checkpoints.join(', ')}.`,
    );
}

const onlyImport = ['files', 'format', 'models', 'mapping', 'scale'] as const;
const onlyRun = [
  ...([
    'model',
    'model_args',
    'checkpoint_args',
    'include_path',
    'num_fewshot',
    'batch_size',
    'max_batch_size',
  ] as const),
  ...(['device', 'devices', 'seed', 'apply_chat_template', 'system_instruction', 'fewshot_as_multiturn'] as const),
  ...(['gen_kwargs', 'unsafe_code', 'trust_remote_code', 'config', 'recorded'] as const),
] as const;

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

function problem(file: string, message: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'config-invalid', message: `${file}: ${message}`, hint, exitCode: exitCodes.usage });
}
