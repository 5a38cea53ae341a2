/** What the settings pages hand to their parts: the answers of our own routes, as JSON. */

export type KeyTier = 'read' | 'write' | 'destructive';

export type KeyConfig = {
  methods: KeyTier[];
  operations: string[] | null;
  tags: string[] | null;
  spaces: string[] | null;
  site: string | null;
  surface: 'router' | 'all' | 'entities';
  writes: 'approve' | 'trust' | 'deny';
  require_api_token_auth: boolean;
  manage_keys: boolean;
};

export type KeyView = {
  id: string;
  name: string;
  prefix: string;
  config: KeyConfig;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  calls: number;
  expired: boolean;
};

/** A program that was connected through the consent page. */
export type GrantView = {
  id: string;
  name: string;
  redirect_to: string;
  config: KeyConfig;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  calls: number;
  expired: boolean;
};

/** The answer to making a key: the only time the key is seen. */
export type NewKey = { id: string; name: string; key: string; url: string; url_with_key: string | null };

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
