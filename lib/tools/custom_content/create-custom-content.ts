import { z } from 'zod';
import { getCustomContentByType, pages, createCustomContent as postCustomContent } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { spaceById } from '../resolve/space.ts';
import { defineStateWrite, type Sent, type State } from '../state-write.ts';
import { removalOf } from '../tree-nodes/removal.ts';
import { type Container, resolveContainer } from './container.ts';
import { bodyDiff, comparable, customBody } from './custom-body.ts';
import { type CustomFormat, type CustomItem, customOf, findCustom } from './item.ts';

const input = z.object({
  type: text,
  title: text,
  body: z.string(),
  body_format: z.enum(['storage', 'adf', 'raw']).optional(),
  container: text,
});

type Request = {
  post: {
    type: string;
    status: 'current';
    title: string;
    body: { representation: CustomFormat; value: string };
  } & Partial<Record<Container['key'], string>>;
  spaceId: string;
  /** Ids of the items of this type and title that were there before. */
  known: string[];
};

type Answer = { results?: unknown[] | null; _links?: { next?: unknown } | null };

/** Items of the type in the space that bear the title. */
async function sameTitled(
  ctx: Context,
  o: { type: string; spaceId: string; title: string },
): Promise<CustomItem[]> {
  const found: CustomItem[] = [];
  const read = (cursor: string | undefined) =>
    getCustomContentByType(ctx.confluence, {
      type: o.type,
      spaceId: [contentNumber(o.spaceId)],
      limit: 250,
      cursor,
    });
  for await (const page of pages<Answer>(read)) {
    ctx.signal.throwIfAborted();
    found.push(
      ...(page.results ?? []).map((raw) => customOf(ctx, raw)).filter((one) => one.title === o.title),
    );
  }
  return found;
}

function containerIdOf(item: CustomItem): string {
  return item.pageId ?? item.blogPostId ?? item.customContentId ?? item.spaceId;
}

function stateOf(item: CustomItem, { post }: Request): State {
  const { representation, value } = post.body;
  return {
    Title: item.title,
    Type: item.type,
    Container: containerIdOf(item),
    Body: comparable(representation, value, item.body ?? ''),
  };
}

const sentOf = (item: CustomItem): Sent => ({
  targetId: item.id,
  title: item.title,
  url: item.url,
  version: item.version,
  receipt: { created: item.id },
});

export const createCustomContent = defineStateWrite<typeof input, Request>({
  name: 'create_custom_content',
  input,
  async plan(ctx, o) {
    const title = checkTitle(o.title);
    const container = await resolveContainer(ctx, o.container);
    const body = customBody(o.body, o.body_format ?? 'storage');
    const same = await sameTitled(ctx, { type: o.type, spaceId: container.spaceId, title });
    const request: Request = {
      post: { type: o.type, status: 'current', title, body, [container.key]: container.id },
      spaceId: container.spaceId,
      known: same.map((one) => one.id),
    };
    const space = await spaceById(ctx, container.spaceId);
    const drawn = bodyDiff(body.representation, '', body.value);
    const field = (label: string, after: string) => ({ label, before: null, after });
    return {
      title: `Create "${title}" (${o.type}) in "${container.title}"`,
      target: {
        kind: 'custom_content',
        id: null,
        title,
        space: space === null ? null : { id: space.id, key: space.key, name: space.name },
        url: null,
      },
      input: { ...o, title, container: container.id },
      request,
      before: null,
      after: {
        Title: title,
        Type: o.type,
        Container: container.id,
        Body: body.value,
      },
      diff: {
        fields: [field('Title', title), field('Type', o.type), field('In', container.title), ...drawn.fields],
        body: drawn.body,
      },
      warnings: [
        {
          code: 'note',
          message: 'The type must belong to an app installed on the site; Confluence refuses any other.',
          mustConfirm: false,
        },
      ],
      undo: { possible: true },
    };
  },
  async read(ctx, request, made) {
    const item = made === null ? null : await findCustom(ctx, made, request.post.body.representation);
    return item === null || item.status !== 'current' ? null : stateOf(item, request);
  },
  async send(ctx, request) {
    return sentOf(customOf(ctx, await postCustomContent(ctx.confluence, { body: request.post })));
  },
  async found(ctx, request) {
    const { type, title, spaceId, pageId, blogPostId, customContentId } = request.post;
    const container = pageId ?? blogPostId ?? customContentId ?? spaceId;
    const same = await sameTitled(ctx, { type, title, spaceId: request.spaceId });
    const made = same.find(
      (one) =>
        !request.known.includes(one.id) &&
        one.authorId === ctx.connection.account.id &&
        containerIdOf(one) === container,
    );
    return made === undefined ? null : sentOf(made);
  },
  inverse: (ctx, { proposal, outcome }) => removalOf(ctx, 'custom_content', outcome.targetId ?? '', proposal),
  done: 'The item was read back and is as approved.',
});
