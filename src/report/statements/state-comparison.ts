import { decimal, listed, measuredText, probability, signed } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { Comparison, DossierCheckpoint } from '../../dossier/dossier.ts';
import type { ComparisonVerdict } from '../../verdict/verdict.ts';
import { type ComparisonStatements, known, type Statement, unknown } from './statement.ts';

type Scores = Extract<Comparison['scores'], { status: 'ok' }>;
type Weights = Extract<Comparison['weights'], { status: 'ok' }>;

/** What METHOD § 8 asks of one comparison. */
export function stateComparison(
  comparison: Comparison,
  verdict: ComparisonVerdict,
  checkpoints: readonly DossierCheckpoint[],
): ComparisonStatements {
  const { checkpoint, base } = comparison;
  const scores = comparison.scores.status === 'ok' ? comparison.scores : undefined;
  const weights = comparison.weights.status === 'ok' ? comparison.weights : undefined;
  const noScores = unknown(comparison.scores.status === 'ok' ? '' : `No scores: ${comparison.scores.error.message}`);
  const noWeights = unknown(
    comparison.weights.status === 'ok' ? '' : `No weights: ${comparison.weights.error.message}`,
  );
  return {
    checkpoint,
    base,
    lineage: lineage(comparison, weights, checkpoints),
    pairing: scores ? pairing(scores) : noScores,
    matrices: weights ? matrices(weights) : noWeights,
    items: scores ? items(scores) : noScores,
    ceiling: scores ? ceiling(scores) : noScores,
    tests: scores ? tests(scores) : noScores,
    contrast: scores ? contrast(scores) : noScores,
    detectable: scores ? detectable(scores) : noScores,
    leaveOneOut: scores ? leaveOneOut(scores) : noScores,
    multiverse: multiverse(verdict),
    verdict: known(
      `${verdict.title} (${verdict.verdict}), confidence ${verdict.confidence}; reason codes: ${verdict.reasonCodes.map(({ code }) => code).join(', ') || 'none'}.`,
    ),
    sentence: verdict.sentence === '' ? unknown('The verdict holds no sentence.') : known(verdict.sentence),
    notAssessable: notAssessable(comparison, scores),
  };
}

function lineage(
  { checkpoint, base }: Comparison,
  weights: Weights | undefined,
  checkpoints: readonly DossierCheckpoint[],
): Statement {
  const correlation = weights?.model.mean_weight_correlation;
  const seen =
    correlation?.status === 'ok'
      ? `their weights correlate with r = ${decimal(correlation.value, 3)} on average${correlation.value < 0.5 ? ', which does not show descent' : ', as those of a descendant do'}`
      : 'nothing in the weights was looked at to show it';
  const attested = [checkpoint, base].map(
    (id) => `${id} ${checkpoints.find((entry) => entry.id === id)?.attestation ?? 'unknown'}`,
  );
  return known(
    `${base} is the base that the config names; ${seen}. Scores belong to these weights: ${attested.join(', ')}.`,
  );
}

function pairing({ tasks, adaptive }: Scores): Statement {
  const kinds: Readonly<Record<string, string>> = {
    'paired-clustered': 'paired by item, with clustered errors',
    'unpaired-binomial': 'unpaired, binomial errors',
    reported: 'reported errors, unpaired',
    adaptive: 'adaptive',
  };
  const counts = [...Map.groupBy(tasks, ({ se }) => se)].map(([se, list]) => `${list.length} ${kinds[se] ?? se}`);
  return known(
    `Subject minus base, task by task: ${counts.join('; ') || 'no task'}${adaptive ? '; items were chosen adaptively' : ''}. Weights: the same matrix of subject and base.`,
  );
}

function matrices({ matrices: all, unpaired, restructuring }: Weights): Statement {
  const pooled = all.filter((matrix) => matrix.pooled);
  const groups = [...Map.groupBy(pooled, ({ group }) => group)].map(([group, list]) => `${list.length} ${group}`);
  const dtypes = [...new Set(all.map(({ dtype }) => dtype))].join(', ');
  const share =
    restructuring.compared === undefined ? '' : `, ${decimal(100 * restructuring.compared, 0)} % of those that count`;
  return known(
    `${pooled.length} of ${all.length} matrices pooled (${groups.join(', ') || 'none'}${share}), ${unpaired} without a partner; stored as ${dtypes || 'unknown'}.`,
  );
}

