import { z } from 'zod';
import { connectionView, disconnect as forget } from '#lib/connections';
import { defineWrite } from '../define.ts';
import { oneLine } from '../render.ts';
import { neverProposed } from './immediate.ts';
import { connectUrl } from './state.ts';

export const disconnect = defineWrite({
  name: 'disconnect',
  connection: 'unneeded',
  input: z.object({}),
  output: z.object({ was_connected: z.boolean(), account: z.string().nullable(), connect_url: z.string() }),
  async immediate(ctx) {
    const view = await connectionView(ctx.user.id);
    await forget(ctx.user.id);
    const connect_url = connectUrl();
    return {
      text:
        view === null
          ? `Confluence was not connected for ${oneLine(ctx.user.name)}; nothing changed. Connect it here: ${connect_url}`
          : `Disconnected ${oneLine(view.account.name)}: the stored tokens are deleted, and nothing can be read or written until ${oneLine(ctx.user.name)} connects again (${connect_url}). Chats and waiting changes stay. Atlassian keeps the consent itself until it is removed at id.atlassian.com, Connected apps.`,
      data: { was_connected: view !== null, account: view?.account.name ?? null, connect_url },
      sources: [],
      label: view === null ? 'Was not connected' : 'Disconnected',
      untrusted: false,
    };
  },
  ...neverProposed,
});
