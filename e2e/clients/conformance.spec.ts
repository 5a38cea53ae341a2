import { freePort } from '../app.ts';
import { expect, test } from '../fixtures.ts';
import { makeKey } from '../mcp-client.ts';
import { authorizationChecks, type Checks, type Revision, serverChecks } from './conformance.ts';
import { expected, ofUndeclaredExtension } from './conformance-expected.ts';

const succeeded = (checks: Checks[string]) => checks.filter(({ status }) => status === 'SUCCESS').length;

for (const revision of ['2025-11-25', '2026-07-28'] as const satisfies Revision[]) {
  test(`the official conformance suite, revision ${revision}: every check that a product can meet`, async ({
    ada: _,
    app,
    sandbox,
  }) => {
    const { url_with_key: url } = makeKey(app);
    const ran = await serverChecks(url as string, revision);
    const scenarios = Object.keys(ran).filter((name) => !ofUndeclaredExtension(name));
    expect(scenarios.sort()).toEqual(Object.keys(expected[revision]).sort());

    for (const scenario of scenarios) {
      const checks = ran[scenario] ?? [];
      const { succeed, lacks } = expected[revision][scenario] ?? { succeed: 0 };
      const excused = (message = '') => lacks !== undefined && message.includes(lacks);
      const wrong = checks.filter((check) => check.status === 'FAILURE' && !excused(check.errorMessage));
      expect.soft(wrong, scenario).toEqual([]);
      expect.soft(succeeded(checks), `checks of ${scenario} that succeed`).toBe(succeed);
    }
    expect(await sandbox.writes()).toEqual([]);
  });
}

test('B15 the official conformance suite for authorization servers, with a real consent', async ({
  app,
  chat,
  page,
}) => {
  await chat.signIn();
  const port = await freePort();
  const registered = await fetch(`${app.url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Conformance',
      redirect_uris: [`http://127.0.0.1:${port}/callback`],
      token_endpoint_auth_method: 'none',
    }),
  });
  const { client_id: clientId } = (await registered.json()) as { client_id: string };
  const ran = await authorizationChecks(
    { issuer: app.url, resource: `${app.url}/api/mcp`, clientId, port },
    async (address) => {
      await page.goto(address);
      await page.getByRole('button', { name: 'Allow' }).click();
      await expect(page.getByText('You can close this page.')).toBeVisible();
    },
  );
  const statuses = Object.fromEntries(
    Object.entries(ran).map(([scenario, checks]) => [
      scenario,
      checks.map(({ id, status, errorMessage }) => [id, status, errorMessage].filter(Boolean).join(' ')),
    ]),
  );
  expect(statuses).toEqual({
    'authorization-server-metadata-endpoint': [
      'authorization-server-metadata SUCCESS',
      'authorization-server-metadata-cimd SUCCESS',
    ],
    'authorization-code-grant': ['authorization-code-grant SUCCESS'],
  });
});
