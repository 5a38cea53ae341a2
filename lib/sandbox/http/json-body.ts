import { badRequest } from './problem.ts';

/** A JSON object from outside, read field by field; a field of the wrong type is a 400. */
export class JsonBody {
  readonly value: Record<string, unknown>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw badRequest('The request body must be a JSON object.');
    this.value = { ...value };
  }

  static parse(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw badRequest(
        `Request body is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  has(name: string): boolean {
    return this.value[name] !== undefined && this.value[name] !== null;
  }

  /** A text; numbers are taken as text because Confluence does so for ids. */
  text(name: string): string | undefined {
    const value = this.value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') throw badRequest(`'${name}' must be a string.`);
    return value;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw badRequest(`'${name}' is required.`);
    return value;
  }

  number(name: string): number | undefined {
    const value = this.value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw badRequest(`'${name}' must be a number.`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.value[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') throw badRequest(`'${name}' must be true or false.`);
    return value;
  }

  object(name: string): JsonBody | undefined {
    return this.has(name) ? new JsonBody(this.value[name]) : undefined;
  }

  texts(name: string): string[] {
    const value = this.value[name];
    if (!Array.isArray(value)) throw badRequest(`'${name}' must be a list.`);
    return value.map((one: unknown) => {
      if (typeof one !== 'string' && typeof one !== 'number')
        throw badRequest(`'${name}' must be a list of ids.`);
      return String(one);
    });
  }
}
