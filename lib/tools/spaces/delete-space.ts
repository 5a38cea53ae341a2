import { z } from 'zod';
import { AtlassianError, UserError } from '#errors';
import {
  getBlogPostsInSpace,
  getPagesInSpace,
  getSpaceById,
  nextCursor,
  deleteSpace as removeSpace,
  searchByCQL,
} from '#lib/confluence';
import { buildCql } from '../cql.ts';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import { followTask, receiptOf, taskStillOpen } from '../long-task/index.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine } from '../render.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { defineStateWrite } from '../state-write.ts';
import { requireSpaceAdmin, spaceTarget } from './space-target.ts';

const input = z.object({ space: text, confirm_key: text });
type Request = { id: string; key: string };

const mostCounted = 5000;

type Answer = { results?: unknown[] | null; _links?: { next?: string } | null };
type List = (cursor: string | undefined) => Promise<Answer>;

async function countOf(ctx: Context, what: string, list: List): Promise<string> {
  let count = 0;
  let cursor: string | undefined;
  do {
    ctx.signal.throwIfAborted();
    const found = await list(cursor);
    count += (found.results ?? []).length;
    cursor = nextCursor(found) ?? undefined;
    ctx.progress(`${counted(count, what)} counted`);
  } while (cursor !== undefined && count < mostCounted);
  return cursor === undefined ? counted(count, what) : `more than ${counted(count, what)}`;
}

/** What goes with the space, in words. Files are Atlassian's estimate: the API gives no list of a space's files. */
async function contentOf(ctx: Context, space: Space): Promise<string> {
  const id = contentNumber(space.id);
  const pages = await countOf(ctx, 'page', (cursor) =>
    getPagesInSpace(ctx.confluence, { id, limit: 250, cursor, status: ['current', 'archived', 'trashed'] }),
  );
  const posts = await countOf(ctx, 'blog post', (cursor) =>
    getBlogPostsInSpace(ctx.confluence, { id, limit: 250, cursor }),
  );
  const cql = buildCql({ types: ['attachment'], spaceKeys: [space.key] });
  const files = (await searchByCQL(ctx.confluence, { cql, limit: 1 })).totalSize ?? 0;
  return `${pages} (with archived and trashed ones), ${posts} and about ${counted(files, 'file')} visible to you`;
}

/** Deletes a space with everything in it. No trash, no undo; Confluence does it as a long task (202). */
export const deleteSpace = defineStateWrite<typeof input, Request>({
  name: 'delete_space',
  input,
  async plan(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    if (o.confirm_key.toUpperCase() !== space.key.toUpperCase())
      throw new UserError(
        'invalid_input',
        `"${oneLine(o.confirm_key)}" is not the key of the space ${oneLine(space.name)}.`,
        { next: 'The person has to type the key of the space that is to be deleted. Ask for it.' },
      );
    await requireSpaceAdmin(ctx, space, 'delete it');
    const what = await contentOf(ctx, space);
    return {
      title: `Delete the space "${oneLine(space.name)}" (${space.key}) for good`,
      target: spaceTarget(space),
      input: { space: space.id, confirm_key: space.key },
      request: { id: space.id, key: space.key },
      before: { key: space.key },
      after: null,
      diff: { fields: [{ label: 'In the space', before: what, after: null }], body: null },
      warnings: [
        {
          code: 'deletes_space',
          message: `${what} go for good, with their comments and history, and whatever you cannot see. There is no trash and no undo. To keep the content, export the space first.`,
          mustConfirm: true,
        },
      ],
      undo: { possible: false, why: 'Confluence deletes spaces permanently, without a trash.' },
    };
  },
  async read(ctx, request) {
    const raw = await orNull(getSpaceById(ctx.confluence, { id: contentNumber(request.id) }));
    return raw === null || !raw.key ? null : { key: raw.key };
  },
  async send(ctx, request) {
    const task = await removeSpace(ctx.confluence, { spaceKey: request.key });
    const followed = await followTask(ctx, String(task?.id ?? ''), 'Confluence is deleting the space');
    // Said plainly, and not settled by reading: the space still stands then, but not all that was in it.
    if (followed.state?.finished === true && !followed.state.successful)
      throw new AtlassianError('atlassian_rejected', 'Confluence began to delete the space and failed.', {
        next: 'Look at the space: a part of it may be gone. The trash does not have it.',
      });
    return { url: null, receipt: receiptOf(followed) };
  },
  async found(ctx, request) {
    const raw = await orNull(getSpaceById(ctx.confluence, { id: contentNumber(request.id) }));
    if (raw === null) return { url: null };
    const open = await taskStillOpen(ctx);
    return open === null ? null : { unclear: open };
  },
  async inverse() {
    return { impossible: 'Confluence deletes spaces permanently, without a trash.' };
  },
  done: 'The space is gone.',
});
