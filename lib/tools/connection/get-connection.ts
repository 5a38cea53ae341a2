import { z } from 'zod';
import { connectionView, grantedInWords } from '#lib/connections';
import { defineRead } from '../define.ts';
import { iso, oneLine } from '../render.ts';
import { connectUrl } from './state.ts';

const siteShape = z.object({ id: z.string(), name: z.string(), url: z.string() });

export const getConnection = defineRead({
  name: 'get_connection',
  connection: 'unneeded',
  input: z.object({}),
  output: z.object({
    connected: z.boolean(),
    status: z.string(),
    mode: z.string().nullable(),
    account: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }).nullable(),
    site: siteShape.nullable(),
    sites: z.array(siteShape),
    scopes: z.array(z.string()),
    connected_at: z.string().nullable(),
    connect_url: z.string(),
  }),
  async run(ctx) {
    const view = await connectionView(ctx.user.id);
    const connect_url = connectUrl();
    if (view === null) {
      return {
        text: `Confluence is not connected for ${oneLine(ctx.user.name)}. Connect it here: ${connect_url}`,
        data: {
          connected: false,
          status: 'not_connected',
          mode: null,
          account: null,
          site: null,
          sites: [],
          scopes: [],
          connected_at: null,
          connect_url,
        },
        sources: [],
        label: 'Not connected',
        untrusted: false,
      };
    }
    const { mode, status, account, site, sites, scopes } = view;
    const state: Record<typeof status, string> = {
      active: 'Connected',
      expired: `The connection has expired; connect again: ${connect_url}`,
      revoked: `Access was withdrawn at Atlassian; connect again: ${connect_url}`,
      no_site: 'Connected, but no site is chosen yet: use select_site',
    };
    const lines = [
      `${state[status]}.`,
      `Account: ${oneLine(account.name)}${account.email ? ` <${account.email}>` : ''} (${account.id}), by ${mode.replace('_', ' ')}.`,
      `Site: ${site === null ? 'none chosen' : `${oneLine(site.name)} ${site.url}`}${sites.length > 1 ? ` (of ${sites.length}; list_sites shows them)` : ''}.`,
      mode === 'oauth'
        ? `${grantedInWords(scopes)}. connect gives a link that allows more.`
        : 'Allowed: all that the account may do.',
    ];
    return {
      text: lines.join('\n'),
      data: {
        connected: status === 'active',
        status,
        mode,
        account,
        site,
        sites,
        scopes,
        connected_at: iso(view.connectedAt),
        connect_url,
      },
      sources: [],
      label: status === 'active' ? `Connected as ${account.name}` : `Connection: ${status}`,
      untrusted: false,
    };
  },
});
