import { type Constants, fromPaper } from '../../base/constants.ts';
import { decimal } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { Dossier, DossierCheckpoint } from '../../dossier/dossier.ts';
import type { ReportInput } from '../report-input.ts';
import { known, type Statement, unknown, type WholeStatements } from './statement.ts';

/** What METHOD § 8 asks of the report as a whole. */
export function stateReport({ dossier, context, glossary }: ReportInput): WholeStatements {
  return {
    subjects: subjects(dossier),
    precision: precision(dossier),
    matrices: matrices(dossier.checkpoints),
    estimators: estimators(glossary),
    estimatorVariants: estimatorVariants(dossier),
    taxonomy: taxonomy(dossier),
    chance: chance(dossier),
    levels: levels(dossier),
    versions: versions(dossier, context),
    notAssessable: known(
      dossier.limits.length === 0 ? 'Nothing was left out.' : `${dossier.limits.length} limits, listed under Limits.`,
    ),
    wording: known(
      'Words are correlational: “consistent with”. A flag is an association; it does not show contamination, memorisation, or a cause.',
    ),
  };
}

function subjects({ checkpoints, comparisons }: Dossier): Statement {
  const pairs = comparisons.map(({ checkpoint, base }) => `${checkpoint} against ${base}`).join('; ');
  return known(
    `${checkpoints.length} checkpoints, ${comparisons.length} comparisons${pairs === '' ? '' : `: ${pairs}`}. References are those that the config names.`,
  );
}

function precision({ checkpoints, harness }: Dossier): Statement {
  const stored = grouped(checkpoints, ({ dtypes }) => Object.keys(dtypes).join(' and ') || 'not opened');
  const run = harness.flatMap(({ suite, settings }) =>
    settings.dtype === undefined || settings.dtype === null ? [] : [`${suite} in ${String(settings.dtype)}`],
  );
  return known(
    `Stored as: ${stored}. Evaluated: ${run.length === 0 ? 'precision not recorded' : run.join(', ')}. Whether tokenizers are alike and weights were merged from others is not recorded; quantised and adapter weights are named under Limits and in the reason codes.`,
  );
}

function matrices(checkpoints: readonly DossierCheckpoint[]): Statement {
  const opened = checkpoints.filter(({ matrices: { listed } }) => listed > 0);
  if (opened.length === 0) return unknown('No weights were opened.');
  return known(
    `${grouped(opened, (checkpoint) => {
      const groups = Map.groupBy(
        checkpoint.matrixDiagnostics.filter(({ pooled }) => pooled),
        ({ group }) => group,
      );
      const own = [...groups].map(([group, list]) => `${list.length} ${group}`).join(', ');
      const out = checkpoint.leftOut.map(({ count, reason }) => `${count} ${reason}`).join(', ');
      return `${checkpoint.matrices.pooled} of ${checkpoint.matrices.listed} pooled${own === '' ? '' : ` (${own})`}; left out: ${out === '' ? 'none' : out}`;
    })}. Embeddings, heads and norms are listed and not pooled.`,
  );
}

const named = ['alpha', 'effective_rank', 'relative_change', 'weight_correlation', 'depth_score', 'geometry_score'];

function estimators(glossary: ReportInput['glossary']): Statement {
  const found = named.flatMap((id) => glossary.find((entry) => entry.id === id) ?? []);
  if (found.length === 0) return unknown('No diagnostic of weights was computed.');
  return known(`${found.map(({ title, formula }) => `${title}: ${formula.replace(/\.$/, '')}`).join('. ')}.`);
}

const variants: Readonly<Record<string, string>> = {
  alpha: 'smallest Kolmogorov distance',
  alpha_min_tail: 'tail of a minimum size',
  alpha_fix_fingers: 'without fingers',
  alpha_hill_half: 'Hill, upper half',
};

