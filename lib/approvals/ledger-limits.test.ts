import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../../scripts/stage.ts';

let stage: Stage;
let router: typeof import('../router/index.ts');
beforeAll(async () => {
  stage = await setStage();
  router = await import('../router/index.ts');
});
afterAll(() => stage.close());

function execute(name: string, input: Record<string, unknown>, spaces: readonly string[] | null = null) {
  return router.execute({
    user: stage.ada,
    name,
    input,
    limits: { tiers: ['read', 'write', 'destructive'], operations: null, tags: null, spaces },
    origin: { kind: 'chat', chatId: null, client: null, fromPageText: false },
    signal: AbortSignal.timeout(20_000),
  });
}

async function spaceId(key: string): Promise<string> {
  const done = await execute('get_space', { space: key });
  return done.kind === 'read' ? String(done.result.data.id) : '';
}

test('a change that reaches into another space does not exist for a caller limited to one', async () => {
  const [eng, mkt] = [await spaceId('ENG'), await spaceId('MKT')];
  const pages = ['ENG:API Guidelines', 'MKT:Q3 Marketing Roadmap'];
  const jobs: [string, Record<string, unknown>][] = [
    ['delete_page', { pages }],
    ['add_label', { ids: pages, labels: ['both'] }],
    ['move_page', { pages: [pages[0]], target: pages[1] }],
  ];
  for (const [name, input] of jobs) {
    const executed = await execute(name, input);
    if (executed.kind !== 'proposed') throw new Error(`${name} gave ${executed.kind}`);
    const { id } = executed.change;
    const listed = async (spaces: string[]) => {
      const done = await execute('list_changes', {}, spaces);
      return done.kind === 'read' && JSON.stringify(done.result).includes(id);
    };
    expect(await listed([eng]), name).toBe(false);
    await expect(execute('get_change', { change_id: id }, [eng]), name).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listed([eng, mkt]), name).toBe(true);
    expect((await execute('get_change', { change_id: id }, [eng, mkt])).kind).toBe('read');
  }
  const inside = await execute('add_label', { ids: [pages[0]], labels: ['one'] });
  const id = inside.kind === 'proposed' ? inside.change.id : '';
  expect((await execute('get_change', { change_id: id }, [eng])).kind).toBe('read');
});
