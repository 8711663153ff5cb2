import { aggregateHidesLocal } from './aggregate-hides-local.ts';
import { alphaShareDrop } from './alpha-share-drop.ts';
import { attentionLocalisedHeterogeneity } from './attention-localised-heterogeneity.ts';
import { benchmarkShadow } from './benchmark-shadow.ts';
import { benchmarkShadowByModule } from './benchmark-shadow-by-module.ts';
import { conservativeBackbone } from './conservative-backbone.ts';
import { deepReparametrization } from './deep-reparametrization.ts';
import { familyRegression } from './family-regression.ts';
import type { Pattern, TrajectoryPattern } from './finding.ts';
import { minimalPerturbation } from './minimal-perturbation.ts';
import { mlpFloorShift } from './mlp-floor-shift.ts';
import { narrowing } from './narrowing.ts';
import { optimizerArtefact } from './optimizer-artefact.ts';
import { overTrainedLayers } from './over-trained-layers.ts';
import { saturatedOrFloorTask } from './saturated-or-floor-task.ts';
import { scoreMovedWeightsDidNot } from './score-moved-weights-did-not.ts';
import { spectralInertness } from './spectral-inertness.ts';
import { tailMassGrowth } from './tail-mass-growth.ts';
import { trend } from './trend.ts';
import { unattestedScores } from './unattested-scores.ts';
import { underTrainedLayers } from './under-trained-layers.ts';
import { underpoweredSuite } from './underpowered-suite.ts';
import { visionEncoderAnomaly } from './vision-encoder-anomaly.ts';

/** Every pattern, in the order in which reports show them. A literal map, so a misspelt id is a type error. */
export const patterns = {
  'benchmark-shadow': benchmarkShadow,
  'benchmark-shadow-by-module': benchmarkShadowByModule,
  narrowing,
  'family-regression': familyRegression,
  'spectral-inertness': spectralInertness,
  'deep-reparametrization': deepReparametrization,
  'conservative-backbone': conservativeBackbone,
  'minimal-perturbation': minimalPerturbation,
  'attention-localised-heterogeneity': attentionLocalisedHeterogeneity,
  'mlp-floor-shift': mlpFloorShift,
  'vision-encoder-anomaly': visionEncoderAnomaly,
  'aggregate-hides-local': aggregateHidesLocal,
  'alpha-share-drop': alphaShareDrop,
  'tail-mass-growth': tailMassGrowth,
  'over-trained-layers': overTrainedLayers,
  'under-trained-layers': underTrainedLayers,
  'score-moved-weights-did-not': scoreMovedWeightsDidNot,
  'saturated-or-floor-task': saturatedOrFloorTask,
  'underpowered-suite': underpoweredSuite,
  'unattested-scores': unattestedScores,
} as const satisfies Readonly<Record<string, Pattern>>;

export type PatternId = keyof typeof patterns;

/** Every pattern over a training run. */
export const trajectoryPatterns = {
  trend,
  'optimizer-artefact': optimizerArtefact,
} as const satisfies Readonly<Record<string, TrajectoryPattern>>;
