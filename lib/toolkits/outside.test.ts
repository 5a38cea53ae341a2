import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTracker, type Tracker } from '../../e2e/fakes/tracker.ts';

let tracker: Tracker;
let toolkits: typeof import('./index.ts');
let db: typeof import('../../db/index.ts');
const admin = { id: 'usr_admin', name: 'Ada' };
const signal = AbortSignal.timeout(20_000);

beforeAll(async () => {
  toolkits = await import('./index.ts');
  db = await import('../../db/index.ts');
  tracker = await startTracker('none');
  const { demoPeople } = await import('#lib/auth');
  const [ada] = await demoPeople();
  admin.id = ada?.id ?? '';
});
afterAll(async () => {
  tracker.close();
  await db.closeDatabase();
});

test.each(['127.0.0.1', 'localhost', '[::1]', '0x7f000001', '169.254.169.254'])(
  'without the operator’s word nothing inside is asked: %s',
  async (host) => {
    for (const protocol of ['http', 'https']) {
      const url = `${protocol}://${host}:${new URL(tracker.url).port}/mcp`;
      const id = await toolkits.addToolkit(
        admin,
        { name: 'Inside', url, auth: 'none', header_name: 'X' },
        [],
      );
      await expect(toolkits.checkToolkit(admin, id, signal)).rejects.toMatchObject({
        code: 'misconfigured',
        actor: 'operator',
        next: expect.stringContaining('CONFAB_TOOLKITS_INSIDE'),
      });
      const [view] = await toolkits.toolkitViews();
      expect(view?.checkError).toMatchObject({ code: 'misconfigured' });
      await toolkits.removeToolkit(admin, id);
    }
    expect(tracker.requests).toEqual([]);
  },
);
