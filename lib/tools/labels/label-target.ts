import {
  addLabelsToContent,
  addLabelsToSpace,
  deleteLabelFromSpace,
  getAttachmentLabels,
  getBlogPostLabels,
  getPageLabels,
  getSpaceLabels,
  pages,
  removeLabelFromContentUsingQueryParameter,
} from '#lib/confluence';
import type { ChangeTarget, Source } from '#lib/wire';
import { attachmentSource } from '../attachments/attachment-view.ts';
import { findAttachment } from '../attachments/find-attachment.ts';
import { itemOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceSource } from '../spaces/list-spaces.ts';

export type Labelled = 'page' | 'blog_post' | 'attachment' | 'space';
/** Something with labels. `key` is the space key for spaces, else the id. */
export type LabelTarget = { type: Labelled; id: string; key: string; title: string };
export type Resolved = LabelTarget & { target: ChangeTarget; source: Source };

/** What a person named, with how it is shown. */
export async function resolveLabelled(
  ctx: Context,
  given: string,
  type: Labelled | undefined,
): Promise<Resolved> {
  if (type === 'space') {
    const space = await resolveSpace(ctx, given);
    const { id, key, name, url } = space;
    return {
      type,
      id,
      key,
      title: name,
      target: { kind: 'space', id, title: name, space: { id, key, name }, url },
      source: spaceSource(space),
    };
  }
  if (type === 'attachment') {
    const file = await findAttachment(ctx, given);
    const { id, filename } = file;
    return {
      type,
      id,
      key: id,
      title: filename,
      target: { ...file.target, title: filename },
      source: attachmentSource(file),
    };
  }
  const found = await resolveDocument(ctx, given, type === undefined ? ['page', 'blog_post'] : [type]);
  return {
    type: found.kind,
    id: found.id,
    key: found.id,
    title: found.title,
    target: await documentTarget(ctx, found),
    source: sourceOf(await itemOf(ctx, found)),
  };
}

type LabelPage = { results?: { name?: string }[] | null; _links?: { next?: unknown } | null };

/** Names of the labels there now. */
export async function labelsOf(ctx: Context, one: LabelTarget): Promise<string[]> {
  const { confluence } = ctx;
  const readers: Record<Labelled, (cursor: string | undefined) => Promise<LabelPage>> = {
    page: (cursor) => getPageLabels(confluence, { id: contentNumber(one.id), limit: 250, cursor }),
    blog_post: (cursor) => getBlogPostLabels(confluence, { id: contentNumber(one.id), limit: 250, cursor }),
    attachment: (cursor) => getAttachmentLabels(confluence, { id: one.id, limit: 250, cursor }),
    space: (cursor) => getSpaceLabels(confluence, { id: contentNumber(one.id), limit: 250, cursor }),
  };
  const names: string[] = [];
  for await (const page of pages<LabelPage>(readers[one.type])) {
    for (const label of page.results ?? []) if (label.name) names.push(label.name);
  }
  return names;
}

/** Adds labels; those already there stay. */
export async function putLabels(ctx: Context, one: LabelTarget, names: readonly string[]): Promise<void> {
  if (one.type === 'space')
    await addLabelsToSpace(ctx.confluence, {
      spaceKey: one.key,
      body: names.map((name) => ({ prefix: 'team', name })),
    });
  else
    await addLabelsToContent(ctx.confluence, {
      id: one.id,
      body: names.map((name) => ({ prefix: 'global', name })),
    });
}

/** Takes one label away. The name goes as a query value, so that a slash in it works. */
export async function takeLabel(ctx: Context, one: LabelTarget, name: string): Promise<void> {
  if (one.type === 'space')
    await deleteLabelFromSpace(ctx.confluence, { spaceKey: one.key, name, prefix: 'team' });
  else await removeLabelFromContentUsingQueryParameter(ctx.confluence, { id: one.id, name });
}
