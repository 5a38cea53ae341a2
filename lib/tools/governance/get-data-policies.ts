import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getDataPolicyMetadata, getDataPolicySpaces, nextCursor } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { cursor, limit, spaceShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, link, oneLine, wayOn } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';

/** "Only apps can make this request": whether that includes a person's OAuth connection, Atlassian does not say. */
function refusedHere(cause?: unknown): UserError {
  return new UserError(
    'not_possible',
    'Atlassian tells data policies to apps only, and refused this connection.',
    {
      next: 'An organisation admin sees them at admin.atlassian.com, Security, Data security policies. An API token never works here; a connection through OAuth may.',
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

async function asked<T>(ctx: Context, call: () => Promise<T>): Promise<T> {
  if (ctx.connection.mode === 'api_token') throw refusedHere();
  try {
    return await call();
  } catch (error) {
    throw error instanceof ConfabError && error.code === 'forbidden' ? refusedHere(error) : error;
  }
}

export const getDataPolicies = defineRead({
  name: 'get_data_policies',
  input: z.object({ space: text.optional(), limit: limit(250), cursor }),
  output: z.object({
    any_blocked: z.boolean().nullable(),
    items: z.array(spaceShape.extend({ url: z.string().nullable(), blocked: z.boolean() })),
    has_more: z.boolean(),
    cursor: z.string().nullable(),
  }),
  async run(ctx, o) {
    const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
    const ids = space === null ? ctx.limits.spaces : [space.id];
    const metadata = await asked(ctx, () => getDataPolicyMetadata(ctx.confluence));
    const found = await asked(ctx, () =>
      getDataPolicySpaces(ctx.confluence, {
        ids: ids === null ? undefined : ids.map(contentNumber),
        limit: o.limit,
        cursor: o.cursor,
      }),
    );
    const items = (found.results ?? [])
      .filter((one) => one.id !== undefined && spaceAllowed(ctx, one.id))
      .map((one) => ({
        id: String(one.id),
        key: one.key ?? '',
        name: one.name ?? one.key ?? '',
        url: one._links?.webui === undefined ? null : ctx.confluence.webUrl(one._links.webui),
        blocked: one.dataPolicy?.anyContentBlocked === true,
      }));
    const blocked = items.filter((one) => one.blocked);
    const next = nextCursor(found);
    // Whether anything is blocked elsewhere is none of the business of a key that is limited to certain spaces.
    const anyBlocked = ctx.limits.spaces === null ? (metadata.anyContentBlocked ?? null) : null;
    const head =
      anyBlocked === null
        ? ''
        : `A data policy ${anyBlocked ? 'blocks some content' : 'blocks no content'} of this site for this app. `;
    const lines = blocked.map(
      (one) => `- ${link(one.name, one.url)} · key ${oneLine(one.key)} · id ${one.id}`,
    );
    return {
      text: `${head}${counted(blocked.length, 'space')} of the ${items.length} looked at ${blocked.length === 1 ? 'holds' : 'hold'} content that is blocked.\n${lines.join('\n')}${wayOn(next)}\n\nThe API tells whether content is blocked for this app, not what the policies say, and policies cannot be changed through it.`,
      data: { any_blocked: anyBlocked, items, has_more: next !== null, cursor: next },
      sources: [],
      label: `${counted(blocked.length, 'space')} with blocked content`,
      untrusted: true,
    };
  },
});
