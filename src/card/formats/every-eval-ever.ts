import { problemsOf } from '../../base/validate.ts';
import { recordedNote } from '../../diagnostics/recorded-diagnosis.ts';
import { EvalRecord, type EvalResult } from '../eval-record.ts';
import { byStem, type CardFormat } from '../format.ts';
import type { CardScore, CardSpectrum, LeftOut, ModelCard } from '../model-card.ts';
import { parsedBy } from '../parsed-by.ts';

/**
 * Records of Every Eval Ever 0.3.0: one a suite, and one of the numbers about the weights. Only what the format asks for and the run
 * does not know is left out: a result must say whether lower is better, so that numbers without a direction have no place.
 */
export const everyEvalEver: CardFormat = {
  title: 'records of Every Eval Ever 0.3.0',
  render(card) {
    const leftOut: LeftOut[] = [];
    const keep = <T>(result: T | { reason: string }, what: string): T[] => {
      if (typeof result === 'object' && result !== null && 'reason' in result) {
        leftOut.push({ what, reason: result.reason });
        return [];
      }
      return [result as T];
    };
    const suites = byStem(card.scores, ({ suite }) => suite ?? 'scores').flatMap(({ stem, items }) => {
      const results = items.flatMap((score) => keep(scoreResult(score), score.task));
      return results.length === 0 ? [] : [file(`every-eval-ever/${stem}.json`, suiteRecord(card, items, results))];
    });
    const spectra = card.spectra.flatMap((spectrum) => keep(spectrumResult(spectrum), spectrum.id));
    const weights =
      spectra.length === 0 ? [] : [file('every-eval-ever/weights/spectra.json', ownRecord(card, spectra))];
    return { files: [...suites, ...weights], leftOut };
  },
  check: parsedBy(JSON.parse, (value) => problemsOf(EvalRecord, value)),
};

function file(path: string, record: EvalRecord): { path: string; text: string } {
  return { path, text: `${JSON.stringify(record, null, 2)}\n` };
}

function suiteRecord(card: ModelCard, scores: readonly CardScore[], results: EvalResult[]): EvalRecord {
  const [first] = scores;
  const suite = first?.suite ?? 'scores';
  const settings = card.suites.find((entry) => entry.suite === suite)?.settings ?? {};
  return {
    ...recordHead(card, suite),
    ...(first?.date ? { evaluation_timestamp: first.date } : {}),
    source_metadata: sourceOf(card, first?.claimed === true),
    eval_library: {
      name: first?.harness === 'lm-eval' ? 'lm_eval' : (first?.harness ?? 'unknown'),
      version: first?.harnessVersion ?? 'unknown',
      additional_details: strings(settings),
    },
    model_info: modelOf(card),
    evaluation_results: results,
  };
}

function ownRecord(card: ModelCard, results: EvalResult[]): EvalRecord {
  return {
    ...recordHead(card, 'weight-spectra'),
    evaluation_timestamp: card.created,
    source_metadata: sourceOf(card, card.spectra.some(isRecorded)),
    eval_library: { name: card.tool.name, version: card.tool.version, additional_details: {} },
    model_info: modelOf(card),
    evaluation_results: results,
  };
}

function recordHead({ model, created }: ModelCard, name: string) {
  const seconds = String(Math.max(0, Math.floor(Date.parse(created) / 1000) || 0));
  return {
    schema_version: '0.3.0' as const,
    evaluation_id: [name, (model.hubId ?? model.name).replaceAll('/', '_'), seconds].join('/'),
    retrieved_timestamp: seconds,
  };
}

function sourceOf({ publisher, tool }: ModelCard, claimed: boolean): EvalRecord['source_metadata'] {
  return {
    source_name: `${tool.name} ${tool.version}`,
    source_type: claimed ? 'documentation' : 'evaluation_run',
    source_organization_name: publisher.organization ?? 'not stated',
    evaluator_relationship: publisher.relationship,
    ...(publisher.source === null ? {} : { additional_details: { source_url: publisher.source } }),
  };
}

