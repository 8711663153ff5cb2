import { decimal } from '../base/format.ts';
import { numberOf, ok } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import { byKind } from '../diagnostics/along-depth.ts';
import { alphaSteps, fewestSteps } from '../diagnostics/alpha-heterogeneity.ts';
import { standOuts } from '../diagnostics/alpha-spikes.ts';
import { inflation } from '../diagnostics/delta-alpha.ts';
import { kindRuns } from '../diagnostics/kind-runs.ts';
import type { Comparison, Dossier, DossierCheckpoint } from '../dossier/dossier.ts';
import { notApplicable, withWeights } from './applicable.ts';
import { entryOf, sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';

/** A layer of the vision encoder stands out from its neighbours, and did not in the base. */
export const visionEncoderAnomaly: Pattern = {
  meta: {
    id: 'vision-encoder-anomaly',
    title: 'No anomaly in the vision encoder',
    failureTitle: 'Anomaly in the vision encoder',
    description:
      'The spectrum of one layer of the vision encoder is unlike that of the layers around it, and was not in the base. α, the start of the tail and the tail count (the feature number of the paper) jump together there: one event. The decoder may be quiet meanwhile, so it is judged by itself.',
    formula:
      'Spike: α of a layer lies further from the median of the five layers around it than 3 robust standard deviations of the steps along depth. Detected: a spike that the 95 % error of α (2·σ) does not reach back over, and that the base has not. Not detected: every α of the encoder, with its error, stays within the limit, or all spikes are in the base too. Inconclusive: anything else. Not applicable: no vision encoder, or fewer than 4 consecutive layers.',
    needs: ['weights'],
    source: 'Benchmark Shadows § 5.2, Figures 12 and 25; METHOD §§ 1.2 (heterogeneity), 1.4 (3), 3.3',
    thresholds: [
      { name: 'spike', value: '3 robust standard deviations', provenance: 'ours' },
      { name: 'inflation', value: '2', provenance: 'ours: σ is too small, METHOD § 8.1' },
    ],
  },
  find: (comparison, dossier) =>
    withWeights(({ restructuring }) => judge(comparison, dossier, restructuring.label))(comparison, dossier),
};

function judge(comparison: Comparison, dossier: Dossier, decoder: string): FindingProduct {
  const [subject, base] = sidesOf(comparison, dossier);
  if (subject?.role !== 'subject') return notApplicable('no-checkpoint', 'The checkpoint is not in the dossier.');
  if (!subject.side.matrixDiagnostics.some(isVision))
    return notApplicable('no-vision-encoder', 'The checkpoint has no vision encoder among its weight matrices.');
  const layers = layersOf(subject.side);
  if (layers.length === 0)
    return notApplicable(
      'too-few-layers',
      `No module kind of the vision encoder has α in ${fewestSteps + 1} consecutive layers.`,
    );
  const before = new Set((base ? layersOf(base.side) : []).filter(({ spike }) => spike).map(({ key }) => key));
  const spikes = layers.filter(({ spike }) => spike);
  const fresh = spikes.filter(({ sure, key }) => sure && !before.has(key));
  const open = layers.filter(({ settled, key }) => !settled && !before.has(key));
  const status = fresh.length > 0 ? 'detected' : open.length > 0 ? 'inconclusive' : 'not-detected';
  const where = kindRuns(fresh);
  const { low, high, level, method } = wilson(fresh.length, layers.length);
  return {
    status,
    effect: ok((100 * fresh.length) / layers.length, {
      k: fresh.length,
      n: layers.length,
      interval: { low: 100 * low, high: 100 * high, level, method },
    }),
    plain: {
      detected: `In the vision encoder, ${where} ${fresh.length === 1 ? 'stands' : 'stand'} out from the layers around, which the base does not show.`,
      'not-detected':
        spikes.length > 0
          ? 'The layers of the vision encoder that stand out did so in the base already.'
          : 'No layer of the vision encoder stands out from the layers around it.',
      inconclusive: 'Some layers of the vision encoder may stand out, but not beyond the error of their exponents.',
    }[status],
    technical: `${spikes.length} spikes of α in ${layers.length} matrices of the encoder, ${fresh.length} of them beyond their error and not in the base; restructuring of the decoder: ${decoder}. ${fresh.map(({ name, distance, limit }) => `${name}: ${decimal(distance, 2)} from its neighbours, limit ${decimal(limit, 2)}`).join('; ')}`,
    action:
      status === 'detected'
        ? 'Evaluate tasks that lean on the encoder by themselves, and look whether its training differed from the decoder’s.'
        : 'Nothing to do.',
    evidence: fresh.flatMap(({ index, name, diagnostics }) => {
      const place = `${subject.pointer}/matrixDiagnostics/${index}/diagnostics`;
      return [
        ...entryOf(`${name}: α`, diagnostics, 'alpha', place, 'alpha'),
        ...entryOf(`${name}: eigenvalues in the tail (the same event)`, diagnostics, 'num_pl_spikes', place),
      ];
    }),
    names: where === '' ? [] : where.split('; '),
  };
}

function isVision({ group, pooled }: { readonly group: string; readonly pooled: boolean }): boolean {
  return group === 'vision' && pooled;
}

/** Every matrix of the encoder that can be held against its neighbours. */
function layersOf({ matrixDiagnostics }: DossierCheckpoint) {
  const matrices = matrixDiagnostics.map((matrix, index) => ({ ...matrix, index })).filter(isVision);
  return byKind(matrices)
    .filter(([, own]) => alphaSteps(own).length >= fewestSteps)
    .flatMap(([role]) => {
      const own = matrices.filter((matrix) => matrix.role === role);
      return standOuts(own).flatMap(({ depth, distance, limit }) => {
        const matrix = own.find((entry) => entry.depth === depth);
        if (!matrix) return [];
        const reach = 1.96 * inflation * (numberOf(matrix.diagnostics.sigma) ?? Number.POSITIVE_INFINITY);
        const [spike, sure] = [distance > limit, distance - reach > limit];
        return [
          {
            ...matrix,
            key: `${role} ${depth}`,
            distance,
            limit,
            spike,
            sure,
            settled: sure || distance + reach <= limit,
          },
        ];
      });
    });
}
