import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { database, insertUser } from '#db';
import { env } from '#env';
import { openFile, saveFile, sweepFiles } from './index.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function person(id: string): Promise<string> {
  await insertUser(await database(), {
    id,
    name: id,
    email: `${id}@halden.example`,
    role: 'member',
    password_hash: null,
    atlassian_account_id: null,
    demo_key: null,
    created_at: 1,
    disabled_at: null,
  });
  return id;
}

test('a file is its owner’s alone, and its name can leave no folder', async () => {
  const ada = await person('usr_files_ada');
  const ben = await person('usr_files_ben');
  const bytes = new TextEncoder().encode('zip');
  const saved = await saveFile(ada, { name: '../../etc/pass\nwd.zip', mediaType: 'application/zip', bytes });
  expect(saved.name).toBe('etc pass wd.zip');
  expect(saved.url).toContain(`/api/files/${saved.id}`);
  expect((await openFile(ada, saved.id)).bytes.toString()).toBe('zip');
  await expect(openFile(ben, saved.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('after a day it is gone, bytes and all', async () => {
  const ada = await person('usr_files_later');
  const saved = await saveFile(ada, { name: 'a.md', mediaType: 'text/markdown', bytes: new Uint8Array([1]) });
  const onDisk = join(env().dataDir, 'files', saved.id);
  expect(existsSync(onDisk)).toBe(true);
  vi.useFakeTimers({ now: Date.now() + 25 * 3600 * 1000, toFake: ['Date'] });
  await expect(openFile(ada, saved.id)).rejects.toMatchObject({ code: 'not_found' });
  await sweepFiles();
  expect(existsSync(onDisk)).toBe(false);
});
