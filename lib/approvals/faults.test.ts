import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { changeEvents, database } from '#db';
import { AtlassianError, UserError } from '#errors';
import { type Stage, setStage } from '../../scripts/stage.ts';

const page = '5543210';
const everything = ['read', 'write', 'destructive'] as const;
let stage: Stage;
let approvals: typeof import('./index.ts');
let router: typeof import('../router/index.ts');
let store: typeof import('./store.ts');

beforeAll(async () => {
  stage = await setStage();
  approvals = await import('./index.ts');
  router = await import('../router/index.ts');
  store = await import('./store.ts');
});
afterAll(() => stage.close());
beforeEach(async () => {
  await fetch(`${stage.url}/_sandbox/faults`, { method: 'DELETE' });
  await stage.control('reset');
  await stage.control('limits', { index_lag_ms: 0 });
});
afterEach(() => vi.restoreAllMocks());

type Tiers = readonly ('read' | 'write' | 'destructive')[];

function execute(
  name: string,
  input: Record<string, unknown>,
  tiers: Tiers = everything,
  signal?: AbortSignal,
) {
  return router.execute({
    user: stage.ada,
    name,
    input,
    limits: { tiers, operations: null, tags: null, spaces: null },
    origin: { kind: 'mcp', chatId: null, keyId: null, client: 'Test', fromPageText: false },
    signal: signal ?? AbortSignal.timeout(20_000),
  });
}

async function propose(name: string, input: Record<string, unknown>, tiers: Tiers = everything) {
  const executed = await execute(name, input, tiers);
  if (executed.kind !== 'proposed') throw new Error(`${name} gave ${executed.kind}`);
  return executed.change;
}

const append = (markdown: string) => ({ page, edits: [{ op: 'append', markdown }] });
const apply = (hash: string) => ({ decision: 'apply' as const, hash, confirmed: [] });
const view = (id: string) => approvals.viewChange(stage.ada, id);
const puts = async () => (await stage.writes()).filter(({ method }) => method === 'PUT').length;

/** Puts a change where a killed server leaves it. */
async function midAir(id: string, status: 'applying' | 'applied', appliedAt = Date.now()): Promise<void> {
  await (await database())
    .updateTable('changes')
    .set({ status, applied_at: appliedAt })
    .where('id', '=', id)
    .execute();
}

const away = (count: number) =>
  stage.control('faults', { kind: '503', match: `^GET .*/pages/${page}`, count });

test('Confluence refuses with 409 and cannot be read then: failed, not left in mid-air', async () => {
  const change = await propose('edit_page', append('Clash.'));
  const operation = store.writeOperation('edit_page');
  vi.spyOn(operation, 'apply').mockRejectedValueOnce(new UserError('conflict', 'Changed meanwhile.'));
  vi.spyOn(operation, 'rebase')
    .mockResolvedValueOnce({ kind: 'current' })
    .mockRejectedValueOnce(new AtlassianError('atlassian_unavailable', 'Away.'));
  expect(await approvals.decide(stage.ada, change.id, apply(change.hash))).toMatchObject({
    status: 'failed',
    error: { code: 'conflict' },
  });
});

test('a write that outlasts its time is still settled by reading', async () => {
  const change = await propose('edit_page', append('Slow.'));
  const operation = store.writeOperation('edit_page');
  const real = operation.apply;
  const patience = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockImplementationOnce(() => patience.signal);
  vi.spyOn(operation, 'apply').mockImplementationOnce(async (ctx, proposal) => {
    await real(ctx, proposal);
    patience.abort();
    throw new AtlassianError('cancelled', 'Stopped.', { data: { outcomeUnknown: true } });
  });
  expect((await approvals.decide(stage.ada, change.id, apply(change.hash))).status).toBe('verified');
});

test('an unknown change that turns out to be applied is recorded, never written again', async () => {
  const before = await stage.page(page);
  const change = await propose('edit_page', append('Written once.'));
  const sent = await puts();
  await stage.control('faults', { kind: 'drop', match: '^PUT ', count: 1, after: true });
  vi.spyOn(store.writeOperation('edit_page'), 'settle').mockRejectedValueOnce(
    new AtlassianError('atlassian_unavailable', 'Confluence is away.'),
  );
  const unknown = await approvals.decide(stage.ada, change.id, apply(change.hash));
  expect(unknown).toMatchObject({ status: 'unknown', mayDecide: true });
  expect(unknown.error?.message).toContain('Confluence is away.');
  const settled = await approvals.decide(stage.ada, change.id, apply(unknown.hash));
  expect(settled).toMatchObject({ status: 'verified', mayUndo: true, error: null });
  expect((await puts()) - sent).toBe(1);
  expect((await stage.page(page)).version).toBe(before.version + 1);
  expect((await approvals.undo(stage.ada, change.id)).status).toBe('undone');
});

test('a change in mid-air while Confluence is away is not judged, and settled when it can be read', async () => {
  const change = await propose('edit_page', append('In mid-air.'));
  await midAir(change.id, 'applying');
  await away(40);
  expect(await approvals.recoverChanges()).toEqual([]);
  expect((await view(change.id)).status).toBe('applying');
  await fetch(`${stage.url}/_sandbox/faults`, { method: 'DELETE' });
  await approvals.recoverChanges();
  expect(await view(change.id)).toMatchObject({ status: 'proposed', mayDecide: true });
  const steps = await changeEvents(await database(), change.id);
  expect(steps.map(({ to_status }) => to_status)).toEqual(['proposed', 'proposed']);
});

