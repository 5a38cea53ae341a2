import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Demo, DemoPage } from './demo/types.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts';
import { tinyThings } from './test-things.ts';

export const robotics = 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c001';
export const labs = 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c002';
export const accountIds = { ada: '712020:ada', ben: '712020:ben', john: '712020:john' } as const;

const page = (id: string, title: string, storage: string, more: Partial<DemoPage> = {}): DemoPage => ({
  id,
  title,
  versions: [{ storage, author: 'ada', at: 30 }],
  ...more,
});

/** A site small enough to know by heart; with `things`, also folders and their kin, properties, app content. */
export function tinyDemo(o: { things?: boolean } = {}): Demo {
  return {
    people: [
      {
        key: 'ada',
        accountId: accountIds.ada,
        name: 'Ada Moreno',
        email: 'ada@halden.example',
        timeZone: 'Europe/Berlin',
        apiToken: 'sandbox-token-ada',
        canSignIn: true,
      },
      {
        key: 'ben',
        accountId: accountIds.ben,
        name: 'Ben Okafor',
        email: 'ben@halden.example',
        timeZone: 'Europe/London',
        apiToken: 'sandbox-token-ben',
        canSignIn: true,
      },
      {
        key: 'john',
        accountId: accountIds.john,
        name: 'John Smith',
        email: 'john@halden.example',
        timeZone: 'UTC',
      },
    ],
    sites: [
      {
        cloudId: robotics,
        name: 'Halden Robotics',
        path: '/wiki',
        people: ['ada', 'ben', 'john'],
        groups: [
          { id: 'g-contractors', name: 'Contractors', members: ['john'] },
          { id: 'g-hr', name: 'hr-team', members: ['ada'] },
        ],
        spaces: [engineering(), people()],
        ...(o.things ? { things: tinyThings() } : {}),
      },
      {
        cloudId: labs,
        name: 'Halden Labs',
        path: '/labs/wiki',
        roleMode: 'PRE_ROLES',
        people: ['ada'],
        groups: [],
        spaces: [
          {
            id: '5001',
            key: 'LAB',
            name: 'Lab',
            type: 'global',
            author: 'ada',
            createdAt: 50,
            homepage: page('500100', 'Lab home', '<p>Lab</p>'),
          },
        ],
      },
    ],
  };
}

function engineering(): Demo['sites'][number]['spaces'][number] {
  return {
    id: '1001',
    key: 'ENG',
    name: 'Engineering',
    type: 'global',
    author: 'ada',
    createdAt: 400,
    homepage: page('100100', 'Engineering home', '<p>Welcome to engineering</p>', {
      children: [
        page('100200', 'API Guidelines', '', {
          versions: [
            { storage: '<p>First rules</p>', author: 'ada', at: 60, message: 'start' },
            {
              storage:
                '<h2>Rate limits</h2><p>Use <strong>tokens</strong> &amp; retries. <ac:inline-comment-marker ac:ref="ref-1">Ten a second</ac:inline-comment-marker>.</p><ac:structured-macro ac:name="info"><ac:rich-text-body><p>Mind the webhook</p></ac:rich-text-body></ac:structured-macro>',
              author: 'ben',
              at: 3,
            },
          ],
          labels: ['api', 'standards'],
          comments: [
            {
              id: '300100',
              author: 'ben',
              at: 2,
              body: '<p>Nice</p>',
              replies: [{ id: '300101', author: 'ada', at: 1, body: '<p>Thanks</p>' }],
            },
            {
              id: '300200',
              author: 'ben',
              at: 2,
              body: '<p>Why ten?</p>',
              inline: { ref: 'ref-1', text: 'Ten a second' },
            },
            {
              id: '300300',
              author: 'ben',
              at: 2,
              body: '<p>Done</p>',
              resolved: true,
              inline: { ref: 'gone', text: 'old' },
            },
          ],
          attachments: [
            {
              id: '400100',
              filename: 'limits.txt',
              mediaType: 'text/plain',
              author: 'ada',
              at: 5,
              content: 'ten',
            },
            {
              id: '400200',
              filename: 'evil.svg',
              mediaType: 'image/svg+xml',
              author: 'ada',
              at: 5,
              content: '<svg/>',
            },
          ],
          children: [page('100210', 'Datadog logging guidelines', '<p>Log in JSON to Datadog.</p>')],
        }),
        page('100300', 'Pay bands draft', '<p>Secret numbers</p>', {
          readRestriction: { people: ['ada'] },
          children: [page('100310', 'Below secret', '<p>Inherited secret</p>')],
        }),
        page('100400', 'Release process', '<p>Only Ada edits</p>', {
          updateRestriction: { people: ['ada'] },
        }),
        page('100500', 'Old runbook', '<p>Archived runbook</p>', { status: 'archived' }),
      ],
    }),
    blogPosts: [page('100900', 'Week 12', '<p>News about the webhook</p>')],
  };
}

