import { z } from 'zod';
import { UserError } from '#errors';
import {
  deleteCustomContent,
  deleteDatabase,
  deleteFolder,
  deleteSmartLink,
  deleteWhiteboard,
} from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { oneLine, sourceOf } from '../render.ts';
import { spaceById } from '../resolve/space.ts';
import { defineStateWrite, type State } from '../state-write.ts';
import { childrenOf } from '../tree-nodes/children.ts';
import { type AnyContent, contentAt, idIn } from './any-content.ts';

const kinds = ['whiteboard', 'database', 'folder', 'smart_link', 'custom_content'] as const;
type Kind = (typeof kinds)[number];

const words: Record<Kind, string> = {
  whiteboard: 'whiteboard',
  database: 'database',
  folder: 'folder',
  smart_link: 'Smart Link',
  custom_content: 'item',
};

const removers: Record<Kind, (ctx: Context, id: number) => Promise<unknown>> = {
  whiteboard: (ctx, id) => deleteWhiteboard(ctx.confluence, { id }),
  database: (ctx, id) => deleteDatabase(ctx.confluence, { id }),
  folder: (ctx, id) => deleteFolder(ctx.confluence, { id }),
  smart_link: (ctx, id) => deleteSmartLink(ctx.confluence, { id }),
  custom_content: (ctx, id) => deleteCustomContent(ctx.confluence, { id }),
};

type Request = { kind: Kind; id: string };

const gone = new Set(['trashed', 'deleted']);
const stateOf = (found: AnyContent | null): State =>
  found === null || gone.has(found.status)
    ? null
    : { Title: found.title, Parent: found.parentId, Version: found.version };

/** What lies in or below it is named before it goes. */
async function insideNote(ctx: Context, kind: Kind, found: AnyContent): Promise<ChangeWarning[]> {
  if (kind === 'custom_content') return [];
  const rows = ((await childrenOf[kind](ctx, { id: contentNumber(found.id), limit: 50 })).results ?? []) as {
    title?: unknown;
  }[];
  if (rows.length === 0) return [];
  const titles = rows
    .slice(0, 8)
    .map((row) => `"${oneLine(String(row.title ?? ''))}"`)
    .join(', ');
  return [
    {
      code: 'leaves_children',
      message: `${kind === 'folder' ? 'In the folder' : 'Below it'} lie ${titles}${rows.length > 8 ? ' and more' : ''}. They lose their place in the tree, and Atlassian does not say whether they go too: move them first if they are to stay.`,
      mustConfirm: true,
    },
  ];
}

function missing(given: string, kind: Kind): UserError {
  return new UserError('not_found', `No ${words[kind]} "${oneLine(given)}" is visible to you.`, {
    next: 'Find its id with list_space_content or search_content.',
  });
}

const why =
  "Atlassian's API restores pages and blog posts only. It goes to the trash of the space, where Confluence itself can restore it.";

export const deleteContent = defineStateWrite<z.ZodObject, Request>({
  name: 'delete_content',
  input: z.object({ id: text, content_type: z.enum(kinds) }),
  async plan(ctx, given) {
    const { id: ref, content_type: kind } = given as { id: string; content_type: Kind };
    const named = idIn(ref, ctx.confluence.site.url);
    const found = named === null ? null : await contentAt(ctx, kind, named.id);
    if (found === null) throw missing(ref, kind);
    if (stateOf(found) === null)
      return {
        noChange: true,
        text: 'This is in the trash already.',
        sources: [sourceOf({ id: found.id, type: kind, title: found.title, url: found.url })],
      };
    const space = await spaceById(ctx, found.spaceId);
    return {
      title: `Delete the ${words[kind]} "${found.title || found.id}"`,
      target: {
        kind,
        id: found.id,
        title: found.title,
        space: space === null ? null : { id: space.id, key: space.key, name: space.name },
        url: found.url,
      },
      input: { id: found.id, content_type: kind },
      request: { kind, id: found.id },
      before: stateOf(found),
      after: null,
      diff: {
        fields: [
          { label: `${words[kind]} "${found.title || found.id}"`, before: 'current', after: 'in the trash' },
        ],
        body: null,
      },
      warnings: await insideNote(ctx, kind, found),
      undo: { possible: false, why },
    };
  },
  async read(ctx, { kind, id }) {
    return stateOf(await contentAt(ctx, kind, id));
  },
  async send(ctx, { kind, id }) {
    await removers[kind](ctx, contentNumber(id));
    return { url: null, receipt: { trashed: id } };
  },
  async inverse() {
    return { impossible: why };
  },
  done: 'It is gone from the space; Confluence keeps it in the trash.',
});
