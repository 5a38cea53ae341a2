import type { Context } from './operation.ts';
import { type Person, resolvePerson } from './resolve/person.ts';

/** `@[Name]` that names no account yet; what stands in code is no mention. */
const codeOrName = /(```[\s\S]*?```|~~~[\s\S]*?~~~|`[^`\n]*`)|(?<!\\)@\[([^\]\n]{1,200})\](?![(\\])/g;

/** The mention of a person as Markdown. */
export const mentionOf = (person: Person): string =>
  `@[${person.name.replace(/[\\[\]]/g, ' ')}](user:${person.accountId})`;

/**
 * Markdown in which every `@[Jane Doe]` names the account of that person. Text without one costs no request.
 * @throws UserError not_found or ambiguous for a name, with the people it may mean
 */
export async function mentionsResolved(ctx: Context, markdown: string): Promise<string> {
  const people = new Map<string, Person>();
  for (const [, , name] of markdown.matchAll(codeOrName))
    if (name !== undefined && !people.has(name)) people.set(name, await resolvePerson(ctx, name));
  if (people.size === 0) return markdown;
  return markdown.replace(codeOrName, (whole, _code, name: string | undefined) => {
    const person = name === undefined ? undefined : people.get(name);
    return person === undefined ? whole : mentionOf(person);
  });
}

type Cells = readonly (string | number)[] | Readonly<Record<string, string | number>>;

/** The Markdown of new table cells with the accounts of the people it names. */
async function cellsResolved(ctx: Context, cells: Cells): Promise<Cells> {
  const resolved: [string, string | number][] = [];
  for (const [at, cell] of Object.entries(cells))
    resolved.push([at, typeof cell === 'string' ? await mentionsResolved(ctx, cell) : cell]);
  return Array.isArray(cells) ? resolved.map(([, cell]) => cell) : Object.fromEntries(resolved);
}

/** Edits whose new Markdown names people, with their accounts. @throws UserError as `mentionsResolved` */
export async function editsResolved<
  Given extends { markdown?: string | undefined; cells?: Cells | undefined },
>(ctx: Context, edits: readonly Given[]): Promise<Given[]> {
  const resolved: Given[] = [];
  for (const edit of edits)
    resolved.push({
      ...edit,
      ...(edit.markdown === undefined ? {} : { markdown: await mentionsResolved(ctx, edit.markdown) }),
      ...(edit.cells === undefined ? {} : { cells: await cellsResolved(ctx, edit.cells) }),
    });
  return resolved;
}
