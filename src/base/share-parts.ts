import type Type from 'typebox';

/** A schema as plain JSON: what a validator reads. */
type Schema = Readonly<Record<string, unknown>>;

/** Shortest JSON of a part, in characters, that is worth a definition of its own. */
const shortest = 200;

/**
 * The same schema with every part that has keys or alternatives written once, under `definitions`, and referred to. A validator
 * makes one small function of each; written out in full, the dossier's is one function of 2 MB, on which V8's mid-tier compiler
 * spends gigabytes.
 */
export function shareParts(schema: Type.TSchema): Schema {
  const names = new Map<string, string>();
  const definitions: Record<string, Schema> = {};
  const shared = (part: Schema): Schema => {
    const own = mapParts(part, shared);
    if (!('properties' in own) && !('anyOf' in own)) return own;
    const text = JSON.stringify(own);
    if (text.length < shortest) return own;
    const name = names.get(text) ?? `part${names.size + 1}`;
    names.set(text, name);
    definitions[name] = own;
    return { $ref: `#/definitions/${name}` };
  };
  const whole = mapParts(schema as Schema, shared);
  return names.size === 0 ? whole : { ...whole, definitions };
}

/** A schema with its direct parts replaced. */
function mapParts(schema: Schema, replace: (part: Schema) => Schema): Schema {
  const mapped: Record<string, unknown> = { ...schema };
  for (const key of ['properties', 'patternProperties'])
    if (isObject(schema[key]))
      mapped[key] = Object.fromEntries(
        Object.entries(schema[key]).map(([name, part]) => [name, replace(part as Schema)]),
      );
  for (const key of ['items', 'additionalProperties']) if (isObject(schema[key])) mapped[key] = replace(schema[key]);
  for (const key of ['items', 'anyOf', 'allOf', 'oneOf'])
    if (Array.isArray(schema[key])) mapped[key] = (schema[key] as Schema[]).map(replace);
  return mapped;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
