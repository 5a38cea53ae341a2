import { z } from 'zod';
import { connectionOf, database, replaceConnection } from '#db';
import { env } from '#env';
import { UserError } from '#errors';
import { createConfluence, getCurrentUser, type Site } from '#lib/confluence';
import { log } from '#log';
import { mustReconnect, sealSecret } from './tokens.ts';

/** Where requests of an API-token connection go: the site itself, which must be Atlassian's or the sandbox. */
export function apiRootOf(siteUrl: string): string {
  const { confluence, sandbox, atlassian } = env();
  const url = URL.parse(siteUrl);
  // The sandbox may be reached under another address by this server than by a browser.
  if (confluence === 'sandbox' && url?.origin === new URL(sandbox.publicUrl).origin) {
    return `${atlassian.apiUrl}${url.pathname.replace(/\/+$/, '')}`;
  }
  const ours = url?.protocol === 'https:' && /^[a-z0-9][a-z0-9-]*\.atlassian\.net$/.test(url.hostname);
  if (!ours || url.port !== '' || url.username !== '' || url.password !== '') {
    throw new UserError('invalid_input', 'The site of an API token must be https://<name>.atlassian.net.', {
      next: 'Enter the address at which you open Confluence.',
    });
  }
  return url.origin;
}

const tenantSchema = z.object({ cloudId: z.string().min(1) });

/** The cloudId of a site, which it tells anybody at `/_edge/tenant_info`; where it does not, its address stands for it. */
async function siteIdOf(root: string): Promise<string> {
  const { host, pathname } = new URL(root);
  const fallback = `${host}${pathname.replace(/\/+$/, '')}`;
  try {
    const response = await fetch(`${root}/_edge/tenant_info`, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    return tenantSchema.safeParse(await response.json()).data?.cloudId ?? fallback;
  } catch (error) {
    log.warn({ host, reason: (error as Error).message }, 'a site did not tell its cloudId');
    return fallback;
  }
}

/**
 * Connects a person with an API token, after trying it. Atlassian's policy does not let products collect other
 * people's API tokens; it is meant for a person's own installation and for the sandbox.
 * @throws UserError `invalid_input` for another host, `reconnect` when Atlassian refuses the token.
 */
export async function connectWithApiToken(
  userId: string,
  o: { siteUrl: string; siteName: string; email: string; apiToken: string },
): Promise<void> {
  const root = apiRootOf(o.siteUrl);
  const url = o.siteUrl.replace(/\/+$/, '');
  const header = `Basic ${Buffer.from(`${o.email}:${o.apiToken}`).toString('base64')}`;
  const confluence = createConfluence({
    apiUrl: root,
    site: { id: url, name: o.siteName, url },
    via: 'site',
    credentials: async (rejected) => {
      if (rejected !== undefined) throw mustReconnect('revoked');
      return { header, scopes: null };
    },
  });
  const me = await getCurrentUser(confluence);
  const site: Site = { id: await siteIdOf(root), name: o.siteName, url };
  await replaceConnection(
    await database(),
    {
      user_id: userId,
      mode: 'api_token',
      account_id: me.accountId ?? o.email,
      account_name: me.displayName ?? o.email,
      account_email: o.email,
      site_id: site.id,
      site_name: site.name,
      site_url: site.url,
      sites: JSON.stringify([site]),
      scopes: '[]',
      secret: sealSecret(userId, { accessToken: header, refreshToken: null }),
      access_expires_at: null,
    },
    Date.now(),
  );
}

/** The API tokens the sandbox gives its two people; they open nothing else. */
const demoTokens: Record<string, string> = {
  'ada@halden.example': 'sandbox-token-ada',
  'ben@halden.example': 'sandbox-token-ben',
};

/**
 * With `CONFAB_SANDBOX_CONNECTED=1`, gives a demo person a connection to the sandbox unless they have one.
 * @returns true when one was made. Does nothing outside sandbox mode and for other people.
 */
export async function connectDemoPerson(user: { id: string; email: string }): Promise<boolean> {
  const { confluence, sandbox } = env();
  const apiToken = demoTokens[user.email];
  if (confluence !== 'sandbox' || !sandbox.peopleStartConnected || apiToken === undefined) return false;
  if ((await connectionOf(await database(), user.id)) !== null) return false;
  await connectWithApiToken(user.id, {
    siteUrl: sandbox.publicUrl,
    siteName: 'Halden Robotics',
    email: user.email,
    apiToken,
  });
  return true;
}
