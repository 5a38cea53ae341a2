import { expect, test } from 'vitest';
import { goneRoutes } from '../rest-v1/gone.ts';
import { type Answer, send, startTest } from '../test-site.ts';

async function site() {
  const { url } = await startTest();
  const ask = (path: string, as = 'ada', more: { method?: string; body?: unknown } = {}) =>
    send(`${url}/wiki/${path}`, { as, ...more });
  const fault = (body: object) => send(`${url}/_sandbox/faults`, { method: 'POST', body });
  return { url, ask, fault };
}

test('trap: v1 errors carry a message that begins with a Java class, v2 errors a list with a title', async () => {
  const { ask } = await site();
  const v1 = await ask('rest/api/content/1/restriction');
  expect([v1.status, v1.body]).toEqual([
    404,
    {
      statusCode: 404,
      message:
        'com.atlassian.confluence.api.service.exceptions.NotFoundException: No content found with id : ContentId{id=1}',
      data: { authorized: true, valid: true, successful: false, errors: [] },
    },
  ]);
  const v2 = await ask('api/v2/pages?limit=0');
  expect([v2.status, v2.body]).toEqual([
    400,
    {
      errors: [
        {
          status: 400,
          code: 'INVALID_REQUEST_PARAMETER',
          title: expect.stringContaining("'limit'"),
          detail: null,
        },
      ],
    },
  ]);
  const { data } = (await ask('rest/api/search?cql=status=x')).body as { data: { errors: object[] } };
  expect(data.errors).toMatchObject([{ message: { translation: expect.any(String), args: [] } }]);
});

test('trap: some v2 failures come in the shape of v1, and gateways answer {code, message} or a page of HTML', async () => {
  const { ask, fault } = await site();
  const spoiled = async (body: object): Promise<Answer> => {
    await fault(body);
    return ask('api/v2/pages');
  };
  expect((await spoiled({ kind: '500', body: 'v1' })).body).toMatchObject({
    statusCode: 500,
    message: 'Internal server error',
  });
  expect((await spoiled({ kind: '503' })).body).toEqual({ code: 503, message: 'Service unavailable' });
  const html = await spoiled({ kind: '502', body: 'html', retry_after: 4 });
  expect([html.status, html.headers.get('content-type'), html.headers.get('retry-after')]).toEqual([
    502,
    'text/html',
    '4',
  ]);
  expect(html.text).toContain('<title>502 Bad gateway</title>');
  const limited = await spoiled({ kind: '429', body: 'html', retry_after: 2 });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await fault({ kind: '500', body: 'soap' })).status).toBe(400);
});

test('trap: what may be read but not changed is a 404 in v2 and a 403 in v1', async () => {
  const { ask } = await site();
  const body = { id: '100400', status: 'current', title: 'X', body: storage('<p/>'), version: { number: 2 } };
  expect((await ask('api/v2/pages/100400', 'ben')).status).toBe(200);
  expect((await ask('api/v2/pages/100400', 'ben', { method: 'PUT', body })).status).toBe(404);
  expect((await ask('api/v2/pages/100400', 'ben', { method: 'DELETE' })).status).toBe(404);
  const label = { method: 'POST', body: [{ prefix: 'global', name: 'x' }] };
  expect((await ask('rest/api/content/100400/label', 'ben', label)).status).toBe(403);
});

const storage = (value: string) => ({ representation: 'storage', value });

test('trap: request ids stand in two headers, refused or not', async () => {
  const { ask } = await site();
  for (const path of ['api/v2/pages', 'api/v2/pages/1', 'rest/api/nothing']) {
    const { headers } = await ask(path);
    expect(headers.get('atl-traceid')).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('atl-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('trap: what has left v1 answers 410; what was never offered here says so', async () => {
  const { url, ask } = await site();
  for (const route of goneRoutes) {
    const path = route.path.replace(/\{[^}]+\}/g, '100200');
    const answer = await send(`${url}${path}`, { as: 'ada', method: route.method });
    expect([route.method, path, answer.status]).toEqual([route.method, path, 410]);
  }
  expect((await ask('rest/api/content/search?cql=type=page')).status).toBe(501);
  expect((await ask('rest/api/user/current')).status).toBe(200);
});

test('trap: there is no way to export a PDF and none to register a webhook', async () => {
  const { url, ask } = await site();
  for (const path of ['rest/api/content/100200/pdf', 'rest/api/webhooks', 'api/v2/pages/100200/export'])
    expect((await ask(path)).status).toBe(501);
  const action = await send(`${url}/wiki/spaces/flyingpdf/pdfpageexport.action?pageId=100200`, { as: 'ada' });
  expect(action.status).not.toBe(200);
});
