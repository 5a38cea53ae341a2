import {
  Client,
  type ClientOptions,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { expect, test } from '../fixtures.ts';
import { listener, memory } from '../loopback-program.ts';
import { textOf } from '../mcp-client.ts';

const eras: Record<string, NonNullable<ClientOptions['versionNegotiation']>['mode']> = {
  '2025-11-25': 'legacy',
  '2026-07-28': { pin: '2026-07-28' },
};

for (const [revision, mode] of Object.entries(eras)) {
  test(`B15 @modelcontextprotocol/client 2, revision ${revision}, goes from 401 to a proposal by itself and one consent`, async ({
    ada: _,
    app,
    page,
    sandbox,
  }) => {
    const listening = await listener();
    const { provider, opened, tokens } = memory(listening.redirect, `Outside ${revision}`);
    let discovered: OAuthDiscoveryState | undefined;
    // Binds the answer to the server that was asked: the client warns of a program that does not.
    const authProvider: OAuthClientProvider = {
      ...provider,
      saveDiscoveryState: (state) => {
        discovered = state;
      },
      discoveryState: () => discovered,
    };
    const transport = () =>
      new StreamableHTTPClientTransport(new URL(`${app.url}/api/mcp`), { authProvider });
    const client = () =>
      new Client({ name: 'outside', version: '1.0.0' }, { versionNegotiation: { mode: mode ?? 'legacy' } });
    const refused = transport();
    await expect(client().connect(refused)).rejects.toThrow(UnauthorizedError);
    expect(opened).toHaveLength(1);

    await page.goto(String(opened[0]));
    await page.getByRole('button', { name: 'Allow' }).click();
    const answer = await listening.answer;
    await refused.finishAuth(answer.searchParams);
    expect(tokens()?.refresh_token).toBeDefined();

    const allowed = client();
    await allowed.connect(transport());
    expect(allowed.getNegotiatedProtocolVersion()).toBe(revision);
    const before = await sandbox.page('5543210');
    const read = await allowed.callTool({ name: 'read_page', arguments: { page: before.id } });
    expect(textOf(read)).toContain(before.title);
    const proposed = await allowed.callTool({
      name: 'edit_page',
      arguments: {
        page: before.id,
        base_version: before.version,
        edits: [{ op: 'append', markdown: 'By a program with a grant.' }],
      },
    });
    expect(textOf(proposed)).toMatch(new RegExp(`${app.url}/changes/chg_\\w+`));
    expect(opened).toHaveLength(1);
    expect(await sandbox.writes()).toEqual([]);
    await allowed.close();
    listening.close();
  });
}
