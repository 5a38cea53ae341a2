import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getFolderById } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { type Document, findDocument } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { readReference } from '../resolve/reference.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { findNode } from '../tree-nodes/node.ts';
import { goalOf } from './place.ts';
import { limitingAbove, limitingAmong, without } from './readers.ts';

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

/** What has become of the place since it was shown; null: it is where it was. */
export async function destinationMoved(
  ctx: Context,
  { type, id, title, spaceId }: Destination,
): Promise<string | null> {
  const now =
    type === 'parent_page' ? await findDocument(ctx, 'page', id) : await findNode(ctx, 'folder', id);
  if (now === null || now.status !== 'current') return `${title} is gone.`;
  return now.spaceId === spaceId ? null : `${title} is in another space now.`;
}

const namesOf = (pages: readonly { title: string }[]): string =>
  `${pages
    .slice(0, 5)
    .map(({ title }) => `"${oneLine(title)}"`)
    .join(', ')}${pages.length > 5 ? ` and ${pages.length - 5} more` : ''}`;

/** Limits on reading that the copy will not have: of the pages copied, and of those above them. */
async function limitsLost(
  ctx: Context,
  source: Document,
  destination: Destination,
  parts: readonly CopyPart[],
  below: readonly { id: string; title: string }[],
): Promise<ChangeWarning | null> {
  const own = parts.includes('permissions')
    ? { pages: [], unread: 0 }
    : await limitingAmong(ctx, [source, ...below]);
  const above = await limitingAbove(ctx, source.parentId);
  const there = above.pages.length === 0 ? above : await limitingAbove(ctx, destination.id);
  const lost = [...own.pages, ...without(above.pages, there.pages)];
  const warning = (message: string) => ({ code: 'drops_restrictions', message, mustConfirm: true });
  if (lost.length > 0)
    return warning(
      `Only some people may read ${namesOf(lost)}. The copy has no such restriction: everybody who sees its new place can read it.`,
    );
  if (own.unread + above.unread > 0)
    return warning(
      `Confab could not see whether only some people may read ${own.unread > 1 ? `${own.unread} of the pages` : `"${source.title}"`}. The copy has no restriction: everybody who sees its new place can read it.`,
    );
  return null;
}

/** What the person should know before a page, with those below it, is copied. */
export async function copyWarnings(
  ctx: Context,
  source: Document,
  destination: Destination,
  parts: readonly CopyPart[],
  below: readonly { id: string; title: string }[] = [],
): Promise<ChangeWarning[]> {
  const body = source.body ?? '';
  const lost = await limitsLost(ctx, source, destination, parts, below);
  const warnings: ChangeWarning[] = lost === null ? [] : [lost];
  if (lost === null && source.spaceId !== destination.spaceId)
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
