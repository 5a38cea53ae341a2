import { checkAdf, checkStorage, markdownToStorage } from '#lib/content';
import { mentionsResolved } from '../mentions-in-markdown.ts';
import type { Context } from '../operation.ts';
import type { Representation } from '../page-write/index.ts';
import { readTemplate } from '../templates/template.ts';

export type BodyFormat = 'markdown' | 'storage' | 'adf' | 'wiki';
export type NewBody = {
  representation: Representation;
  value: string;
  markdown: string | null;
  notes: string[];
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Models like to repeat the title as first heading; Confluence shows the title itself. */
function withoutTitle(markdown: string, title: string): string {
  const first = /^\s*#\s+(.+?)\s*#*\s*(?:\n|$)/.exec(markdown);
  return first?.[1]?.trim().toLowerCase() === title.trim().toLowerCase()
    ? markdown.slice(first[0].length).replace(/^\n+/, '')
    : markdown;
}

/** Markdown with the people named as `@[Jane Doe]`; another format as it is. @throws UserError for a name nobody has. */
export async function bodyGiven(
  ctx: Context,
  given: string,
  format: BodyFormat | undefined,
): Promise<string> {
  return format === undefined || format === 'markdown' ? mentionsResolved(ctx, given) : given;
}

/** A body as given, ready for Confluence. Storage is checked here, before Confluence sees it. */
export function bodyFrom(given: string, format: BodyFormat, title: string): NewBody {
  if (format === 'adf')
    return { representation: 'atlas_doc_format', value: checkAdf(given), markdown: null, notes: [] };
  if (format === 'wiki') return { representation: 'wiki', value: given, markdown: null, notes: [] };
  if (format === 'storage') {
    checkStorage(given);
    return { representation: 'storage', value: given, markdown: null, notes: [] };
  }
  const markdown = withoutTitle(given, title);
  const value = markdownToStorage(markdown);
  checkStorage(value);
  return { representation: 'storage', value, markdown, notes: [] };
}

/** The body of a template with its variables filled in. */
export async function bodyOfTemplate(
  ctx: Context,
  id: string,
  values: Record<string, string>,
): Promise<NewBody> {
  const storage = (await readTemplate(ctx, id)).body ?? '';
  const left = new Set<string>();
  const value = storage
    .replace(/<at:declarations>[\s\S]*?<\/at:declarations>/g, '')
    .replace(/<at:var\b[^>]*\bat:name="([^"]*)"[^>]*?(?:\/>|>\s*<\/at:var>)/g, (_all, name: string) => {
      if (values[name] === undefined) left.add(name);
      return escapeXml(values[name] ?? '');
    });
  checkStorage(value);
  const notes =
    left.size === 0
      ? []
      : [`These template variables have no value and stay empty: ${[...left].join(', ')}.`];
  return { representation: 'storage', value, markdown: null, notes };
}