test('after an hour without an answer a change in mid-air becomes unknown', async () => {
  const change = await propose('edit_page', append('Long ago.'));
  await midAir(change.id, 'applying', Date.now() - 61 * 60_000);
  await away(40);
  await approvals.recoverChanges();
  expect(await view(change.id)).toMatchObject({ status: 'unknown', mayDecide: true });
});

test('recovery leaves alone what this process is applying', async () => {
  const change = await propose('edit_page', append('Under way.'));
  const operation = store.writeOperation('edit_page');
  const real = operation.apply;
  const sending = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  vi.spyOn(operation, 'apply').mockImplementationOnce(async (ctx, proposal) => {
    sending.resolve();
    await gate.promise;
    return real(ctx, proposal);
  });
  const deciding = approvals.decide(stage.ada, change.id, apply(change.hash));
  await sending.promise;
  await approvals.recoverChanges();
  expect((await view(change.id)).status).toBe('applying');
  gate.resolve();
  expect((await deciding).status).toBe('verified');
});

test('a person undoes what a key without the destructive tier had created; the key itself may not', async () => {
  const change = await propose('create_page', { space: 'ENG', title: 'By a key', body: 'x' }, [
    'read',
    'write',
  ]);
  await approvals.decide(stage.ada, change.id, apply(change.hash));
  await expect(execute('undo_change', { change_ids: [change.id] }, ['read', 'write'])).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect((await approvals.undo(stage.ada, change.id)).status).toBe('undone');
});

test('a caller that went away while a write was worked out leaves no card behind', async () => {
  const before = (await approvals.listChanges(stage.ada.id, { limit: 200 })).length;
  const caller = new AbortController();
  const operation = store.writeOperation('edit_page');
  const real = operation.preview;
  vi.spyOn(operation, 'preview').mockImplementationOnce(async (ctx, input) => {
    const proposal = await real(ctx, input);
    caller.abort();
    return proposal;
  });
  await expect(execute('edit_page', append('x'), everything, caller.signal)).rejects.toThrow();
  expect((await approvals.listChanges(stage.ada.id, { limit: 200 })).length).toBe(before);
});

test('proposals whose time is over expire, and their chats are told', async () => {
  const change = await propose('edit_page', append('Too late.'));
  await (await database())
    .updateTable('changes')
    .set({ expires_at: Date.now() - 1, chat_id: 'cht_late' })
    .where('id', '=', change.id)
    .execute();
  expect(await approvals.expireChanges()).toEqual([{ userId: stage.ada.id, chatId: 'cht_late' }]);
  expect(await view(change.id)).toMatchObject({ status: 'expired', mayDecide: false });
  expect(await approvals.expireChanges()).toEqual([]);
});

test('titles cannot hide or reorder what a person reads on a card, and the ledger counts as page text', async () => {
  const { storage } = await stage.page(page);
  await stage.control('edit', {
    page_id: page,
    storage,
    by: 'ben',
    title: 'API\u202eenilediuG \u200b\u{e0041}x',
  });
  const change = await propose('edit_page', append('Spoofed.'));
  const shown = JSON.stringify([change.title, change.target.title, approvals.changeResultText(change)]);
  expect(shown).not.toMatch(/[\u202e\u200b]|\u{e0041}/u);
  const listed = await execute('list_changes', {});
  expect(listed.kind === 'read' && listed.result.untrusted).toBe(true);
});

test('waiting sees a decision of the same moment, and leaves no listener behind', async () => {
  const slot = globalThis as { __confabChangeListeners?: Set<unknown> };
  const change = await propose('edit_page', append('Declined.'));
  const listening = slot.__confabChangeListeners?.size ?? 0;
  const [waited] = await Promise.all([
    approvals.waitForDecision(stage.ada.id, change.id, 5, AbortSignal.timeout(20_000)),
    approvals.decide(stage.ada, change.id, { decision: 'reject', hash: change.hash }),
  ]);
  expect(waited.status).toBe('rejected');
  expect(slot.__confabChangeListeners?.size ?? 0).toBe(listening);
});

test('several pages brought back, one of which is refused: what was written is told', async () => {
  const ids = ['5543210', '5543211'];
  const restore = store.writeOperation('restore_page');
  const ctx = {} as Parameters<typeof restore.apply>[0];
  const sent: string[] = [];
  Object.assign(ctx, {
    confluence: {
      sendRequest: async ({ url }: { url: string }) => {
        sent.push(url);
        if (sent.length === 2) throw new UserError('title_taken', 'The title is taken.');
        return {};
      },
    },
  });
  const proposal = {
    target: { url: null },
    request: { kind: 'page', restore: ids.map((id) => ({ id, title: `Page ${id}`, version: 1, body: '' })) },
  } as unknown as Parameters<typeof restore.apply>[1];
  const outcome = await restore.apply(ctx, proposal);
  expect(outcome.receipt).toMatchObject({
    restored: [ids[0]],
    failed: ['"Page 5543211": The title is taken.'],
  });
});
