import { type Answer, send } from './test-send.ts';
import { robotics } from './tiny-demo.ts';

/** The scopes an app of the tests asks for unless told otherwise. */
const someScopes =
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
