import type { Site, Wait } from '#lib/confluence';

/** A connection that can be used now: whose account, on which site, with which scopes. Never a token. */
export type ActiveConnection = {
  id: string;
  userId: string;
  mode: 'oauth' | 'api_token' | 'access_token';
  account: Account;
  site: Site;
  /** Granular scopes; of an API token, which carries no list, all that some operation needs. */
  scopes: string[];
};

/** An Atlassian account. */
export type Account = { id: string; name: string; email: string | null };

/** What a finished authorisation gave. `tokens` is a ciphertext; only this room can read it. */
export type Authorized = {
  profile: { accountId: string; name: string; email: string | null };
  /** The Confluence sites the person granted. */
  sites: Site[];
  scopes: string[];
  tokens: string;
};

export type Purpose = 'connect' | 'sign_in';

export type OpenOptions = { signal?: AbortSignal; onWait?: (wait: Wait) => void };
