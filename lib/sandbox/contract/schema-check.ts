/** The parts of an OpenAPI 3.0 schema that Atlassian's documents use. */
export type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
};

export type Operation = {
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  'x-atlassian-oauth2-scopes'?: { state: string; scopes: string[] }[];
};

export type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Checks values against the schemas of one document; keys that a schema does not name are mistakes too. */
export class SchemaCheck {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** What is wrong with a value, each line beginning with the place; empty when nothing is. */
  problems(schema: Schema, value: unknown, at = '$'): string[] {
    const flat = this.#flat(schema);
    if (value === null) return flat.nullable ? [] : [`${at}: is null`];
    const choices = flat.oneOf ?? flat.anyOf;
    if (choices) return this.#anyOf(choices, value, at);
    if (flat.enum && !flat.enum.includes(value))
      return [`${at}: ${JSON.stringify(value)} is none of ${flat.enum.join(', ')}`];
    if (flat.type === 'array') return this.#array(flat, value, at);
    if (flat.type === 'object' || flat.properties) return this.#object(flat, value, at);
    return scalarProblems(flat, value, at);
  }

  #anyOf(choices: Schema[], value: unknown, at: string): string[] {
    const tried = choices.map((choice) => this.problems(choice, value, at));
    return tried.some((problems) => problems.length === 0) ? [] : (tried[0] ?? []);
  }

  #array(schema: Schema, value: unknown, at: string): string[] {
    if (!Array.isArray(value)) return [`${at}: is no list`];
    return value.flatMap((item: unknown, index) =>
      this.problems(schema.items ?? {}, item, `${at}[${index}]`),
    );
  }

  #object(schema: Schema, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: is no object`];
    const found = (schema.required ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${at}.${name}: is missing`);
    const more = schema.additionalProperties;
    for (const [name, item] of Object.entries(value)) {
      const known = schema.properties?.[name];
      if (known) found.push(...this.problems(known, item, `${at}.${name}`));
      else if (typeof more === 'object') found.push(...this.problems(more, item, `${at}.${name}`));
      else if (more !== true && schema.properties) found.push(`${at}.${name}: is not in the document`);
    }
    return found;
  }

  /** A schema without references, the parts of `allOf` merged. */
  #flat(schema: Schema): Schema {
    if (schema.$ref) {
      const target = this.#document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
      if (!target) throw new Error(`The document has no ${schema.$ref}`);
      return this.#flat(target);
    }
    if (!schema.allOf) return schema;
    return schema.allOf.map((part) => this.#flat(part)).reduce((a, b) => this.#merged(a, b));
  }

  #merged(a: Schema, b: Schema): Schema {
    const properties: Record<string, Schema> = { ...a.properties };
    for (const [name, one] of Object.entries(b.properties ?? {})) {
      const before = properties[name];
      properties[name] = before ? this.#merged(this.#flat(before), this.#flat(one)) : one;
    }
    return { ...a, ...b, properties, required: [...(a.required ?? []), ...(b.required ?? [])] };
  }
}

function scalarProblems(schema: Schema, value: unknown, at: string): string[] {
  const kinds: Record<string, (value: unknown) => boolean> = {
    string: (one) => typeof one === 'string',
    boolean: (one) => typeof one === 'boolean',
    integer: (one) => Number.isInteger(one),
    number: (one) => typeof one === 'number',
  };
  const fits = schema.type ? (kinds[schema.type]?.(value) ?? true) : true;
  if (!fits) return [`${at}: ${JSON.stringify(value)} is no ${schema.type}`];
  const isDate = schema.format === 'date-time' && typeof value === 'string';
  return isDate && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value)
    ? [`${at}: ${value} is no date-time`]
    : [];
}
