import { badRequest } from './problem.ts';

/** Typed reading of a query string; every reader answers 400 for a value that does not fit. */
export class Query {
  readonly params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.params = params;
  }

  text(name: string): string | undefined {
    return this.params.get(name) ?? undefined;
  }

  required(name: string): string {
    const value = this.params.get(name);
    if (value === null) throw badRequest(`Required parameter '${name}' is missing.`);
    return value;
  }

  /** All values of a repeatable parameter; `a=1&a=2` and `a=1,2` say the same. */
  list(name: string): string[] | undefined {
    const values = this.params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '');
    return values.length > 0 ? values : undefined;
  }

  flag(name: string, fallback = false): boolean {
    const value = this.params.get(name);
    if (value === null || value === '') return fallback;
    if (value !== 'true' && value !== 'false')
      throw badRequest(`'${name}' must be true or false, not '${value}'.`);
    return value === 'true';
  }

  integer(name: string, options: { fallback: number; min: number; max: number }): number;
  integer(name: string, options: { min: number; max: number }): number | undefined;
  integer(name: string, options: { fallback?: number; min: number; max: number }): number | undefined {
    const value = this.params.get(name);
    if (value === null || value === '') return options.fallback;
    const number = Number(value);
    if (!Number.isInteger(number) || number < options.min || number > options.max)
      throw badRequest(
        `'${name}' must be a whole number from ${options.min} to ${options.max}, not '${value}'.`,
      );
    return number;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.params.get(name);
    return value === null || value === '' ? undefined : among(name, value, allowed);
  }

  listOf<T extends string>(name: string, allowed: readonly T[]): T[] | undefined {
    return this.list(name)?.map((value) => among(name, value, allowed));
  }

  /** Numeric ids. */
  ids(name: string, most: number): string[] | undefined {
    const values = this.list(name);
    if (values && values.length > most) throw badRequest(`'${name}' takes at most ${most} values.`);
    for (const value of values ?? [])
      if (!/^\d+$/.test(value)) throw badRequest(`'${name}' must be numeric, not '${value}'.`);
    return values;
  }
}

function among<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw badRequest(
      `Provided value {${value}} for '${name}' is not supported. Supported: ${allowed.join(', ')}`,
    );
  return found;
}