function people(): Demo['sites'][number]['spaces'][number] {
  return {
    id: '1008',
    key: 'HR',
    name: 'People',
    type: 'global',
    author: 'ada',
    createdAt: 300,
    visibleTo: { groups: ['hr-team'] },
    homepage: page('200100', 'HR home', '<p>Salaries and webhook</p>'),
  };
}

/** A running sandbox in a folder of its own that ends with the test. */
export async function startTest(
  options: Partial<SandboxOptions> = {},
): Promise<Sandbox & { dataDir: string }> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', demo: tinyDemo(), ...options, dataDir });
  let open = true;
  const close = async () => {
    if (open) await sandbox.close();
    open = false;
  };
  onTestFinished(async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { url: sandbox.url, close, dataDir };
}

export type Answer = { status: number; headers: Headers; body: unknown; text: string };

/** Sends one request; a body is sent as JSON (or as the form it is), redirects are not followed. */
export async function send(
  url: string,
  init: {
    method?: string;
    as?: 'ada' | 'ben';
    token?: string;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...init.headers };
  if (init.as) headers.authorization = `Basic ${btoa(`${init.as}@halden.example:sandbox-token-${init.as}`)}`;
  if (init.token) headers.authorization = `Bearer ${init.token}`;
  const form = init.body instanceof FormData ? init.body : undefined;
  if (init.body !== undefined && form === undefined) headers['content-type'] = 'application/json';
  if (form !== undefined) headers['x-atlassian-token'] = 'nocheck';
  const response = await fetch(url, {
    method: init.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...(init.body === undefined
      ? {}
      : { body: form ?? (typeof init.body === 'string' ? init.body : JSON.stringify(init.body)) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

/** The scopes an app of the tests asks for unless told otherwise. */
export const someScopes =
  'read:page:confluence write:page:confluence read:space:confluence read:content-details:confluence read:me offline_access';

/** Signs in and accepts in a browser's stead; answers the callback address the app is sent to. */
export async function consent(
  url: string,
  options: {
    as?: 'ada' | 'ben';
    scope?: string;
    sites?: string[];
    decision?: string;
    extra?: Record<string, string>;
  } = {},
): Promise<URL> {
  const query = new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: 'sandbox-client',
    scope: options.scope ?? someScopes,
    redirect_uri: 'http://localhost:9/callback',
    state: 'state-1',
    response_type: 'code',
    prompt: 'consent',
    ...options.extra,
  });
  const signIn = await fetch(`${url}/authorize/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person: options.as ?? 'ada', query: String(query) }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const form = new URLSearchParams({ query: String(query), decision: options.decision ?? 'accept' });
  for (const site of options.sites ?? [robotics]) form.append('site', site);
  const answer = await fetch(`${url}/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: form,
  });
  return new URL(answer.headers.get('location') ?? 'about:blank');
}

export type Tokens = { access_token: string; refresh_token?: string; expires_in: number; scope: string };

/** Exchanges a code or refresh token. */
export function askToken(url: string, body: Record<string, string>): Promise<Answer> {
  return send(`${url}/oauth/token`, {
    method: 'POST',
    body: {
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
      redirect_uri: 'http://localhost:9/callback',
      ...body,
    },
  });
}

/** Connects an app and answers its tokens. */
export async function connect(url: string, options: Parameters<typeof consent>[1] = {}): Promise<Tokens> {
  const callback = await consent(url, options);
  const answer = await askToken(url, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
  });
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.text}`);
  return answer.body as Tokens;
}
