import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { lambdaMinOverMean } from './lambda-min-over-mean.ts';

/** Change of the start of the tail, free of scale. */
export const deltaLambdaMinOverMean: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_lambda_min_over_mean',
    title: 'Change of the start of the tail',
    description:
      'Whether the fitted tail begins higher or lower in the spectrum, with the norm divided out. It jumps between near-equal fits and moves with α and the tail count: one signal, not three.',
    formula: 'xmin/mean λ of W − the same of W₀',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 1.4, 8.3',
    thresholds: [],
  },
  measure: (input) => changeOf(lambdaMinOverMean, input),
};
