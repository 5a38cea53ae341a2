import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { env } from '#env';
import { AtlassianError, OperatorError, UserError } from '#errors';
import type { Site } from '#lib/confluence';
import { log } from '#log';

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
  refresh_token: z.string().optional(),
});

/** Tokens as the token endpoint gives them. `expiresAt` in milliseconds since 1970; scopes null when not told. */
export type Tokens = {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: number;
  scopes: string[] | null;
};

/** Thrown inside this room when Atlassian answers `invalid_grant`: the code or refresh token is dead. */
export class DeadGrant extends UserError {}

type Answer = { status: number; body: unknown };

async function ask(url: string, init: RequestInit): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    let body: unknown = null;
    try {
      body = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      log.debug(
        { host: new URL(url).host, status: response.status },
        'Atlassian answered with something other than JSON',
      );
    }
    return { status: response.status, body };
  } catch (error) {
    log.warn({ host: new URL(url).host, reason: (error as Error).message }, 'Atlassian could not be reached');
    return null;
  }
}

/** Repeats on 429, 5xx and lost answers: a code or refresh token may be sent again within Atlassian's leeway. */
async function askPatiently(url: string, init: RequestInit): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(url, init);
    const again = answer === null || answer.status === 429 || answer.status >= 500;
    if (!again) return answer;
    if (attempt >= 3) {
      const what = answer === null ? 'could not be reached' : `answered with status ${answer.status}`;
      throw new AtlassianError('atlassian_unavailable', `Atlassian's sign-in service ${what}.`, {
        next: 'Try again in a minute. status.atlassian.com tells whether Atlassian has a problem.',
      });
    }
    await sleep(400 * attempt + Math.random() * 200);
  }
}

async function token(grant: Record<string, string>): Promise<Tokens> {
  const { clientId, clientSecret, authUrl } = env().atlassian;
  const { status, body } = await askPatiently(`${authUrl}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ ...grant, client_id: clientId, client_secret: clientSecret }),
  });
  const parsed = tokenSchema.safeParse(body);
  if (status < 300 && parsed.success) {
    return {
      accessToken: parsed.data.access_token,
      refreshToken: parsed.data.refresh_token ?? null,
      expiresAt: Date.now() + parsed.data.expires_in * 1000,
      scopes: parsed.data.scope === undefined ? null : parsed.data.scope.split(/\s+/).filter(Boolean),
    };
  }
  const failed = z
    .object({ error: z.string(), error_description: z.string().catch('') })
    .safeParse(body).data;
  const code = failed?.error ?? `status ${status}`;
  // Besides the documented `invalid_grant`, `unauthorized_client` with "refresh_token is invalid" is possible.
  const dead = code === 'invalid_grant' || /refresh.?token is invalid/i.test(failed?.error_description ?? '');
  if (dead) throw new DeadGrant('reconnect', 'Atlassian no longer accepts this authorisation.');
  if (
    code === 'invalid_client' ||
    code === 'unauthorized_client' ||
    code === 'access_denied' ||
    status === 401
  ) {
    throw new OperatorError('misconfigured', `Atlassian refused this installation's OAuth app (${code}).`, {
      next: 'The operator should check ATLASSIAN_CLIENT_ID, ATLASSIAN_CLIENT_SECRET and the callback URL of the app.',
    });
  }
  throw new AtlassianError('atlassian_rejected', `Atlassian's token service refused the request (${code}).`, {
    next: 'Start the connection again.',
  });
}

/** The URL of ours that Atlassian sends people back to; it must be registered in the app exactly so. */
export function callbackUrl(): string {
  return `${env().publicUrl}/api/atlassian/callback`;
}

/** Exchanges an authorisation code. @throws DeadGrant when the code is used, old or not ours. */
export function exchangeCode(code: string, verifier: string): Promise<Tokens> {
  return token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callbackUrl(),
    code_verifier: verifier,
  });
}

/** Rotates a refresh token. @throws DeadGrant when it expired, was rotated away or revoked. */
export function refresh(refreshToken: string): Promise<Tokens> {
  return token({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

const siteSchema = z.array(
  z
    .object({ id: z.string(), name: z.string(), url: z.string(), scopes: z.array(z.string()).catch([]) })
    .nullable()
    .catch(null),
);

/**
 * The Confluence sites of an access token. One id may appear once for Jira and once for Confluence, so
 * entries are chosen by their Confluence scopes.
 */
export async function accessibleSites(accessToken: string): Promise<Site[]> {
  const { status, body } = await askPatiently(`${env().atlassian.apiUrl}/oauth/token/accessible-resources`, {
    headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
  });
  const parsed = siteSchema.safeParse(body);
  if (status >= 300 || !parsed.success) {
    throw new AtlassianError(
      'atlassian_rejected',
      `Atlassian did not say which sites you granted (status ${status}).`,
      {
        next: 'Start the connection again.',
      },
    );
  }
  const entries = parsed.data.filter((entry) => entry !== null);
  const sites = entries
    .filter((entry) => entry.scopes.some((scope) => /(:confluence\b|^confluence-|-confluence\b)/.test(scope)))
    .filter((entry) => /^https?:\/\//.test(entry.url))
    .map(({ id, name, url }) => ({ id, name, url: url.replace(/\/+$/, '').replace(/\/wiki$/, '') }));
  return sites.filter(
    (site, i) => sites.findIndex((other) => other.id === site.id && other.url === site.url) === i,
  );
}

const meSchema = z.object({
  account_id: z.string().min(1),
  name: z.string().nullish(),
  email: z.string().nullish(),
});

/** Who the access token speaks for, or null when it lacks `read:me`. */
export async function whoAmI(
  accessToken: string,
): Promise<{ accountId: string; name: string; email: string | null } | null> {
  const { status, body } = await askPatiently(`${env().atlassian.apiUrl}/me`, {
    headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' },
  });
  const parsed = meSchema.safeParse(body);
  if (status >= 300 || !parsed.success) return null;
  const { account_id, name, email } = parsed.data;
  return { accountId: account_id, name: name ?? email ?? account_id, email: email ?? null };
}
