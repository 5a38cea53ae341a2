import { z } from 'zod';
import { defineRead } from '../define.ts';
import { counted, oneLine } from '../render.ts';
import { storedConnection } from './state.ts';

export const listSites = defineRead({
  name: 'list_sites',
  connection: 'unneeded',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), url: z.string(), selected: z.boolean() })),
  }),
  async run(ctx) {
    const view = await storedConnection(ctx.user.id);
    const items = view.sites.map((site) => ({ ...site, selected: site.id === view.site?.id }));
    const lines = items.map(
      (site) =>
        `- ${oneLine(site.name)} · ${site.url} · cloud id ${site.id}${site.selected ? ' · selected' : ''}`,
    );
    return {
      text: `${counted(items.length, 'site')} granted to this connection.\n${lines.join('\n')}`,
      data: { items },
      sources: [],
      label: counted(items.length, 'site'),
      untrusted: false,
    };
  },
});
