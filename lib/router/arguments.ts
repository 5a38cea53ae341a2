import type { z } from 'zod';
import { UserError } from '#errors';
import { nearest, type Operation } from '#lib/tools';
import { inputJsonSchema, type JsonSchema } from './json-schema.ts';

/** Names that models and other servers give to the same input; the first that the operation has is meant. */
const sameInput: Record<string, readonly string[]> = {
  id: ['page', 'post', 'ids', 'pages', 'comment_id', 'attachment', 'account_ids', 'change_id', 'space'],
  pageid: ['page', 'id', 'ids', 'pages'],
  contentid: ['page', 'id', 'ids', 'pages'],
  page: ['id', 'ids', 'pages'],
  pages: ['ids', 'page'],
  pageids: ['pages', 'ids'],
  ids: ['pages', 'account_ids'],
  title: ['page'],
  url: ['page', 'id'],
  blogpostid: ['post', 'id'],
  spaceid: ['space', 'spaces', 'id'],
  spacekey: ['space', 'spaces', 'keys', 'id'],
  space: ['spaces'],
  spaces: ['space'],
  key: ['space', 'keys'],
  name: ['query', 'title', 'group'],
  q: ['query'],
  text: ['query', 'body'],
  search: ['query'],
  searchtext: ['query'],
  maxresults: ['limit'],
  max: ['limit'],
  count: ['limit'],
  pagesize: ['limit'],
  next: ['cursor'],
  nextcursor: ['cursor'],
  pagetoken: ['cursor'],
  content: ['body'],
  markdown: ['body'],
  bodyformat: ['format'],
  contentformat: ['body_format', 'format'],
  representation: ['body_format', 'format'],
  parentid: ['parent'],
  parentpageid: ['parent'],
  targetid: ['target'],
  version: ['base_version'],
  versionnumber: ['version', 'base_version'],
  versionmessage: ['message'],
  comment: ['message'],
  label: ['labels'],
  labelname: ['labels'],
  type: ['types', 'content_type'],
  accountid: ['user', 'account_ids', 'query'],
  accountids: ['account_ids'],
  username: ['user', 'query'],
  user: ['query', 'contributor'],
  groupid: ['group'],
  groupname: ['group', 'query'],
  commentid: ['comment_id'],
  attachmentid: ['attachment'],
  siteid: ['site'],
  cloudid: ['site'],
  changeid: ['change_id', 'change_ids'],
  templateid: ['template_id'],
  edit: ['edits'],
};

/** Arguments of the hosts, and ids of the site that other servers ask for: heard and not needed. */
const ignored = new Set([
  'outputformat',
  'includebody',
  'site',
  'cloudid',
  'siteid',
  'reason',
  'explanation',
]);

