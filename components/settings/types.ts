import type { KeyTier, SurfaceName, WritePolicy } from '#lib/wire';

/** What the settings pages hand to their parts: the answers of our own routes, as JSON. */

export type KeyConfig = {
  methods: KeyTier[];
  operations: string[] | null;
  tags: string[] | null;
  spaces: string[] | null;
  site: string | null;
  surface: SurfaceName;
  writes: WritePolicy;
  require_api_token_auth: boolean;
  manage_keys: boolean;
};

/** A right somebody holds on `/api/mcp`: a key, or a program the person connected. */
type RightView = {
  id: string;
  name: string;
  config: KeyConfig;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  calls: number;
  expired: boolean;
};

export type KeyView = RightView & { prefix: string };

/** A program that was connected through the consent page. */
export type GrantView = RightView & { redirect_to: string };

/** The answer to making a key: the only time the key is seen. */
export type NewKey = { id: string; name: string; key: string; url: string; url_with_key: string | null };

/** What stands between a hosted program and this address. */
export type HostedReach = 'open' | 'loopback' | 'private' | 'plain_http';

export type PersonView = {
  id: string;
  name: string;
  email: string;
  role: 'admin' | 'member';
  disabledAt: number | null;
};

export type InviteView = { id: string; role: 'admin' | 'member'; created_at: number; expires_at: number };

export type SessionView = {
  id: string;
  userAgent: string | null;
  createdAt: number;
  lastSeenAt: number;
  current: boolean;
};
