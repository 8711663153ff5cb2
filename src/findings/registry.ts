import { benchmarkShadow } from './benchmark-shadow.ts';
import { deepReparametrization } from './deep-reparametrization.ts';
import { familyRegression } from './family-regression.ts';
import type { Pattern, TrajectoryPattern } from './finding.ts';
import { optimizerArtefact } from './optimizer-artefact.ts';
import { spectralInertness } from './spectral-inertness.ts';
import { trend } from './trend.ts';

/** Every pattern, in the order in which reports show them. A literal map, so a misspelt id is a type error. */
export const patterns = {
  'benchmark-shadow': benchmarkShadow,
  'spectral-inertness': spectralInertness,
  'deep-reparametrization': deepReparametrization,
  'family-regression': familyRegression,
} as const satisfies Readonly<Record<string, Pattern>>;

export type PatternId = keyof typeof patterns;

/** Every pattern over a training run. */
export const trajectoryPatterns = {
  trend,
  'optimizer-artefact': optimizerArtefact,
} as const satisfies Readonly<Record<string, TrajectoryPattern>>;
