import { expect, test } from 'vitest';
import { type UpgradeStep, upgraded } from '../../src/base/schema-version.ts';

/** Two steps of a document that never was: a key renamed, then a list made of a value. */
const steps: readonly UpgradeStep[] = [
  { document: 'plan', from: '1.0', to: '1.1', upgrade: ({ colour, ...rest }) => ({ ...rest, color: colour }) },
  { document: 'plan', from: '1.1', to: '2.0', upgrade: ({ color, ...rest }) => ({ ...rest, colors: [color] }) },
  { document: 'other', from: '0.9', to: '2.0', upgrade: () => ({}) },
  { document: 'ring', from: '1.0', to: '1.0', upgrade: (same) => ({ ...same }) },
];
const options = { name: 'plan', known: '2.0', where: 'runs/a/plan.json', steps };

test('an older document goes through every step, in order, and the given one is left as it was', () => {
  const given = { schemaVersion: '1.0', colour: 'red', kept: 1 };
  expect(upgraded(given, options)).toEqual({
    document: { schemaVersion: '2.0', kept: 1, colors: ['red'] },
    newer: undefined,
  });
  expect(given).toEqual({ schemaVersion: '1.0', colour: 'red', kept: 1 });
});

test('steps of another document are not taken, and steps in a ring end', () => {
  expect(() => upgraded({ schemaVersion: '0.9' }, options)).toThrow(/0\.9.*2\.0/);
  expect(() => upgraded({ schemaVersion: '1.0' }, { ...options, name: 'ring' })).toThrow(/1\.0.*2\.0/);
});

test('a newer major version is refused with both versions and what to do', () => {
  expect(() => upgraded({ schemaVersion: '3.0' }, options)).toThrow(
    expect.objectContaining({ code: 'artifact-newer', hint: expect.stringMatching(/3\.0.*2\.0/) }),
  );
});

test.each([[null], [[]], ['2.0'], [{ schemaVersion: 2 }], [{ schemaVersion: '2' }], [{ schemaVersion: '99999.0' }]])(
  '%j is no document with a version',
  (given) => {
    expect(() => upgraded(given, options)).toThrow(expect.objectContaining({ code: 'artifact-invalid' }));
  },
);
