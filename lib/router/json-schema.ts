import { z } from 'zod';
import type { Operation } from '#lib/tools';

export type JsonSchema = { [key: string]: unknown };

const noise = new Set(['$schema', 'additionalProperties', 'minLength', 'propertyNames']);

/** Drops what costs tokens and tells a model nothing: dialect, closedness, bounds of safe integers. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !(noise.has(key) && key !== 'properties') &&
      !(key === 'maximum' && inner === Number.MAX_SAFE_INTEGER) &&
      !(key === 'minimum' && inner === Number.MIN_SAFE_INTEGER) &&
      !(key === 'minItems' && inner === 1),
  );
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, key === 'properties' ? properties(inner) : compact(inner)]),
  );
}

/** Names of properties are not keywords. */
function properties(value: unknown): unknown {
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, inner]) => [name, compact(inner)]),
  );
}

const cache = new WeakMap<Operation, JsonSchema>();

/** The input of an operation as compact JSON Schema; descriptions are the catalogue's short notes. */
export function inputJsonSchema(operation: Operation): JsonSchema {
  const known =
    cache.get(operation) ??
    (compact(z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' })) as JsonSchema);
  cache.set(operation, known);
  return known;
}
