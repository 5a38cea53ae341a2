import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getFolderById, getRestrictions } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import type { Document } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { readReference } from '../resolve/reference.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { goalOf } from './place.ts';

/** What of a page may go along with its text. */
export const copyParts = z.enum(['attachments', 'permissions', 'properties', 'labels', 'custom_contents']);
export type CopyPart = z.output<typeof copyParts>;

/** Without a wish everything goes along but the restrictions, which are for those who share the copy to decide. */
export const usualParts: readonly CopyPart[] = ['attachments', 'labels', 'properties', 'custom_contents'];

const names: Record<CopyPart, string> = {
  attachments: 'files',
  permissions: 'restrictions',
  properties: 'properties',
  labels: 'labels',
  custom_contents: "apps' content",
};

/** The flags of Atlassian's copy requests. */
export function flagsOf(parts: readonly CopyPart[]) {
  return {
    copyAttachments: parts.includes('attachments'),
    copyPermissions: parts.includes('permissions'),
    copyProperties: parts.includes('properties'),
    copyLabels: parts.includes('labels'),
    copyCustomContents: parts.includes('custom_contents'),
  };
}

/** `files, labels (not: restrictions)`, for the card. */
export function partsText(parts: readonly CopyPart[]): string {
  const listed = (wanted: boolean) =>
    copyParts.options.filter((part) => parts.includes(part) === wanted).map((part) => names[part]);
  const left = listed(false);
  return `${listed(true).join(', ') || 'the text only'}${left.length === 0 ? '' : ` (not: ${left.join(', ')})`}`;
}

export type Destination = {
  type: 'parent_page' | 'parent_content';
  id: string;
  title: string;
  spaceId: string;
};

async function folderOf(ctx: Context, given: string): Promise<Destination | null> {
  const reference = readReference(given, ctx.confluence.site.url);
  if (reference.kind !== 'id' || (reference.type !== null && reference.type !== 'folder')) return null;
  const folder = await orNull(getFolderById(ctx.confluence, { id: contentNumber(reference.id) }));
  const spaceId = String((folder as { spaceId?: unknown } | null)?.spaceId ?? '');
  if (folder === null || !spaceAllowed(ctx, spaceId)) return null;
  return {
    type: 'parent_content',
    id: reference.id,
    title: `the folder "${folder.title ?? reference.id}"`,
    spaceId,
  };
}

/** Where a copy is to go: under a page, in a folder, or under the homepage of a space. */
export async function destinationOf(ctx: Context, given: string): Promise<Destination> {
  try {
    const goal = await goalOf(ctx, given, 'append');
    return { type: 'parent_page', id: goal.id, title: goal.title, spaceId: goal.spaceId };
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== 'not_found') throw error;
    const folder = await folderOf(ctx, given);
    if (folder !== null) return folder;
    throw new UserError('not_found', `No page, folder or space "${given}" is visible to you.`, {
      next: 'Name the parent page by its id or title, or the space.',
    });
  }
}

/**
 * True when the page itself may be read by some people only (what it inherits from above is not looked at). Null: the
 * connection may not ask.
 */
async function isRestricted(ctx: Context, id: string): Promise<boolean | null> {
  const found = await mayAsk(getRestrictions(ctx.confluence, { id }));
  if (found === null) return null;
  const rows = (found.results ?? []) as { operation?: unknown; restrictions?: unknown }[];
  return rows
    .filter((row) => row.operation === 'read')
    .some((row) => {
      const { user, group } = (row.restrictions ?? {}) as Record<string, { results?: unknown[] } | undefined>;
      return (user?.results?.length ?? 0) > 0 || (group?.results?.length ?? 0) > 0;
    });
}

async function mayAsk<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConfabError && (error.code === 'missing_scope' || error.code === 'forbidden'))
      return null;
    throw error;
  }
}

/** What the person should know before a page is copied. */
export async function copyWarnings(
  ctx: Context,
  source: Document,
  destination: Destination,
  parts: readonly CopyPart[],
): Promise<ChangeWarning[]> {
  const body = source.body ?? '';
  const warnings: ChangeWarning[] = [];
  const restricted = parts.includes('permissions') ? false : await isRestricted(ctx, source.id);
  if (restricted === null)
    warnings.push({
      code: 'drops_restrictions',
      message: `Confab may not see whether only some people may read "${source.title}". The copy has no restriction: everybody who sees its new place can read it.`,
      mustConfirm: true,
    });
  else if (restricted)
    warnings.push({
      code: 'drops_restrictions',
      message: `Only some people may read "${source.title}". The copy has no such restriction: everybody who sees its new place can read it.`,
      mustConfirm: true,
    });
  else if (source.spaceId !== destination.spaceId)
    warnings.push({
      code: 'changes_readers',
      message: 'The copy lies in another space, so other people may see or not see it.',
      mustConfirm: false,
    });
  if (!parts.includes('attachments') && body.includes('<ri:attachment'))
    warnings.push({
      code: 'leaves_files',
      message: 'The text shows files of the page, which are not copied along: they will be missing there.',
      mustConfirm: false,
    });
  if (body.includes('<ac:inline-comment-marker'))
    warnings.push({
      code: 'leaves_comments',
      message: 'Comments are not copied.',
      mustConfirm: false,
    });
  return warnings;
}
