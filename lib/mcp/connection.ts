import { UserError } from '#errors';
import { connectLink } from '#lib/connections';
import type { Answer, Call } from './deps.ts';

/** `manage_connection`: how the owner of the key is connected, or the link with which they connect. */
export async function manageConnection(call: Call, args: Record<string, unknown>): Promise<Answer> {
  const action = args.action ?? 'status';
  if (action !== 'status' && action !== 'connect') {
    throw new UserError('invalid_input', 'action must be status or connect.');
  }
  const view = await call.deps.connectionView(call.principal.user.id);
  const url = connectLink();
  // Back from the page: how it stands now is what the client wants to know.
  if (action === 'connect' && call.fromConnecting !== true) {
    const text = `Ask the person to open this link in a browser, sign in to Confab and connect Confluence: ${url}`;
    return {
      text,
      short: text,
      data: { connect_url: url },
      alwaysData: true,
      ask: { page: 'connect', url, why: 'You were asked to connect your Confluence.', scopes: [] },
    };
  }
  if (view === null || view.status !== 'active' || view.site === null) {
    const why =
      view === null
        ? 'Confluence is not connected'
        : `The connection is ${view.status === 'active' ? 'without a site' : view.status}`;
    const text = `${why}. Ask the person to open this link and connect: ${url}`;
    return {
      text,
      short: text,
      data: { connected: false, status: view?.status ?? 'not_connected', connect_url: url },
      alwaysData: true,
    };
  }
  const text = `Connected to ${view.site.name} (${view.site.url}) as ${view.account.name}.`;
  return {
    text,
    short: text,
    data: {
      connected: true,
      status: view.status,
      mode: view.mode,
      account: view.account.name,
      site: view.site,
      scopes: view.scopes,
    },
  };
}