const squash = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What a caller sent as an object; JSON of one is taken too. @throws UserError `invalid_input`. */
export function asObject(raw: unknown): Record<string, unknown> {
  if (raw === undefined || raw === null || raw === '') return {};
  if (typeof raw === 'string') {
    try {
      return asObject(JSON.parse(raw));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  if (typeof raw === 'object' && !Array.isArray(raw)) return raw as Record<string, unknown>;
  throw new UserError('invalid_input', 'The input is not an object.', {
    next: 'Give the arguments by name.',
  });
}

/** Arguments under the operation's own names. @throws UserError invalid_input that names an unknown one and the nearest. */
function named(
  operation: Operation,
  given: Record<string, unknown>,
  known: readonly string[],
): Record<string, unknown> {
  const bySquashed = new Map(known.map((name) => [squash(name), name]));
  const found: Record<string, unknown> = {};
  const others: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const own = bySquashed.get(squash(name));
    if (own !== undefined) found[own] = value;
    else others.push([name, value]);
  }
  for (const [name, value] of others) {
    const same = sameInput[squash(name)]?.find((one) => known.includes(one) && found[one] === undefined);
    if (same !== undefined) found[same] = value;
    else if (!ignored.has(squash(name))) {
      const near = nearest(name.replaceAll('_', ' '), known, (one) => one.replaceAll('_', ' '), 1, 0.7)[0];
      throw new UserError(
        'invalid_input',
        `${operation.name} has no input "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        {
          next: `Its inputs: ${known.join(', ') || 'none'}.`,
          data: { field: name, known: [...known], ...(near === undefined ? {} : { nearest: near }) },
        },
      );
    }
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function asEnum(value: string, allowed: readonly unknown[]): string {
  const wanted = squash(value);
  const hit =
    allowed.find((one) => squash(String(one)) === wanted) ??
    allowed.find((one) => squash(String(one)) === wanted.replace(/s$/, ''));
  return hit === undefined ? value : String(hit);
}

/** What is plainly meant: `"25"` for 25, one value for a list of one, JSON in a text, other cases of an enum. */
function coerced(value: unknown, schema: JsonSchema): unknown {
  const { type } = schema;
  if (Array.isArray(schema.enum) && typeof value === 'string') return asEnum(value, schema.enum);
  if (type === 'string' && (typeof value === 'number' || typeof value === 'bigint')) return String(value);
  if (
    (type === 'integer' || type === 'number') &&
    typeof value === 'string' &&
    /^-?\d+(\.\d+)?$/.test(value.trim())
  )
    return Number(value);
  if (type === 'boolean' && typeof value === 'string' && /^(true|false)$/i.test(value))
    return value.toLowerCase() === 'true';
  if (type === 'object' && typeof value === 'string') return parsed(value) ?? value;
  if (type === 'array') {
    const items = (schema.items ?? {}) as JsonSchema;
    const list = typeof value === 'string' && value.trim().startsWith('[') ? (parsed(value) ?? value) : value;
    const whole = Array.isArray(list)
      ? list
      : typeof list === 'string' && items.type !== 'string' && items.enum === undefined
        ? (parsed(list) ?? list)
        : list;
    const many = Array.isArray(whole) ? whole : [whole];
    return many.map((one) => coerced(one, items));
  }
  return value;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input;
  for (const step of path)
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined;
  return at;
}

function explain(operation: Operation, input: unknown, issue: z.core.$ZodIssue): UserError {
  const field = issue.path.map(String).join('.') || 'input';
  const missing = valueAt(input, issue.path) === undefined;
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : null;
  const shape = inputJsonSchema(operation).properties as Record<string, JsonSchema> | undefined;
  const note = shape?.[String(issue.path[0])]?.description;
  const what = missing
    ? 'is required'
    : allowed === null
      ? issue.message
      : `must be one of ${allowed.join(', ')}`;
  return new UserError('invalid_input', `${field}: ${what}.`.replace(/\.\.$/, '.'), {
    next:
      typeof note === 'string'
        ? `${String(issue.path[0])} is: ${note}.`
        : `The inputs of ${operation.name}: ${Object.keys(shape ?? {}).join(', ')}.`,
    data: { field, ...(allowed === null ? {} : { allowed }) },
  });
}

/** Another server's arguments are taken as they are: what its names mean is its own matter. */
function strangersArguments(
  { name }: Operation,
  { problem, inputSchema }: NonNullable<Operation['toolkit']>,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const wrong = problem(given);
  if (wrong === null) return given;
  const known = Object.keys((inputSchema.properties ?? {}) as object);
  throw new UserError('invalid_input', `The input does not fit ${name}.`, {
    next: `See its input schema: discover_tools with "${name}".`,
    data: { wrong, known },
  });
}

/**
 * The checked input of an operation from what a caller sent.
 * @throws UserError invalid_input naming the field, what is allowed, or the nearest real name.
 */
export function readArguments(operation: Operation, raw: unknown): unknown {
  if (operation.toolkit !== undefined) return strangersArguments(operation, operation.toolkit, asObject(raw));
  const schema = inputJsonSchema(operation);
  const shape = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const given = named(operation, asObject(raw), Object.keys(shape));
  const input = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, coerced(value, shape[name] ?? {})]),
  );
  const checked = operation.input.safeParse(input);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  if (issue === undefined)
    throw new UserError('invalid_input', 'The input is not valid.', {
      next: `See the inputs of ${operation.name}.`,
    });
  throw explain(operation, input, issue);
}
