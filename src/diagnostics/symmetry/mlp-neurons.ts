import type { MatrixPair } from '../pair-matrices.ts';
import { type Dense, matchedCorrelation, transposed } from './dense.ts';
import { type Check, companion, type Layer, loadable, loadSide, once } from './layer.ts';
import { matchNeurons, type NeuronSketch, neuronScales, neuronSketch, worthMatching } from './neurons.ts';

/**
 * gate, up and down: correlation after permuting neurons and undoing the rescaling of up against down. One matrix is held
 * at a time for the sketches, one pair for the correlation.
 */
export const mlpNeurons: Check = async (pair, layer) => {
  const role = pair.matrix.role;
  if (role !== 'gate' && role !== 'up' && role !== 'down') return undefined;
  const [gate, up, down] = [
    companion(pair, 'gate', layer),
    companion(pair, 'up', layer),
    companion(pair, 'down', layer),
  ];
  if (!up || !down || up.matrix.rows !== down.matrix.cols || (gate && gate.matrix.rows !== up.matrix.rows))
    return undefined;
  const members = [up, down, ...(gate ? [gate] : [])];
  if (!loadable(...members)) return undefined;
  const matched = await once(layer, `mlp ${up.matrix.name}`, async () => {
    const subject = await sketches(members, layer, 'subject');
    const reference = await sketches(members, layer, 'reference');
    if (!worthMatching(subject, reference)) return undefined;
    const found = matchNeurons(subject, reference);
    return {
      match: found,
      scales: linear(layer, gate !== undefined) ? scalesOf(subject, reference, found) : undefined,
    };
  });
  if (!matched) return { correlation: 0, how: 'no neurons look alike' };
  const { match, scales } = matched;
  const [mine, theirs] = [await neurons(pair, layer, 'subject'), await neurons(pair, layer, 'reference')];
  const scale = role === 'gate' ? undefined : role === 'up' ? scales : scales?.map((factor) => 1 / factor);
  const moved = match.reduce((sum, to, neuron) => sum + (to === neuron ? 0 : 1), 0);
  const permuted = moved > 0 ? `${moved} of ${match.length} neurons permuted` : 'neurons in place';
  return {
    correlation: matchedCorrelation(mine, theirs, match, scale),
    how: scale ? `${permuted}, rescaled` : permuted,
  };
};

async function sketches(
  members: readonly MatrixPair[],
  layer: Layer,
  side: 'subject' | 'reference',
): Promise<NeuronSketch[]> {
  const own: NeuronSketch[] = [];
  for (const member of members) own.push(neuronSketch(await neurons(member, layer, side)));
  return own;
}

/** The matrix with a row for each neuron. */
async function neurons(pair: MatrixPair, layer: Layer, side: 'subject' | 'reference'): Promise<Dense> {
  const dense = await loadSide(pair, layer, side);
  return pair.matrix.role === 'down' ? transposed(dense) : dense;
}

function scalesOf(
  [subjectUp, subjectDown]: readonly NeuronSketch[],
  [referenceUp, referenceDown]: readonly NeuronSketch[],
  match: Int32Array,
): Float64Array | undefined {
  if (!subjectUp || !subjectDown || !referenceUp || !referenceDown) return undefined;
  return neuronScales({ up: subjectUp, down: subjectDown }, { up: referenceUp, down: referenceDown }, match);
}

/** Whether a positive factor passes from up to down: beside a gate, and through ReLU. */
function linear({ subject: { config } }: Layer, gated: boolean): boolean {
  return gated || config.hidden_act === 'relu' || config.activation_function === 'relu';
}
