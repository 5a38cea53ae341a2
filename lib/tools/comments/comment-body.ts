import { UserError } from '#errors';
import { checkAdf, checkStorage, markdownToStorage, mentions as mentionsOf } from '#lib/content';
import { mentionOf, mentionsResolved } from '../mentions-in-markdown.ts';
import type { Context } from '../operation.ts';
import { checkSize } from '../page-write/index.ts';
import { type Person, resolvePerson } from '../resolve/person.ts';
import { bodyText } from './comment-target.ts';

export type BodyFormat = 'markdown' | 'storage' | 'adf';

/** A comment's body as it is sent. `storage` is null for ADF, which only Confluence converts. */
export type CommentBody = {
  representation: 'storage' | 'atlas_doc_format';
  value: string;
  storage: string | null;
  /** How it will read; null for ADF. */
  markdown: string | null;
};

/** Markdown with people in place of their names: those named in `@[Name]`, and those of the list. */
async function withPeople(ctx: Context, body: string, names: readonly string[]): Promise<string> {
  let text = await mentionsResolved(ctx, body);
  const first: string[] = [];
  for (const name of names) {
    const person = await resolvePerson(ctx, name);
    if (text.includes(`(user:${person.accountId})`)) continue;
    const written = [name, person.name].map((one) => `@${one.replace(/^@/, '')}`);
    const found = written.find((one) => text.toLowerCase().includes(one.toLowerCase()));
    if (found === undefined) first.push(mentionOf(person));
    else {
      const at = text.toLowerCase().indexOf(found.toLowerCase());
      text = `${text.slice(0, at)}${mentionOf(person)}${text.slice(at + found.length)}`;
    }
  }
  return first.length === 0 ? text : `${first.join(' ')} ${text}`;
}

async function storageWithPeople(ctx: Context, storage: string, names: readonly string[]): Promise<string> {
  const there = mentionsOf(storage);
  const missing: Person[] = [];
  for (const name of names) {
    const person = await resolvePerson(ctx, name);
    if (!there.includes(person.accountId)) missing.push(person);
  }
  return missing.length === 0 ? storage : `${markdownToStorage(missing.map(mentionOf).join(' '))}${storage}`;
}

/**
 * What a person wrote as what Confluence takes. In Markdown `@[Jane Doe]` mentions a person; `names` are mentioned
 * where they stand as `@Jane Doe`, else at the beginning. `original`: the storage it replaces, whose placeholders come
 * back as the bytes they stand for.
 * @throws UserError invalid_input, too_large; not_found or ambiguous for a name.
 */
export async function commentBody(
  ctx: Context,
  o: { body: string; body_format?: BodyFormat | undefined; mentions?: readonly string[] | undefined },
  original?: string,
): Promise<CommentBody> {
  const names = o.mentions ?? [];
  if (o.body_format === 'adf') {
    if (names.length > 0)
      throw new UserError('invalid_input', 'mentions: An ADF body carries its mentions itself.', {
        next: 'Put mention nodes into the ADF, or write the body in Markdown.',
      });
    const value = checkAdf(o.body);
    checkSize(value);
    return { representation: 'atlas_doc_format', value, storage: null, markdown: null };
  }
  const storage =
    o.body_format === 'storage'
      ? await storageWithPeople(ctx, o.body, names)
      : markdownToStorage(
          await withPeople(ctx, o.body, names),
          original === undefined ? {} : { originals: original },
        );
  checkStorage(storage);
  checkSize(storage);
  const markdown = bodyText(storage);
  if (markdown === '') {
    throw new UserError('invalid_input', 'body: The comment would be empty.', {
      next: 'Say what the comment should say.',
    });
  }
  return { representation: 'storage', value: storage, storage, markdown };
}
