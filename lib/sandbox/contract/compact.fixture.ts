import { endpoints } from '../../confluence/data/endpoints.ts';
import { routeTable } from '../rest/serve.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };

/** What tells people things, or is not checked here. */
const dropped = new Set(
  'description example examples title summary operationId tags externalDocs security deprecated default headers links minLength maxLength minItems maxItems'.split(
    ' ',
  ),
);

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without words; names of properties and schemas are never taken for keywords. */
function bare(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((one) => bare(one));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          names || !(dropped.has(key) || (key.startsWith('x-') && key !== 'x-atlassian-oauth2-scopes')),
      )
      .map(([key, one]) => [key, bare(one, !names && (key === 'properties' || key === 'schemas'))]),
  );
}

/** The names of `#/components/<kind>/<name>` in a value, as `kind/name`. */
function references(value: Json): string[] {
  return [...JSON.stringify(value).matchAll(/"#\/components\/(\w+\/[^"]+)"/g)].map((match) => match[1] ?? '');
}

/** Names of path parameters differ from place to place; only where they stand counts. */
export const shapeOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

const methods = ['get', 'put', 'post', 'delete'];

/** Endpoints the client uses or the practice site offers, as `METHOD /path` with `{}` for parameters. */
const used = new Set([
  ...Object.keys(endpoints),
  ...routeTable.routes.map(({ method, path }) => `${method} ${shapeOf(path)}`),
]);

/**
 * The part of one of Atlassian's OpenAPI documents that the endpoints in use need: parameters, bodies, answers and scopes,
 * without the words. Paths are full and carry `{}` for each parameter.
 * @param prefix what the document leaves out before its paths.
 */
export function compact(document: Node, prefix: string): Node {
  const paths: Node = {};
  for (const [path, item] of Object.entries(document.paths as Node)) {
    const full = shapeOf(prefix + path);
    const wanted = Object.entries(item as Node).filter(
      ([method]) => methods.includes(method) && used.has(`${method.toUpperCase()} ${full}`),
    );
    const shared = (item as Node).parameters;
    for (const [method, operation] of wanted) {
      const own = bare(operation) as Node;
      if (Array.isArray(shared))
        own.parameters = [...(bare(shared) as Json[]), ...((own.parameters as Json[]) ?? [])];
      paths[full] = { ...((paths[full] as Node) ?? {}), [method]: own };
    }
  }
  const components: Record<string, Node> = {};
  const all = document.components as Record<string, Node>;
  const open = references(paths);
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const [kind = '', key = ''] = name.split('/');
    const found = bare(all[kind]?.[key] ?? null);
    components[kind] = { ...components[kind], [key]: found };
    open.push(...references(found));
  }
  const sorted = Object.fromEntries(
    Object.entries(components).map(([kind, ones]) => [
      kind,
      Object.fromEntries(Object.entries(ones).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );
  return { paths, components: sorted };
}
