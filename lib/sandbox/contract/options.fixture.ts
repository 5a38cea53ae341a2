import type { Route } from '../rest/route.ts';
import { operationOf, specOf } from './documents.fixture.ts';
import type { Schema } from './schema-check.ts';

type Parameter = { $ref?: string; name?: string; in?: string; schema?: Schema };

function resolved<T extends { $ref?: string }>(path: string, value: T): T {
  const [, kind, name] = /#\/components\/(\w+)\/(.+)$/.exec(value.$ref ?? '') ?? [];
  if (kind === undefined || name === undefined) return value;
  const components = specOf(path).document.components as unknown as Record<string, Record<string, T>>;
  const found = components[kind]?.[name];
  if (!found) throw new Error(`The document has no ${value.$ref}`);
  return found;
}

/** Values worth trying for a parameter: each of an enumeration, and true. Others have none. */
function valuesOf(path: string, schema: Schema): string[] {
  const flat = resolved(path, schema);
  if (flat.enum) return flat.enum.map(String);
  if (flat.type === 'boolean') return ['true', 'false'];
  // Some sort orders are described as texts that have items.
  return flat.items ? valuesOf(path, flat.items) : [];
}

/** Every `name=value` that the document lets a request of a route carry, one at a time. */
export function optionsOf(route: Route): string[] {
  const { parameters = [] } = (operationOf(route) ?? {}) as { parameters?: Parameter[] };
  return parameters
    .map((one) => resolved(route.path, one))
    .filter((one) => one.in === 'query')
    .flatMap(({ name = '', schema = {} }) =>
      valuesOf(route.path, schema).map((value) => `${name}=${encodeURIComponent(value)}`),
    );
}
