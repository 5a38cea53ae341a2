import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { JsonSchema } from './types.ts';
import { bounded } from './words.ts';

/** A schema refers to parts of itself; more work than this (nodes, references followed) is an attack. */
const mostWork = 20_000;
const mostShown = 8_000;
const longestNote = 200;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose value is a schema or a list of them, and those whose value names schemas. */
const holders = new Set([
  'items',
  'prefixItems',
  'additionalItems',
  'contains',
  'additionalProperties',
  'propertyNames',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const maps = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);

type Change = (schema: JsonSchema) => JsonSchema;

/** Applies a change to every schema inside, innermost first. Values that are no schemas (enum, default) stay. */
function everywhere(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((one) => everywhere(one, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (holders.has(key)) return [key, everywhere(inner, change)];
    if (!maps.has(key) || !isObject(inner)) return [key, inner];
    return [
      key,
      Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, everywhere(one, change)])),
    ];
  });
  return change(Object.fromEntries(entries));
}

const without = (schema: JsonSchema, ...names: string[]): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));

/** How much checking against a schema can be, references followed. */
function workOf(root: JsonSchema): number {
  const known = new Map<unknown, number>();
  const under = new Set<unknown>();
  const at = (ref: string): unknown =>
    ref
      .replace(/^#\/?/, '')
      .split('/')
      .filter(Boolean)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (found, step) =>
          typeof found === 'object' && found !== null ? (found as JsonSchema)[step] : undefined,
        root,
      );
  const work = (value: unknown): number => {
    if (typeof value !== 'object' || value === null || under.has(value)) return 1;
    const before = known.get(value);
    if (before !== undefined) return before;
    under.add(value);
    const target = isObject(value) && typeof value.$ref === 'string' ? work(at(value.$ref)) : 0;
    const sum = Object.values(value).reduce<number>((total, inner) => total + work(inner), 1 + target);
    under.delete(value);
    known.set(value, sum);
    return sum;
  };
  return work(root);
}

const refsOf = (schema: JsonSchema): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$(?:dynamic|recursive)?[rR]ef":"((?:[^"\\]|\\.)*)"/g)].map(
    ([, ref = '']) => ref,
  );

export type ArgumentCheck = (args: Record<string, unknown>) => string | null;

/**
 * A check of arguments against a definition's input schema: null when they fit, else what is wrong. Patterns are left
 * to the server: a stranger's regular expression could keep this process busy for ever.
 * @throws Error with why the schema cannot be used
 */
export function argumentCheck(schema: JsonSchema): ArgumentCheck {
  if (schema.type !== 'object') throw new Error('its input is not an object');
  if (refsOf(schema).some((ref) => !ref.startsWith('#')))
    throw new Error('its input refers to other documents');
  if (workOf(schema) > mostWork) throw new Error('its input schema is too involved');
  const plain = everywhere(schema, (one) =>
    'patternProperties' in one
      ? without(
          one,
          'pattern',
          'patternProperties',
          'additionalProperties',
          'unevaluatedProperties',
          '$schema',
          '$id',
        )
      : without(one, 'pattern', '$schema', '$id'),
  ) as JsonSchema;
  const validate = new AjvJsonSchemaValidator().getValidator<Record<string, unknown>>(plain);
  return (args) => {
    const { valid, errorMessage } = validate(args);
    return valid
      ? null
      : bounded(
          (errorMessage ?? 'does not fit').replaceAll(/^data/g, 'input').replaceAll(/, data/g, ', input'),
          500,
        );
  };
}

/**
 * What model services refuse at the top of a tool's input (OpenAI, function calling: the root must be a plain object).
 * One such tool would make them refuse the whole question. The check of arguments knows them all the same.
 */
const notOnTop = ['anyOf', 'oneOf', 'allOf', 'not', 'enum', 'if', 'then', 'else', '$ref', 'dependentSchemas'];

/** A schema as a model is shown it: notes bounded and without hidden characters, the whole of a bearable size. */
export function shownSchema(schema: JsonSchema): JsonSchema {
  const plain = { type: 'object', properties: {}, ...without(schema, ...notOnTop) };
  const noted = everywhere(plain, (one) => {
    const kept = without(one, '$schema', '$id', '$comment', 'examples', 'title');
    return typeof kept.description === 'string'
      ? { ...kept, description: bounded(kept.description, longestNote) }
      : kept;
  }) as JsonSchema;
  const cleaned = JSON.parse(JSON.stringify(noted), (_, value) =>
    typeof value === 'string' ? bounded(value, 500) : value,
  ) as JsonSchema;
  if (JSON.stringify(cleaned).length <= mostShown) return cleaned;
  const bare = everywhere(cleaned, (one) => without(one, 'description')) as JsonSchema;
  if (JSON.stringify(bare).length <= mostShown) return bare;
  const names = Object.keys(isObject(schema.properties) ? schema.properties : {}).slice(0, 60);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [bounded(name, 60), {}])),
    ...(Array.isArray(schema.required)
      ? { required: schema.required.slice(0, 60).map((name) => bounded(String(name), 60)) }
      : {}),
  };
}
