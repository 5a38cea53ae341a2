import type { App } from './app.ts';

export type SandboxRequest = {
  time: string;
  method: string;
  path: string;
  status: number;
  person: string | null;
};

const halden = 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c001';

/** The practice Confluence of one app, seen from outside: its control endpoints and its REST as Ada. */
export class Sandbox {
  readonly url: string;

  constructor(app: App) {
    this.url = app.sandboxUrl;
  }

  private async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`/_sandbox/${path} answered ${answer.status}: ${await answer.text()}`);
    const text = await answer.text();
    return text === '' ? null : JSON.parse(text);
  }

  /** The demo site as it was, an empty log, no faults; search sees writes at once. */
  async reset(): Promise<void> {
    await this.control('POST', 'reset');
    await this.control('POST', 'limits', { index_lag_ms: 0 });
    await this.control('DELETE', 'log');
  }

  faults(fault: Record<string, unknown>): Promise<unknown> {
    return this.control('POST', 'faults', fault);
  }

  /** Faults that still wait for their requests. */
  async waitingFaults(): Promise<{ kind: string; match: string | null }[]> {
    return ((await this.control('GET', 'faults')) as { faults: { kind: string; match: string | null }[] })
      .faults;
  }

  clearFaults(): Promise<unknown> {
    return this.control('DELETE', 'faults');
  }

  /** A colleague saves a new version. */
  edit(pageId: string, storage: string, by = 'ben', title?: string): Promise<unknown> {
    return this.control('POST', 'edit', { page_id: pageId, storage, by, title });
  }

  clearLog(): Promise<unknown> {
    return this.control('DELETE', 'log');
  }

  async log(): Promise<SandboxRequest[]> {
    const answer = await this.control('GET', 'log');
    return (
      Array.isArray(answer) ? answer : (answer as { requests: SandboxRequest[] }).requests
    ) as SandboxRequest[];
  }

  /** Requests that changed something in Confluence. */
  async writes(): Promise<SandboxRequest[]> {
    return (await this.log()).filter(
      ({ method, path, status }) =>
        method !== 'GET' &&
        status < 400 &&
        /\/wiki\//.test(path) &&
        !/users-bulk|convert-ids|permission\/check/.test(path),
    );
  }

  /** Confluence's REST as Ada, by basic auth: what is really there. */
  async rest<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/wiki${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('ada@halden.example:sandbox-token-ada').toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async page(id: string): Promise<{
    id: string;
    title: string;
    version: number;
    storage: string;
    spaceId: string;
    parentId: string | null;
  }> {
    const page = await this.rest<{
      id: string;
      title: string;
      spaceId: string;
      parentId: string | null;
      version: { number: number };
      body: { storage: { value: string } };
    }>(`/api/v2/pages/${id}?body-format=storage`);
    return {
      id: page.id,
      title: page.title,
      version: page.version.number,
      storage: page.body.storage.value,
      spaceId: page.spaceId,
      parentId: page.parentId,
    };
  }

  /** The current page of that title in that space. */
  async pageByTitle(spaceId: string, title: string) {
    const { results } = await this.rest<{ results: { id: string }[] }>(
      `/api/v2/pages?space-id=${spaceId}&title=${encodeURIComponent(title)}`,
    );
    const id = results[0]?.id;
    return id === undefined ? null : this.page(id);
  }

  async spaceId(key: string): Promise<string> {
    const { results } = await this.rest<{ results: { id: string }[] }>(`/api/v2/spaces?keys=${key}`);
    const id = results[0]?.id;
    if (id === undefined) throw new Error(`no space ${key}`);
    return id;
  }

  async labels(pageId: string): Promise<string[]> {
    const { results } = await this.rest<{ results: { name: string }[] }>(`/api/v2/pages/${pageId}/labels`);
    return results.map(({ name }) => name);
  }

  /** Somebody makes a page; its id. */
  async createPage(spaceId: string, title: string, storage: string): Promise<string> {
    const body = { spaceId, title, status: 'current', body: { representation: 'storage', value: storage } };
    return (await this.rest<{ id: string }>('/api/v2/pages', 'POST', body)).id;
  }

  static readonly cloudId = halden;
}
