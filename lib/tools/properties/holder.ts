import { UserError } from '#errors';
import type { ChangeTarget, Source } from '#lib/wire';
import { itemOf } from '../documents.ts';
import { type AnyContent, type AnyType, contentAt, idIn } from '../hierarchy/any-content.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolveSpace, spaceById } from '../resolve/space.ts';

export const holderKinds = [
  'page',
  'blog_post',
  'whiteboard',
  'database',
  'folder',
  'smart_link',
  'custom_content',
  'attachment',
  'comment',
  'space',
] as const;
export type HolderKind = (typeof holderKinds)[number];

/** Something that carries properties. */
export type Holder = { kind: HolderKind; id: string; title: string; target: ChangeTarget; source: Source };

function missing(given: string, kind: HolderKind): UserError {
  return new UserError('not_found', `No ${kind.replace('_', ' ')} "${oneLine(given)}" is visible to you.`, {
    next: 'Check the id and content_type, or look for it with search_content.',
  });
}

async function documentHolder(ctx: Context, given: string, kind: 'page' | 'blog_post'): Promise<Holder> {
  const found = await resolveDocument(ctx, given, [kind]);
  if (found.kind !== kind) throw missing(given, kind);
  return {
    kind,
    id: found.id,
    title: found.title,
    target: await documentTarget(ctx, found),
    source: sourceOf(await itemOf(ctx, found)),
  };
}

async function spaceHolder(ctx: Context, given: string): Promise<Holder> {
  const { id, key, name, url } = await resolveSpace(ctx, given);
  const space = { id, key, name };
  return {
    kind: 'space',
    id,
    title: name,
    target: { kind: 'space', id, title: name, space, url },
    source: sourceOf({ id, type: 'space', title: name, url, space }),
  };
}

type ById = Exclude<HolderKind, 'page' | 'blog_post' | 'space'>;

/** Comments have one kind of properties, but two kinds of their own. */
const typesOf: Record<ById, readonly AnyType[]> = {
  whiteboard: ['whiteboard'],
  database: ['database'],
  folder: ['folder'],
  smart_link: ['smart_link'],
  custom_content: ['custom_content'],
  attachment: ['attachment'],
  comment: ['footer_comment', 'inline_comment'],
};

async function contentHolder(ctx: Context, given: string, kind: ById): Promise<Holder> {
  const id = idIn(given, ctx.confluence.site.url)?.id;
  if (id === undefined) {
    throw new UserError('invalid_input', `A ${kind.replace('_', ' ')} is named by its id or link.`, {
      next: 'Find its id with search_content and its type.',
    });
  }
  let found: AnyContent | null = null;
  for (const type of typesOf[kind]) found ??= await contentAt(ctx, type, id);
  if (found === null) throw missing(given, kind);
  const space = await spaceById(ctx, found.spaceId);
  const { title, url } = found;
  return {
    kind,
    id: found.id,
    title,
    target: {
      kind,
      id: found.id,
      title,
      space: space === null ? null : { id: space.id, key: space.key, name: space.name },
      url,
    },
    source: sourceOf({ id: found.id, type: kind, title, url }),
  };
}

/** What a person named. @throws UserError not_found, also for what lies outside the allowed spaces. */
export function resolveHolder(ctx: Context, given: string, kind: HolderKind): Promise<Holder> {
  if (kind === 'space') return spaceHolder(ctx, given);
  if (kind === 'page' || kind === 'blog_post') return documentHolder(ctx, given, kind);
  return contentHolder(ctx, given, kind);
}
