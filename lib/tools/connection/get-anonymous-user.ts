import { z } from 'zod';
import { getAnonymousUser as readAnonymousUser } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { oneLine } from '../render.ts';

export const getAnonymousUser = defineRead({
  name: 'get_anonymous_user',
  input: z.object({}),
  output: z.object({
    type: z.string(),
    display_name: z.string(),
    picture_url: z.string().nullable(),
    site: z.string(),
  }),
  async run(ctx) {
    const raw = await readAnonymousUser(ctx.confluence, {});
    const { site } = ctx.connection;
    const path = (raw.profilePicture as { path?: unknown } | null | undefined)?.path;
    const data = {
      type: raw.type ?? 'anonymous',
      display_name: raw.displayName ?? 'Anonymous',
      picture_url: typeof path === 'string' ? ctx.confluence.webUrl(path.replace(/^\/wiki(?=\/)/, '')) : null,
      site: site.url,
    };
    return {
      text: `Visitors of ${oneLine(site.name)} who are not signed in are shown as "${oneLine(data.display_name)}". This says how they appear, not that they may see anything: list_space_permissions and audit_space_access tell which spaces are open to them.`,
      data,
      sources: [],
      label: 'How anonymous visitors appear',
      untrusted: false,
    };
  },
});