function items({ tasks, families }: Scores): Statement {
  const counts = tasks.map(({ n }) => n);
  const clusters = tasks.map(({ clusters: own }) => own);
  return known(
    `${families.map((family) => `${family.title} ${family.tasks}`).join(', ')} tasks; ${span(counts)} items a task in ${span(clusters)} clusters.`,
  );
}

function ceiling({ families, tasks }: Scores): Statement {
  const high = families.filter((family) => family.ceiling).map(({ title }) => title);
  const low = tasks.filter(({ flags }) => flags.includes('floor')).map(({ task }) => task);
  return known(
    `Families at the ceiling of the base: ${high.length === 0 ? 'none' : listed(high)}; tasks at the floor: ${low.length === 0 ? 'none' : listed(low)}.`,
  );
}

function tests({ asymmetry: { kappa, logit, pAsymmetric, qAsymmetric, tau } }: Scores): Statement {
  const p = (measured: Parameters<typeof measuredText>[0]): string => measuredText(measured, 4, probability);
  const q = qAsymmetric === null || qAsymmetric === undefined ? '' : `, q over comparisons ${probability(qAsymmetric)}`;
  return known(
    `On κ: Q ${measuredText(kappa.Q)}, p ${p(kappa.pQ)}; permutation F p ${p(kappa.pF)}. On log-odds: Q ${measuredText(logit.Q)}, p ${p(logit.pQ)}; permutation F p ${p(logit.pF)}. Largest p ${p(pAsymmetric)}${q}. τ ${measuredText(tau)} κ-points.`,
  );
}

function contrast({ asymmetry: { S, resampled } }: Scores): Statement {
  const logit = resampled?.logit.S.value;
  return known(
    `S ${measuredText(S, 1, signed)} κ-points; on log-odds ${logit === undefined ? 'not resampled' : measuredText(logit, 2, signed)}.`,
  );
}

function detectable({ asymmetry: { detectable: smallest } }: Scores): Statement {
  const value = numberOf(smallest);
  return value === undefined
    ? unknown(measuredText(smallest))
    : known(
        `With these tasks the suite could have detected a family difference of ≥ ${decimal(value)} κ-points (80 % power); smaller asymmetries may exist.`,
      );
}

function leaveOneOut({ asymmetry: { leaveOneOut: worst } }: Scores): Statement {
  return worst
    ? known(
        `${worst.holds ? 'Holds' : 'Does not hold'} without each task; worst without ${worst.task}: S ${signed(worst.S)}, p ${probability(worst.p)}.`,
      )
    : unknown('Too few tasks to leave one out.');
}

/** The multiverse strip in words: how many repeats of the decision agree. */
function multiverse({ stability, sensitivity = [] }: ComparisonVerdict): Statement {
  if (!stability) return unknown('The decision was not repeated on less.');
  const { withoutFamily, coarser } = stability;
  const agree = withoutFamily.filter(({ same }) => same).length;
  const grouping = coarser
    ? ` Under the coarser grouping: ${coarser.same ? 'the same' : coarser.verdict}.`
    : ' The coarser grouping leaves these families as they are.';
  const near = sensitivity.filter(({ relative }) => relative !== null && relative < 0.25).map(({ key }) => key);
  return known(
    `${agree} of ${withoutFamily.length} decisions without one family agree.${grouping} Thresholds that flip it within 25 %: ${near.length === 0 ? 'none' : near.join(', ')}.`,
  );
}

function notAssessable(comparison: Comparison, scores: Scores | undefined): Statement {
  const missing = [
    ...(comparison.scores.status === 'ok' ? [] : ['scores']),
    ...(comparison.weights.status === 'ok' ? [] : ['weights']),
    ...(scores?.refused.map(({ task }) => `task ${task}`) ?? []),
    ...(comparison.weights.status === 'ok' && comparison.weights.restructuring.label === 'not-assessable'
      ? ['restructuring']
      : []),
  ];
  return known(missing.length === 0 ? 'Nothing.' : `${listed(missing)}.`);
}

function span(values: readonly number[]): string {
  if (values.length === 0) return 'no';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
}
