import { UserError } from '#errors';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keysOf = (value: unknown): string =>
  Array.isArray(value)
    ? `a list of ${value.length}`
    : isRecord(value)
      ? `an object with ${Object.keys(value).slice(0, 20).join(', ')}`
      : 'a plain value';

function step(value: unknown, name: string, path: string): unknown {
  if (Array.isArray(value) && /^\d+$/.test(name) && Number(name) < value.length) return value[Number(name)];
  if (isRecord(value) && Object.hasOwn(value, name)) return value[name];
  throw new UserError('invalid_input', `"$ref": "${path}" leads nowhere: there is no "${name}".`, {
    next: `What stands there is ${keysOf(value)}.`,
  });
}

function follow(value: unknown, names: readonly string[], path: string): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (name !== '*') return follow(step(value, name, path), rest, path);
  if (!Array.isArray(value)) {
    throw new UserError('invalid_input', `"$ref": "${path}" has * where there is no list.`, {
      next: `What stands there is ${keysOf(value)}.`,
    });
  }
  return value.map((item) => follow(item, rest, path));
}

function resolve(path: string, answers: readonly (Record<string, unknown> | null)[]): unknown {
  const [first = '', ...names] = path.split('.');
  const answer = /^\d+$/.test(first) ? answers[Number(first)] : undefined;
  if (answer === undefined) {
    throw new UserError('invalid_input', `"$ref": "${path}" must begin with the number of an earlier call.`, {
      next: `Calls are counted from 0, for example "0.results.0.id".`,
    });
  }
  if (answer === null) {
    throw new UserError('invalid_input', `Call ${first} failed, so "${path}" has no value.`, {
      next: 'Mend that call first.',
    });
  }
  return follow(answer, names, path);
}

/**
 * An input with every `{ "$ref": "0.results.0.id" }` replaced by the value at that place of an earlier
 * answer's data; `*` takes all items of a list.
 * @param answers data of the calls before; null for one that failed.
 * @throws UserError `invalid_input` for a place that is not there, saying what is.
 */
export function fillReferences(
  input: Record<string, unknown>,
  answers: readonly (Record<string, unknown> | null)[],
): Record<string, unknown> {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (!isRecord(value)) return value;
    const { $ref: path, ...others } = value;
    if (typeof path === 'string' && Object.keys(others).length === 0) return resolve(path, answers);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]));
  };
  return fill(input) as Record<string, unknown>;
}
