import Type from 'typebox';

/** Ids of checkpoints and suites; they become file names. */
export const Id = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'Letters, digits, dot, dash, underscore.',
});
