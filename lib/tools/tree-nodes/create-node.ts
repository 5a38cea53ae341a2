import type { z } from 'zod';
import { createDatabase, createFolder, createSmartLink, createWhiteboard, pages } from '#lib/confluence';
import type { FieldDiff } from '#lib/wire';
import { contentNumber } from '../ids.ts';
import type { Context, WriteOperation } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { resolveSpace } from '../resolve/space.ts';
import { defineStateWrite, type Sent, type State } from '../state-write.ts';
import { type Answer, childrenOf } from './children.ts';
import { findNode, type Node, type NodeKind, nodeOf, nodeWords } from './node.ts';
import { type Parent, parentIn } from './parent.ts';
import { removalOf } from './removal.ts';

type Request = {
  kind: NodeKind;
  /** The body of the POST. */
  post: Record<string, unknown> & { spaceId: string; title: string; parentId?: string };
  private: boolean;
  parentType: Parent['type'] | null;
  /** Ids of what stood there under this title before: not made by this change. */
  known: string[];
};

type Common = { space: string; title: string; parent?: string | undefined; private?: boolean | undefined };

type Row = { id?: unknown; type?: unknown; title?: unknown };

const apiTypes: Record<NodeKind, string> = {
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  smart_link: 'embed',
};

type Post = (ctx: Context, request: Request) => Promise<unknown>;
const posts: Record<NodeKind, Post> = {
  folder: (ctx, { post }) => createFolder(ctx.confluence, { body: post }),
  whiteboard: (ctx, { post, private: hidden }) =>
    createWhiteboard(ctx.confluence, { body: post, ...(hidden ? { private: true } : {}) }),
  database: (ctx, { post, private: hidden }) =>
    createDatabase(ctx.confluence, { body: post, ...(hidden ? { private: true } : {}) }),
  smart_link: (ctx, { post }) => createSmartLink(ctx.confluence, { body: post }),
};

/** Ids of the parent's children of this kind and title. */
async function sameTitled(
  ctx: Context,
  kind: NodeKind,
  parent: { id: string; type: Parent['type'] },
  title: string,
): Promise<string[]> {
  const found: string[] = [];
  const read = (cursor: string | undefined) =>
    childrenOf[parent.type](ctx, { id: contentNumber(parent.id), limit: 250, cursor });
  for await (const page of pages<Answer>(read)) {
    ctx.signal.throwIfAborted();
    for (const row of (page.results ?? []) as Row[])
      if (row.type === apiTypes[kind] && row.title === title) found.push(String(row.id));
  }
  return found;
}

function stateOf(node: Node, request: Request): State {
  return {
    Title: node.title,
    Space: node.spaceId,
    ...(request.post.parentId === undefined ? {} : { Parent: node.parentId }),
    ...(request.kind === 'smart_link' ? { Link: node.embedUrl } : {}),
  };
}

const sentOf = (node: Node): Sent => ({
  targetId: node.id,
  title: node.title,
  url: node.url,
  version: null,
  receipt: { created: node.id },
});

/** After a crash: what this change made, by its place, title and maker. */
async function found(ctx: Context, request: Request): Promise<Sent | { unclear: string } | null> {
  const { kind, post, parentType, known } = request;
  if (post.parentId === undefined || parentType === null)
    return { unclear: `What stands at the top of a space cannot be listed: look for "${post.title}" there.` };
  const ids = await sameTitled(ctx, kind, { id: post.parentId, type: parentType }, post.title);
  for (const id of ids.filter((one) => !known.includes(one))) {
    const node = await findNode(ctx, kind, id);
    if (node?.authorId === ctx.connection.account.id) return sentOf(node);
  }
  return null;
}

/** An operation that makes a folder, whiteboard, database or Smart Link. */
export function nodeCreation<Input extends z.ZodObject>(o: {
  name: string;
  kind: NodeKind;
  input: Input;
  /** What the POST carries besides space, title and parent, as shown on the card. @throws UserError. */
  more(given: z.output<Input>): { post: Record<string, unknown>; fields: FieldDiff[] };
  /** What the API cannot do with it afterwards. */
  note: string;
}): WriteOperation {
  const { kind } = o;
  return defineStateWrite<Input, Request>({
    name: o.name,
    input: o.input,
    async plan(ctx, given) {
      const common = given as Common;
      const title = checkTitle(common.title);
      const space = await resolveSpace(ctx, common.space);
      const parent = await parentIn(ctx, space, common.parent);
      const { post, fields } = o.more(given);
      const known = parent === null ? [] : await sameTitled(ctx, kind, parent, title);
      const request: Request = {
        kind,
        post: {
          spaceId: space.id,
          title,
          ...(parent === null ? {} : { parentId: parent.id }),
          ...post,
        },
        private: common.private === true,
        parentType: parent?.type ?? null,
        known,
      };
      const field = (label: string, after: string): FieldDiff => ({ label, before: null, after });
      const place = { id: space.id, key: space.key, name: space.name };
      return {
        title: `Create the ${nodeWords[kind]} "${title}" in ${space.name}`,
        target: { kind, id: null, title, space: place, url: null },
        input: {
          ...given,
          space: space.id,
          title,
          ...(parent === null ? {} : { parent: parent.id }),
        },
        request,
        before: null,
        after: {
          Title: title,
          Space: space.id,
          ...(parent === null ? {} : { Parent: parent.id }),
          ...(typeof post.embedUrl === 'string' ? { Link: post.embedUrl } : {}),
        },
        diff: {
          fields: [
            field('Title', title),
            field('Space', `${space.name} (${space.key})`),
            field('Under', parent === null ? 'the top of the space' : parent.title),
            ...fields,
            ...(request.private ? [field('Visible to', 'only you')] : []),
          ],
          body: null,
        },
        warnings: [
          { code: 'note', message: o.note, mustConfirm: false },
          ...(known.length === 0
            ? []
            : [
                {
                  code: 'same_title',
                  message: `A ${nodeWords[kind]} "${title}" stands there already.`,
                  mustConfirm: false,
                },
              ]),
        ],
        undo: { possible: true },
      };
    },
    async read(ctx, request, made) {
      const node = made === null ? null : await findNode(ctx, kind, made);
      return node === null || node.status !== 'current' ? null : stateOf(node, request);
    },
    async send(ctx, request) {
      return sentOf(nodeOf(ctx, kind, await posts[kind](ctx, request)));
    },
    found,
    inverse: (ctx, { proposal, outcome }) => removalOf(ctx, kind, outcome.targetId ?? '', proposal),
    done: `The ${nodeWords[kind]} was read back and is as approved.`,
  });
}
