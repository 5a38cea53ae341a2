import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../../scripts/stage.ts';
import { proposeOn } from './propose.fixture.ts';

let stage: Stage;
let approvals: typeof import('./index.ts');
let key: { id: string; name: string };

beforeAll(async () => {
  stage = await setStage();
  approvals = await import('./index.ts');
  const { createKey, demoPeople, keyConfigSchema } = await import('#lib/auth');
  const [ada] = await demoPeople();
  if (ada === undefined) throw new Error('the demo people are missing');
  const made = await createKey(ada, { name: 'Claude', config: keyConfigSchema.parse({}), expiresAt: null });
  key = { id: made.id, name: 'Claude' };
});
afterAll(() => stage.close());

const append = (markdown: string) => ({ page: '5543210', edits: [{ op: 'append', markdown }] });

test('chats and clients are in one list, newest first, until they are decided; others see nothing of it', async () => {
  expect(await approvals.waitingFor(stage.ada.id, null)).toMatchObject({ count: 0, changes: [] });
  const byChat = await proposeOn(stage, 'edit_page', append('From a chat.'));
  const byClient = await proposeOn(stage, 'edit_page', append('From a client.'), { key });
  const { count, changes, marker } = await approvals.waitingFor(stage.ada.id, null);
  expect(count).toBe(2);
  expect(changes?.map(({ id, origin }) => [id, origin.kind, origin.client])).toEqual([
    [byClient.id, 'mcp', 'Claude'],
    [byChat.id, 'chat', null],
  ]);
  expect(changes?.[0]).not.toHaveProperty('diff');
  expect(await approvals.waitingFor(stage.ada.id, marker)).toEqual({ count: 2, marker, changes: null });
  expect(await approvals.waitingFor(stage.ben.id, null)).toMatchObject({ count: 0, changes: [] });

  await approvals.decide(stage.ada, byChat.id, { decision: 'reject', hash: byChat.hash });
  const rest = await approvals.waitingFor(stage.ada.id, marker);
  expect(rest.marker).not.toBe(marker);
  expect(rest.changes?.map(({ id }) => id)).toEqual([byClient.id]);
  await approvals.decide(stage.ada, byClient.id, {
    decision: 'apply',
    hash: byClient.hash,
    confirmed: [],
  });
  expect(await approvals.waitingFor(stage.ada.id, rest.marker)).toMatchObject({ count: 0, changes: [] });
});
