import { operationAt, specOf } from './documents.fixture.ts';
import type { Schema } from './schema-check.ts';

/** A request as it reached the practice site. */
export type SeenRequest = {
  method: string;
  /** Beginning with `/wiki`. */
  path: string;
  query: URLSearchParams;
  contentType: string;
  body: Buffer;
};

type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema?: Schema };
type Described = {
  parameters?: Parameter[];
  requestBody?: { $ref?: string; required?: boolean; content?: Record<string, { schema?: Schema }> };
};

/** Sent on purpose though the document does not list it, each with where it was seen. */
const known: { at: RegExp; name: string; why: string }[] = [
  {
    at: /\/rest\/api\/search$/,
    name: 'expand',
    why: 'documented in the narrative of the search endpoint, missing from its parameters',
  },
];

function resolved<T extends { $ref?: string }>(path: string, value: T): T {
  if (value.$ref === undefined) return value;
  const [, kind = '', name = ''] = /#\/components\/(\w+)\/(.+)$/.exec(value.$ref) ?? [];
  const components = specOf(path).document.components as unknown as Record<string, Record<string, T>>;
  const found = components[kind]?.[name];
  if (found === undefined) throw new Error(`The document has no ${value.$ref}`);
  return found;
}

/** A query value as the type its schema names, so that it can be checked like JSON. */
function typed(schema: Schema, text: string): unknown {
  if (schema.type === 'integer' || schema.type === 'number') return text === '' ? text : Number(text);
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function queryProblems(request: SeenRequest, parameters: readonly Parameter[]): string[] {
  const { check } = specOf(request.path);
  const declared = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]));
  const missing = [...declared.values()]
    .filter((one) => one.required === true && !request.query.has(one.name))
    .map((one) => `query ${one.name} is missing`);
  const wrong = [...new Set(request.query.keys())].flatMap((name) => {
    const parameter = declared.get(name);
    if (parameter === undefined)
      return known.some((one) => one.at.test(request.path) && one.name === name)
        ? []
        : [`query ${name} is not in the document`];
    const schema = parameter.schema === undefined ? {} : resolved(request.path, parameter.schema);
    const given = request.query.getAll(name);
    const items = schema.type === 'array' ? given.flatMap((one) => one.split(',')) : given;
    const of = schema.type === 'array' ? (schema.items ?? {}) : schema;
    const plain = resolved(request.path, of);
    return items.flatMap((one) => check.problems(plain, typed(plain, one), `query ${name}`));
  });
  return [...missing, ...wrong];
}

function bodyProblems(request: SeenRequest, described: Described): string[] {
  const body =
    described.requestBody === undefined ? undefined : resolved(request.path, described.requestBody);
  if (request.body.length === 0) return body?.required === true ? ['the body is missing'] : [];
  if (body === undefined) return ['a body is not in the document'];
  const type = request.contentType.split(';')[0]?.trim() ?? '';
  const content = body.content?.[type];
  if (content === undefined) return [`the content type ${type} is not in the document`];
  if (type !== 'application/json' || content.schema === undefined) return [];
  return specOf(request.path).check.problems(
    content.schema,
    JSON.parse(request.body.toString('utf8')),
    'body',
  );
}

/** What is wrong with a request by Atlassian's document; empty when it is a valid one. */
export function requestProblems(request: SeenRequest): string[] {
  const found = operationAt(request.method, request.path);
  if (found === undefined) return [`${request.method} ${request.path} is not in the document`];
  const described = found.operation as unknown as Described;
  const parameters = (described.parameters ?? []).map((one) => resolved(request.path, one));
  return [...queryProblems(request, parameters), ...bodyProblems(request, described)].map(
    (problem) => `${request.method} ${found.at}: ${problem}`,
  );
}
