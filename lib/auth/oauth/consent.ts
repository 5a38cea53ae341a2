import type { Client, Interaction } from 'oidc-provider';
import { z } from 'zod';
import { database, insertGrant, newId, rightsOfUser } from '#db';
import { env } from '#env';
import { UserError } from '#errors';
import { type KeyCeiling, type KeyTier, keyTiers } from '#lib/wire';
import { parseExpiry } from '../expiry.ts';
import { assertUnderCeiling, keyCeiling, usual } from '../key-ceiling.ts';
import { keyConfigSchema } from '../key-config.ts';
import type { User } from '../user.ts';
import { nodePair } from './handler.ts';
import { oauthProvider } from './provider.ts';
import { type RedirectKind, redirectKind, redirectWords } from './redirects.ts';
import { isMcpResource, scopesOf, tiersIn } from './scopes.ts';
import { keepClient, revokeGrantById } from './store.ts';

const keepClientMs = 30 * 24 * 3600 * 1000;

/** What a person is shown before they allow a client anything. Names are the client's own words. */
export type ConsentRequest = {
  uid: string;
  client: {
    name: string;
    /** The site that publishes the client's description, which proves its name; null: it registered itself. */
    publishedBy: string | null;
  };
  redirect: { kind: RedirectKind; words: string };
  /** Tiers the client asks for and the operator allows. */
  tiers: KeyTier[];
  ceiling: KeyCeiling;
};

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** A client's name as one line of visible characters: it may try to look like something else. */
function nameOf(client: Client): string {
  const words = (client.clientName ?? '').normalize('NFKC').replace(/\s+/g, ' ');
  const name = words.replace(invisible, '').trim();
  return name === '' ? 'Unnamed program' : name.slice(0, 80);
}

type Open = { details: Interaction; client: Client; finish: (result: object) => Promise<string> };

/** The open request of this browser under this id: its signed cookie must name the same. */
async function openRequest(cookie: string | null, uid: string): Promise<Open | null> {
  const provider = await oauthProvider();
  const pair = () =>
    nodePair(new Request(`${env().publicUrl}/oauth/consent`, { headers: cookie === null ? {} : { cookie } }));
  const { errors } = await import('oidc-provider');
  try {
    const asking = pair();
    const details = await provider.interactionDetails(asking.req, asking.res);
    if (details.uid !== uid || details.result !== undefined) return null;
    const client = await provider.Client.find(String(details.params.client_id));
    if (client === undefined) return null;
    return {
      details,
      client,
      finish: (result) => {
        const { req, res } = pair();
        return provider.interactionResult(req, res, result as never, { mergeWithLastSubmission: false });
      },
    };
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Tiers that a request asks for, as far as the operator allows them. */
function allowedOf(details: Interaction): KeyTier[] {
  return tiersIn(textOf(details.params.scope)).filter((tier) => keyCeiling().tiers.includes(tier));
}

/** What a client asks a person in this browser; null when nothing is open under this id. */
export async function consentRequest(cookie: string | null, uid: string): Promise<ConsentRequest | null> {
  const open = await openRequest(cookie, uid);
  if (open === null) return null;
  const { client, details } = open;
  const uri = textOf(details.params.redirect_uri);
  const kind = redirectKind(uri);
  if (kind === null) return null;
  return {
    uid,
    client: {
      name: nameOf(client),
      publishedBy: client.clientId.startsWith('https://') ? new URL(client.clientId).host : null,
    },
    redirect: { kind, words: redirectWords(uri) },
    tiers: allowedOf(details),
    ceiling: keyCeiling(),
  };
}

export const consentSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('deny'), person: z.string() }),
  z.strictObject({
    decision: z.literal('allow'),
    /** Who was signed in when the page was drawn: nobody else's yes counts. */
    person: z.string(),
    tiers: z.array(z.enum(keyTiers)).min(1, 'Allow at least one thing, or choose Cancel.'),
    /** Left out: as the operator limits them. */
    spaces: keyConfigSchema.shape.spaces.unwrap().optional(),
    writes: keyConfigSchema.shape.writes.unwrap().optional(),
    expires: z.string().regex(/^\d{1,3}d$/, 'Give a number of days, such as 30d.'),
  }),
]);
export type Consent = z.output<typeof consentSchema>;

const gone = () =>
  new UserError('not_found', 'This request is no longer open.', {
    next: 'Go back to the program and connect again.',
  });

/**
 * Takes a person's decision. Allowing makes a grant within what was asked; a client that registered itself has
 * one grant of a person at a time.
 * @returns where the browser goes on to.
 * @throws UserError `not_found` (decided, expired, another browser), `forbidden` (another person, more than asked).
 */
export async function decideConsent(
  cookie: string | null,
  uid: string,
  user: User,
  consent: Consent,
): Promise<string> {
  const open = await openRequest(cookie, uid);
  if (open === null) throw gone();
  if (consent.person !== user.id) {
    throw new UserError('forbidden', `You are signed in as ${user.name} now.`, {
      next: 'Reload this page and decide again.',
    });
  }
  if (consent.decision === 'deny') {
    return open.finish({ error: 'access_denied', error_description: 'The person did not allow it.' });
  }
  const { client, details } = open;
  const asked = tiersIn(textOf(details.params.scope));
  if (!consent.tiers.every((tier) => allowedOf(details).includes(tier)))
    throw new UserError('forbidden', 'This is more than the program asked for, or may have here.');
  const tiers = asked.filter((tier) => consent.tiers.includes(tier));
  const declined = asked.filter((tier) => !tiers.includes(tier));
  const resource = [details.params.resource].flat().find((one) => isMcpResource(textOf(one)));
  const expiresAt = parseExpiry(consent.expires);
  if (resource === undefined || expiresAt === null) throw gone();
  const now = Date.now();
  const base = usual(now).config;
  const { spaces = base.spaces, writes = base.writes } = consent;
  // Whether a key may stand in a URL is no question here: a grant has none.
  const config = { ...base, methods: tiers, spaces, writes };
  assertUnderCeiling({ config, expiresAt }, now);
  const provider = await oauthProvider();
  const id = newId('grt');
  const grant = new provider.Grant({ accountId: user.id, clientId: client.clientId });
  Object.assign(grant, { jti: id, expiresIn: Math.floor((expiresAt - now) / 1000) });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(textOf(resource), scopesOf(tiers));
  if (declined.length > 0) grant.rejectResourceScope(textOf(resource), scopesOf(declined));
  const db = await database();
  const before = (await rightsOfUser(db, 'grants', user.id)).filter(
    (row) => row.client_id === client.clientId,
  );
  await insertGrant(db, {
    id,
    user_id: user.id,
    client_id: client.clientId,
    client_name: nameOf(client),
    redirect_to: redirectWords(textOf(details.params.redirect_uri)),
    config: JSON.stringify(config),
    declined: JSON.stringify(declined),
    created_at: now,
    expires_at: expiresAt,
    last_used_at: null,
    revoked_at: null,
    calls: 0,
  });
  await grant.save();
  if (!client.clientId.startsWith('https://')) {
    // A published description is shared by all who use the program; a registration belongs to one copy of it.
    for (const row of before) await revokeGrantById(user.id, row.id);
    await keepClient(client.clientId, expiresAt + keepClientMs);
  }
  return open.finish({ login: { accountId: user.id, remember: false }, consent: { grantId: id } });
}
