import Type from 'typebox';
import { relationships } from './model-card.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String();
const Details = Type.Record(Type.String(), Text);
const Bound = Type.Union([Type.Number(), Type.Enum(['Infinity', '-Infinity'])]);

const Result = Type.Object(
  {
    evaluation_name: Type.String({ minLength: 1 }),
    evaluation_timestamp: Type.Optional(Text),
    source_data: Type.Union([
      Type.Object(
        { dataset_name: Text, source_type: Type.Literal('hf_dataset'), hf_repo: Text, additional_details: Details },
        closed,
      ),
      Type.Object({ dataset_name: Text, source_type: Type.Literal('other') }, closed),
    ]),
    metric_config: Type.Object(
      {
        evaluation_description: Type.Optional(Text),
        metric_id: Type.String({ minLength: 1 }),
        metric_unit: Type.Optional(Text),
        metric_parameters: Type.Optional(Details),
        lower_is_better: Type.Boolean(),
        score_type: Type.Literal('continuous'),
        min_score: Bound,
        max_score: Bound,
      },
      closed,
    ),
    score_details: Type.Object(
      {
        score: Type.Number(),
        details: Type.Optional(Details),
        uncertainty: Type.Optional(
          Type.Object(
            {
              standard_error: Type.Optional(Type.Object({ value: Type.Number(), method: Text }, closed)),
              confidence_interval: Type.Optional(
                Type.Object(
                  {
                    lower: Type.Number(),
                    upper: Type.Number(),
                    confidence_level: Type.Number({ minimum: 0, maximum: 1 }),
                    method: Text,
                  },
                  closed,
                ),
              ),
              num_samples: Type.Optional(Type.Integer({ minimum: 0 })),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    generation_config: Type.Optional(Type.Object({ additional_details: Details }, closed)),
  },
  closed,
);
export type EvalResult = Type.Static<typeof Result>;

/**
 * A record of Every Eval Ever as it is written here: the part of `eval.schema.json` 0.3.0 that is used, and no more. The tests hold
 * written records against the published schema itself where it is installed.
 */
export const EvalRecord = Type.Object(
  {
    schema_version: Type.Literal('0.3.0'),
    evaluation_id: Type.String({ minLength: 1 }),
    evaluation_timestamp: Type.Optional(Text),
    /** Seconds since 1970. */
    retrieved_timestamp: Type.String({ pattern: '^\\d+$' }),
    source_metadata: Type.Object(
      {
        source_name: Text,
        source_type: Type.Enum(['documentation', 'evaluation_run']),
        source_organization_name: Text,
        evaluator_relationship: Type.Enum(relationships),
        additional_details: Type.Optional(Details),
      },
      closed,
    ),
    eval_library: Type.Object({ name: Text, version: Text, additional_details: Details }, closed),
    model_info: Type.Object(
      {
        name: Text,
        id: Type.String({ minLength: 1 }),
        additional_details: Type.Object(
          { deployment_type: Text, model_availability: Text },
          { additionalProperties: Text },
        ),
      },
      closed,
    ),
    evaluation_results: Type.Array(Result, { minItems: 1 }),
  },
  closed,
);
export type EvalRecord = Type.Static<typeof EvalRecord>;
