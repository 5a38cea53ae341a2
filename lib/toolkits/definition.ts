import { createHash } from 'node:crypto';
import { canonicalText } from '#canonical';
import type { ToolkitToolRow } from '#db';
import type { FieldDiff } from '#lib/wire';
import { type ArgumentCheck, argumentCheck } from './schema.ts';
import type { Definition } from './types.ts';
import { bounded, countHidden, oneLine } from './words.ts';

/** Characters of a definition as JSON; a longer one cannot be used. */
const longest = 64 * 1024;

/** What is pinned of a tool: the text to keep, and the SHA-256 that names it. */
export function pinOf(tool: Definition): { text: string; fingerprint: string } {
  const { name, title, description, inputSchema, annotations } = tool;
  const whole = canonicalText({ name, title, description, inputSchema, annotations });
  const fingerprint = createHash('sha256').update(whole).digest('hex');
  const short: Definition = {
    name,
    description: `(Its definition has ${whole.length} characters; more than ${longest} are not kept.)`,
    inputSchema: {},
  };
  return { text: whole.length <= longest ? whole : JSON.stringify(short), fingerprint };
}

export const parseDefinition = (text: string): Definition => JSON.parse(text) as Definition;

export const titleOf = ({ title, annotations, name }: Definition): string =>
  oneLine(
    [title, annotations?.title, name].find(
      (one): one is string => typeof one === 'string' && one.trim() !== '',
    ) ?? '',
    80,
  );

export const descriptionOf = ({ description }: Definition): string => oneLine(description ?? '', 600);

/** What a server says of its tool, in words. */
export function claimsOf({ annotations = {} }: Definition): string[] {
  const words: [string, string, string][] = [
    ['readOnlyHint', 'only reads', 'changes things'],
    ['destructiveHint', 'may destroy', 'destroys nothing'],
    ['idempotentHint', 'may be repeated', 'counts each time'],
    ['openWorldHint', 'reaches other systems', 'stays in its own system'],
  ];
  return words.flatMap(([name, yes, no]) =>
    annotations[name] === true ? [yes] : annotations[name] === false ? [no] : [],
  );
}

export const hiddenIn = (definition: Definition): number => countHidden(JSON.stringify(definition));

/** The check of arguments, or why the tool cannot be used. */
export function usable(definition: Definition): { check: ArgumentCheck } | { why: string } {
  try {
    return { check: argumentCheck(definition.inputSchema) };
  } catch (error) {
    return { why: `It cannot be used: ${bounded((error as Error).message, 200)}.` };
  }
}

/** As we name a tool: letters, digits and underscores, at most 60, told apart from those that are taken. */
export function operationName(slug: string, name: string, taken: ReadonlySet<string>): string {
  const base = `${slug}__${
    name
      .slice(0, 200)
      .replace(/\W+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase() || 'tool'
  }`.slice(0, 60);
  if (!taken.has(base)) return base;
  for (let n = 2; n < 10; n += 1) if (!taken.has(`${base}_${n}`)) return `${base}_${n}`;
  // A list of names that are all alike must not be counted through for each of them.
  for (let n = 0; ; n += 1) {
    const sum = createHash('sha256').update(`${n} ${name}`).digest('hex').slice(0, 12);
    if (!taken.has(`${base}_${sum}`)) return `${base}_${sum}`;
  }
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2);

/** What differs between the pinned definition and the one seen by now, in the words of both. */
export function driftOf(row: Pick<ToolkitToolRow, 'definition' | 'seen_definition'>): FieldDiff[] {
  if (row.seen_definition === null) return [];
  const [before, after] = [parseDefinition(row.definition), parseDefinition(row.seen_definition)];
  const parts: [string, keyof Definition][] = [
    ['Title', 'title'],
    ['Description', 'description'],
    ['Input', 'inputSchema'],
    ['What it says of itself', 'annotations'],
  ];
  return parts
    .filter(([, key]) => written(before[key]) !== written(after[key]))
    .map(([label, key]) => ({
      label,
      before: before[key] === undefined ? null : revealed(written(before[key])),
      after: after[key] === undefined ? null : revealed(written(after[key])),
    }));
}

/** Hidden characters are what one looks for here: they are named in place. */
function revealed(text: string): string {
  const whole = [...text].map((sign) =>
    countHidden(sign) === 0
      ? sign
      : `‹U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
  return bounded(whole.join(''), 20_000);
}
