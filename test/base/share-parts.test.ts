import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { shareParts } from '../../src/base/share-parts.ts';
import { Dossier } from '../../src/dossier/dossier.ts';
import { schemas } from '../../src/pipeline/schemas.ts';

/** Every $ref replaced by what it refers to. */
function expanded(part: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(part)) return part.map((each) => expanded(each, definitions));
  if (typeof part !== 'object' || part === null) return part;
  const ref = '$ref' in part ? String(part.$ref) : '';
  if (ref.startsWith('#')) return expanded(definitions[ref.replace('#/definitions/', '')], definitions);
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key]) => key !== 'definitions')
      .map(([key, value]) => [key, expanded(value, definitions)]),
  );
}

describe('a schema with its parts shared', () => {
  test.each(Object.keys(schemas))('says the same of %s', (name) => {
    const schema = schemas[name as keyof typeof schemas];
    const shared = shareParts(schema);
    const definitions = (shared.definitions ?? {}) as Record<string, unknown>;
    expect(expanded(shared, definitions)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test('keeps the code that checks a dossier small', () => {
    const longest = (schema: object): number => {
      let most = 0;
      const process = (code: string): string => {
        most = Math.max(most, code.length);
        return code;
      };
      new Ajv({ allErrors: true, allowUnionTypes: true, inlineRefs: false, code: { process } }).compile(schema);
      return most;
    };
    expect(longest(shareParts(Dossier)) * 10).toBeLessThan(longest(Dossier));
  });
});
