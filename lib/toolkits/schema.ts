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
const maps = new Set(['properties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']);

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

/** The definition that a reference of our two forms leads to. @throws Error when there is none */
function targetOf(root: JsonSchema, ref: string): unknown {
  if (ref === '#') return root;
  const [, group = '', name = ''] = /^#\/([^/]+)\/([^/]+)$/.exec(ref) ?? [];
  const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  const among = root[group];
  if (!isObject(among) || !Object.hasOwn(among, key))
    throw new Error('its input refers to what is not there');
  return among[key];
}

/** Takes out, in place, every reference that closes a cycle: following it could take for ever. */
function cutCycles(root: JsonSchema): void {
  const open = new Set<unknown>();
  const done = new Set<unknown>();
  const enter = (target: unknown): void => {
    if (done.has(target)) return;
    open.add(target);
    visit(target);
    open.delete(target);
    done.add(target);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    if (typeof value.$ref === 'string') {
      const target = targetOf(root, value.$ref);
      if (open.has(target)) delete value.$ref;
      else enter(target);
    }
    for (const [key, inner] of Object.entries(value)) {
      if (holders.has(key)) visit(inner);
      else if (maps.has(key) && !isStore(key) && isObject(inner)) Object.values(inner).forEach(visit);
    }
  };
  enter(root);
  for (const key of ['$defs', 'definitions'])
    if (isObject(root[key])) Object.values(root[key]).forEach(enter);
}

const isStore = (key: string): boolean => key === '$defs' || key === 'definitions';

/** How much checking against a schema without cycles can be, references followed. */
function workOf(root: JsonSchema): number {
  const known = new Map<unknown, number>();
  const work = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const before = known.get(value);
    if (before !== undefined) return before;
    const target = isObject(value) && typeof value.$ref === 'string' ? targetOf(root, value.$ref) : 0;
    const followed = target === root ? 0 : work(target);
    const sum = Object.values(value).reduce<number>((total, inner) => total + work(inner), 1 + followed);
    known.set(value, sum);
    return sum;
  };
  return work(root);
}

const refsOf = (schema: JsonSchema): string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"((?:[^"\\]|\\.)*)"/g)].map(([, ref = '']) => ref);

/** Keywords without schemas in them that are checked here: each is done in one go through the value. */
const checked = new Set([
  '$ref',
  'type',
  'nullable',
  'enum',
  'const',
  'required',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);
/** Left to the server: to leave out a part of what is denied, or of a condition, would refuse what fits. */
const denying = new Set(['not', 'if', 'then', 'else']);

/** A schema's part that is checked here. What is left out makes alternatives overlap, so one that fits is enough. */
function bearable(schema: JsonSchema): JsonSchema {
  const open = 'patternProperties' in schema ? ['additionalProperties', 'unevaluatedProperties'] : [];
  const kept = Object.fromEntries(
    Object.entries(schema).filter(
      ([key]) =>
        (checked.has(key) || holders.has(key) || maps.has(key)) && !denying.has(key) && !open.includes(key),
    ),
  );
  if (!Array.isArray(kept.oneOf)) return kept;
  const { oneOf, allOf, ...rest } = kept;
  return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), { anyOf: oneOf }] };
}

export type ArgumentCheck = (args: Record<string, unknown>) => string | null;

/**
 * A check of arguments against a definition's input schema: null when they fit, else what is wrong. Patterns, formats,
 * uniqueness and what lies below a cycle are left to the server: a stranger's schema could keep this process busy for ever.
 * @throws Error with why the schema cannot be used
 */
export function argumentCheck(schema: JsonSchema): ArgumentCheck {
  if (schema.type !== 'object') throw new Error('its input is not an object');
  if (refsOf(schema).some((ref) => !/^#(\/(\$defs|definitions)\/[^/]+)?$/.test(ref)))
    throw new Error('its input refers to other documents, or into the middle of itself');
  const plain = everywhere(schema, bearable) as JsonSchema;
  cutCycles(plain);
  if (workOf(plain) > mostWork) throw new Error('its input schema is too involved');
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
