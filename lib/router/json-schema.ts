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
  return joined(
    Object.fromEntries(
      kept.map(([key, inner]) => [key, key === 'properties' ? properties(inner) : compact(inner)]),
    ),
  );
}

/** Alternatives that are bare types are one list of types. */
function joined(schema: Record<string, unknown>): Record<string, unknown> {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || 'type' in rest) return schema;
  const types = (anyOf as Record<string, unknown>[]).map((one) =>
    Object.keys(one).length === 1 ? one.type : undefined,
  );
  return types.every((type) => typeof type === 'string') ? { ...rest, type: types } : schema;
}

/** Names of properties are not keywords. */
function properties(value: unknown): unknown {
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, inner]) => [name, compact(inner)]),
  );
}

type Side = 'input' | 'output';

const cache: Record<Side, WeakMap<Operation, JsonSchema>> = { input: new WeakMap(), output: new WeakMap() };

function schemaOf(operation: Operation, side: Side): JsonSchema {
  const known =
    cache[side].get(operation) ??
    (compact(z.toJSONSchema(operation[side], { io: side, unrepresentable: 'any' })) as JsonSchema);
  cache[side].set(operation, known);
  return known;
}

/** The input of an operation as compact JSON Schema; descriptions are the catalogue's short notes. */
export const inputJsonSchema = (operation: Operation): JsonSchema =>
  operation.toolkit?.inputSchema ?? schemaOf(operation, 'input');

/** The data of a read's answer as compact JSON Schema; of a write, the data of its proposal. Open: more may come. */
export const outputJsonSchema = (operation: Operation): JsonSchema => schemaOf(operation, 'output');
