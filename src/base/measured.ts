import Type from 'typebox';

/** An uncertainty statement: bounds, nominal level and the method that made them. */
export const Interval = Type.Object(
  {
    low: Type.Number(),
    high: Type.Number(),
    level: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    method: Type.String({
      description: 'How the bounds were computed, e.g. "clustered normal" or "block bootstrap over depth".',
    }),
  },
  { additionalProperties: false },
);
export type Interval = Type.Static<typeof Interval>;

const Ok = Type.Object(
  {
    status: Type.Literal('ok'),
    value: Type.Number(),
    interval: Type.Optional(Interval),
    /** Standard error, in the unit of the value. */
    se: Type.Optional(Type.Number({ minimum: 0 })),
    /** How many things the value was computed from (eigenvalues, items, matrices): see the diagnostic's text. */
    n: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Numerator, where the value is a share. */
    k: Type.Optional(Type.Integer({ minimum: 0 })),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
const Missing = Type.Object(
  {
    status: Type.Union([Type.Literal('skipped'), Type.Literal('failed')]),
    code: Type.String({ description: 'Stable kebab-case reason, for scripts.' }),
    reason: Type.String({ description: 'One sentence for people.' }),
  },
  { additionalProperties: false },
);

/**
 * A number with what is known about it, or the reason there is none. NaN and Infinity never travel:
 * `ok` turns a non-finite value into `failed`, so a missing value cannot be averaged by accident.
 */
export const Measured = Type.Union([Ok, Missing]);
export type Measured = Type.Static<typeof Measured>;
export type OkMeasured = Type.Static<typeof Ok>;

/** A measured number; a non-finite one becomes `failed` with code `not-finite`. */
export function ok(value: number, extra: Omit<OkMeasured, 'status' | 'value'> = {}): Measured {
  if (!Number.isFinite(value)) return failed('not-finite', `The computation gave ${value}.`);
  return { status: 'ok', value, ...extra };
}

/** Not computed on purpose: a precondition does not hold. */
export function skipped(code: string, reason: string): Measured {
  return { status: 'skipped', code, reason };
}

/** Tried and not obtained. */
export function failed(code: string, reason: string): Measured {
  return { status: 'failed', code, reason };
}

/** The value, or `undefined` where there is none. */
export function numberOf(measured: Measured | undefined): number | undefined {
  return measured?.status === 'ok' ? measured.value : undefined;
}
