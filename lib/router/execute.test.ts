import { expect, test } from 'vitest';
import { noLimits } from '#lib/tools';
import { type ExecuteOptions, execute } from './index.ts';

const call = (o: Partial<ExecuteOptions>) =>
  execute({
    user: { id: 'usr_nobody', name: 'Nobody' },
    name: 'read_page',
    input: { page: '1' },
    limits: noLimits,
    origin: { kind: 'chat', chatId: null, client: null, fromPageText: false },
    signal: AbortSignal.timeout(5000),
    ...o,
  });

test('a wrong name gives three suggestions', async () => {
  await expect(call({ name: 'get_page_content' })).rejects.toMatchObject({
    code: 'not_found',
    data: { suggestions: expect.arrayContaining(['read_page']) },
  });
  await expect(call({ name: 'make_coffee' })).rejects.toMatchObject({
    data: { suggestions: [expect.any(String), expect.any(String), expect.any(String)] },
  });
});

test('an executor refuses an operation of another tier, and limits refuse theirs', async () => {
  await expect(call({ name: 'delete_page', input: { pages: ['1'] }, tiers: ['read'] })).rejects.toMatchObject(
    { code: 'invalid_input', next: 'Call execute_destructive with it.' },
  );
  await expect(call({ limits: { ...noLimits, tiers: ['write'] } })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(call({ limits: { ...noLimits, tags: ['spaces'] } })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(call({ limits: { ...noLimits, operations: ['list_spaces'] } })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(
    call({ name: 'get_current_user', input: {}, limits: { ...noLimits, tags: ['users'] } }),
  ).rejects.toMatchObject({ code: 'needs_connection' });
});

test('the input is checked before the connection', async () => {
  await expect(call({ input: {} })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(call({})).rejects.toMatchObject({
    code: 'needs_connection',
    data: { reason: 'not_connected' },
  });
});

test('what needs no connection runs without one', async () => {
  const answer = await call({ name: 'connection_status', input: undefined });
  expect(answer).toMatchObject({
    kind: 'read',
    operation: { name: 'get_connection' },
    result: { data: { connected: false, connect_url: expect.stringContaining('/connect?returnTo=') } },
  });
  await expect(call({ name: 'select_site', input: { site: 'Labs' } })).rejects.toMatchObject({
    code: 'needs_connection',
  });
});
