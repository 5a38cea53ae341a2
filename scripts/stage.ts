import { join } from 'node:path';

export type Person = { id: string; name: string; email: string };

/** Everything an integration test needs: the real sandbox, the real database, two connected people. */
export type Stage = {
  url: string;
  ada: Person;
  ben: Person;
  /** Calls a control endpoint of the sandbox. */
  control(path: string, body?: unknown): Promise<unknown>;
  /** Confluence as Ada sees it. */
  rest<T>(path: string): Promise<T>;
  page(id: string): Promise<{ title: string; version: number; storage: string }>;
  writes(): Promise<{ method: string; path: string; status: number }[]>;
  close(): Promise<void>;
};

/**
 * Sets the stage in the test file's own data folder. Rooms are loaded only afterwards (`await import`), because
 * the environment is read once.
 */
export async function setStage(): Promise<Stage> {
  const { startSandbox } = await import('#lib/sandbox');
  const dataDir = process.env.DATA_DIR as string;
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir: join(dataDir, 'sandbox') });
  const { url } = sandbox;
  Object.assign(process.env, {
    ATLASSIAN_API_URL: url,
    ATLASSIAN_AUTH_URL: url,
    SANDBOX_PUBLIC_URL: url,
    CONFAB_SANDBOX_CONNECTED: '1',
  });
  const { demoPeople } = await import('#lib/auth');
  const { connectDemoPerson } = await import('#lib/connections');
  const { closeDatabase } = await import('#db');
  const [ada, ben] = await demoPeople();
  if (ada === undefined || ben === undefined) throw new Error('the demo people are missing');
  for (const person of [ada, ben]) await connectDemoPerson(person);

  const authorization = `Basic ${Buffer.from('ada@halden.example:sandbox-token-ada').toString('base64')}`;
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const control: Stage['control'] = (path, body) =>
    call(`/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
  const rest = <T>(path: string) => call(`/wiki${path}`, { headers: { authorization } }) as Promise<T>;
  await control('limits', { index_lag_ms: 0 });

  return {
    url,
    ada,
    ben,
    control,
    rest,
    page: async (id) => {
      const page = await rest<{
        title: string;
        version: { number: number };
        body: { storage: { value: string } };
      }>(`/api/v2/pages/${id}?body-format=storage`);
      return { title: page.title, version: page.version.number, storage: page.body.storage.value };
    },
    writes: async () => {
      const log = (await call('/_sandbox/log', {})) as { requests?: unknown[] } | unknown[];
      const requests = (Array.isArray(log) ? log : (log.requests ?? [])) as {
        method: string;
        path: string;
        status: number;
      }[];
      return requests.filter(
        ({ method, path }) =>
          method !== 'GET' && /\/wiki\/(api|rest)\//.test(path) && !/users-bulk|convert-ids/.test(path),
      );
    },
    close: async () => {
      await closeDatabase();
      await sandbox.close();
    },
  };
}