function modelOf({ model }: ModelCard): EvalRecord['model_info'] {
  const { fingerprint, architecture, parameters, dtypes, attestation } = model;
  return {
    name: model.name,
    id: model.hubId ?? model.name,
    additional_details: {
      deployment_type: attestation === 'attested' ? 'self_deployed' : 'unknown',
      model_availability: 'unknown',
      ...strings({ fingerprint, architecture, parameters, dtypes: dtypes.join(' ') || null, scores: attestation }),
    },
  };
}

type Measured = CardScore['score'];

function scoreResult(score: CardScore): EvalResult | { reason: string } {
  const { dataset, scale, lowerIsBetter } = score;
  if (score.score.status !== 'ok') return { reason: score.score.reason };
  if (lowerIsBetter === null) return { reason: 'whether lower is better is not known, and the format asks for it' };
  const { value } = score.score;
  const bounded = scale.max !== null && value <= scale.max;
  return {
    evaluation_name: score.task,
    ...(score.date === null ? {} : { evaluation_timestamp: score.date }),
    source_data: dataset
      ? {
          dataset_name: score.task,
          source_type: 'hf_dataset',
          hf_repo: dataset.id,
          additional_details: strings({ task_id: dataset.task_id, revision: dataset.revision }),
        }
      : { dataset_name: score.task, source_type: 'other' },
    metric_config: {
      metric_id: score.metric,
      ...(scale.unit === 'unknown' ? {} : { metric_unit: scale.unit }),
      ...(score.filter === 'none' ? {} : { metric_parameters: { filter: score.filter } }),
      lower_is_better: lowerIsBetter,
      score_type: 'continuous',
      min_score: bounded && value >= 0 ? 0 : '-Infinity',
      max_score: bounded ? (scale.max ?? 'Infinity') : 'Infinity',
    },
    score_details: {
      score: value,
      details: strings({
        family: score.family,
        chance: score.chance,
        chance_corrected: score.kappa.status === 'ok' ? score.kappa.value : null,
        note: score.score.note,
      }),
      ...uncertaintyOf(score.score, score.stderr),
    },
    generation_config: {
      additional_details: strings({
        num_fewshot: score.shots,
        task_version: score.version,
        protocol: score.protocol,
      }),
    },
  };
}

function spectrumResult({ id, title, description, unit, direction, value }: CardSpectrum) {
  if (value.status !== 'ok') return { reason: value.reason };
  if (direction !== 'higher' && direction !== 'lower') return { reason: 'neither higher nor lower is better for it' };
  const result: EvalResult = {
    evaluation_name: `weights: ${title}`,
    source_data: { dataset_name: 'the weights of the model', source_type: 'other' },
    metric_config: {
      evaluation_description: description,
      metric_id: id,
      ...(unit === '%' ? { metric_unit: 'percent' } : unit === '' ? {} : { metric_unit: unit }),
      lower_is_better: direction === 'lower',
      score_type: 'continuous',
      min_score: unit === '%' ? 0 : '-Infinity',
      max_score: unit === '%' ? 100 : 'Infinity',
    },
    score_details: { score: value.value, details: strings({ note: value.note }), ...uncertaintyOf(value, null) },
  };
  return result;
}

/** Was a number taken over from somebody else's measurement? */
function isRecorded({ value }: CardSpectrum): boolean {
  return value.status === 'ok' && value.note?.startsWith(recordedNote) === true;
}

function uncertaintyOf(
  measured: Extract<Measured, { status: 'ok' }>,
  stderr: CardScore['stderr'],
): Pick<EvalResult['score_details'], 'uncertainty'> {
  const { interval, n } = measured;
  const uncertainty = {
    ...(stderr ? { standard_error: { ...stderr } } : {}),
    ...(interval
      ? {
          confidence_interval: {
            lower: interval.low,
            upper: interval.high,
            confidence_level: interval.level,
            method: interval.method,
          },
        }
      : {}),
    ...(n === undefined ? {} : { num_samples: n }),
  };
  return Object.keys(uncertainty).length > 0 ? { uncertainty } : {};
}

/** The format holds texts only; what there is none of is left out. */
function strings(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