/** Share of α in the range under every estimator that was computed: the multiverse of the weight axis. */
function estimatorVariants({ checkpoints, constants }: Dossier): Statement {
  const [low, high] = [Number(constants.alpha_low), Number(constants.alpha_high)];
  const rows = checkpoints.flatMap(({ id, matrixDiagnostics }) => {
    const shares = Object.entries(variants).flatMap(([key, title]) => {
      const values = matrixDiagnostics
        .filter(({ pooled }) => pooled)
        .flatMap(({ diagnostics }) => numberOf(diagnostics[key]) ?? []);
      const inside = values.filter((value) => value >= low && value <= high).length;
      return values.length === 0 ? [] : [{ title, share: (100 * inside) / values.length }];
    });
    return shares.length === 0 ? [] : [{ id, shares }];
  });
  const [first] = rows;
  if (!first) return unknown('α was not fitted.');
  const text = rows.map(({ id, shares }) => `${id} ${shares.map(({ share }) => decimal(share, 0)).join(', ')}`);
  return known(
    `Share of α within [${low}, ${high}] in % by ${first.shares.map(({ title }) => title).join(', ')}: ${text.join('; ')}.`,
  );
}

function taxonomy({ families, axis }: Dossier): Statement {
  const tasks = families.reduce((sum, family) => sum + family.tasks.length, 0);
  const fixed = axis.declared
    ? 'Targeted and coverage families are declared in the config, which is read before scores'
    : 'No axis was declared, so the contrast is that of the largest and the smallest family';
  return known(
    `${families.length} families of ${tasks} tasks, by rules that do not look at scores. ${fixed}. Whether the config was written before anyone saw scores cannot be seen from here.`,
  );
}

function chance({ families }: Dossier): Statement {
  const tasks = families.flatMap((family) => family.tasks);
  const missing = tasks.filter((task) => task.chance === null).length;
  const recalled = tasks.filter((task) => task.confidence === 'recalled' && task.chance !== null).length;
  return known(
    `Known for ${tasks.length - missing} of ${tasks.length} tasks, ${recalled} of them recalled and not looked up; sources are in the table of families. A task without one is shown and not pooled.`,
  );
}

function levels({ constants, comparisons }: Dossier): Statement {
  const pools = comparisons.flatMap(({ scores }) => (scores.status === 'ok' ? (scores.asymmetry.pools ?? []) : []));
  const [first] = pools;
  const sizes = [...new Set(pools.map(({ families }) => families))].sort((a, b) => a - b).join(' to ');
  const own = Object.keys(constants).filter(
    (key) => !(fromPaper as readonly (keyof Constants)[]).includes(key as never),
  );
  return known(
    `Each of the four asymmetry tests at ${constants.alpha_test}; all must reject. Benjamini–Hochberg at ${constants.bh_q}: ${
      first ? `pools of ${sizes} families, and one of ${first.subjects} comparisons` : 'pool sizes are not recorded'
    }. ${own.length} thresholds are our choice, the rest the paper’s.`,
  );
}

function versions({ seed, harness }: Dossier, { tool, engine, node, created }: ReportInput['context']): Statement {
  const suites = harness.map((suite) => `${suite.suite} by ${suite.harness} ${suite.version ?? 'of unknown version'}`);
  return known(
    `Seed ${seed}; ${tool.name} ${tool.version}, Node ${node}, spectra by ${engine}; ${suites.length === 0 ? 'no harness' : suites.join(', ')}; started ${created}. One training run per condition: training seeds are not covered.`,
  );
}

/** "a, b and 3 more: text" once for all checkpoints that say the same. */
function grouped(checkpoints: readonly DossierCheckpoint[], of: (checkpoint: DossierCheckpoint) => string): string {
  return [...Map.groupBy(checkpoints, of)]
    .map(
      ([text, list]) => `${text} (${list.length === checkpoints.length ? 'all' : list.map(({ id }) => id).join(', ')})`,
    )
    .join('; ');
}
