import type { Generated } from 'kysely';
import type {
  ToolkitAuthorizationsTable,
  ToolkitCredentialsTable,
  ToolkitsTable,
  ToolkitToolsTable,
} from './toolkits-schema.ts';

/**
 * Every table, as Kysely sees it, and what is stored in it. Times are milliseconds since 1970, flags are
 * 0 or 1, JSON is text. Secrets: passwords are scrypt hashes, keys, invites and tickets are SHA-256
 * hashes, Atlassian tokens are AES-256-GCM ciphertexts bound to their user.
 */

export type UsersTable = {
  id: string;
  name: string;
  /** Lower case; unique. */
  email: string;
  role: 'admin' | 'member';
  /** scrypt, or null for people who sign in through Atlassian or the sandbox. */
  password_hash: string | null;
  atlassian_account_id: string | null;
  /** `ada` or `ben` in the sandbox. */
  demo_key: string | null;
  created_at: number;
  disabled_at: number | null;
};

export type LoginSessionsTable = {
  id: string;
  user_id: string;
  user_agent: string | null;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  revoked_at: number | null;
};

export type InvitesTable = {
  id: string;
  token_hash: string;
  role: 'admin' | 'member';
  created_by: string | null;
  created_at: number;
  expires_at: number;
  used_by: string | null;
  used_at: number | null;
};

/** One-time hand-over of a finished Atlassian sign-in to next-auth. */
export type TicketsTable = {
  token_hash: string;
  user_id: string;
  expires_at: number;
  used_at: number | null;
};

/** A file kept for a while; its bytes are `DATA_DIR/files/<id>`. */
export type FilesTable = {
  id: string;
  user_id: string;
  name: string;
  media_type: string;
  size: number;
  created_at: number;
  expires_at: number;
};

/** A started Atlassian authorisation; single use, bound to the browser that started it. */
export type OauthStatesTable = {
  state_hash: string;
  purpose: 'connect' | 'sign_in';
  user_id: string | null;
  return_to: string;
  /** PKCE verifier, encrypted. */
  verifier: string;
  browser_hash: string;
  scopes: string;
  expires_at: number;
  used_at: number | null;
};

export type ConnectionsTable = {
  id: string;
  user_id: string;
  mode: 'oauth' | 'api_token' | 'access_token';
  account_id: string;
  account_name: string;
  account_email: string | null;
  /** Chosen site; null until the person has chosen among several. */
  site_id: string | null;
  site_name: string | null;
  site_url: string | null;
  /** JSON: `{id, name, url}[]` the token may reach. */
  sites: string;
  /** JSON: string[]. */
  scopes: string;
  /** Ciphertext of `{accessToken, refreshToken}`. */
  secret: string;
  access_expires_at: number | null;
  status: 'active' | 'expired' | 'revoked';
  created_at: number;
  updated_at: number;
};

export type ChatsTable = {
  id: string;
  user_id: string;
  title: string;
  title_source: 'auto' | 'person';
  active_leaf_id: string | null;
  pinned: number;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
};

/** What can be found by searching: a title (`of_id` is the chat) or the words of a message. Written by `chat-search.ts`. */
export type ChatTextsTable = {
  id: Generated<number>;
  of_id: string;
  chat_id: string;
  text: string;
};

export type MessagesTable = {
  id: string;
  chat_id: string;
  parent_id: string | null;
  role: 'user' | 'assistant';
  author_id: string | null;
  status: 'running' | 'waiting' | 'done' | 'stopped' | 'failed' | 'interrupted';
  /** JSON: Part[] of lib/wire. */
  parts: string;
  model: string | null;
  /** JSON: Usage. */
  usage: string | null;
  created_at: number;
  updated_at: number;
};

export type ChangesTable = {
  id: string;
  user_id: string;
  chat_id: string | null;
  message_id: string | null;
  call_id: string | null;
  key_id: string | null;
  /** Name of the MCP client or key, for people. */
  client: string | null;
  operation: string;
  tier: 'write' | 'destructive';
  status: string;
  /** The page, group or other item it touches; null while a page is not yet made. */
  target_id: string | null;
  /** JSON: the proposal of lib/tools, exactly what apply will send. */
  proposal: string;
  /** SHA-256 of the canonical proposal with target and base version. */
  hash: string;
  revision: number;
  /** JSON: the limits under which it was asked. */
  limits: string;
  connection_id: string;
  /** Account and site that would write, shown on the card. */
  acting_as: string;
  site_id: string;
  /** 1: its idea came from page text rather than from the person. */
  from_page_text: number;
  reason: string | null;
  /** JSON: Outcome, Verification, conflict, ErrorView. */
  outcome: string | null;
  verification: string | null;
  conflict: string | null;
  error: string | null;
  rebased_from: number | null;
  undo_of: string | null;
  undone_by: string | null;
  created_at: number;
  decided_at: number | null;
  decided_by: string | null;
  applied_at: number | null;
  expires_at: number;
  updated_at: number;
};

/** The ledger: each step of a change, never rewritten. */
export type ChangeEventsTable = {
  id: string;
  change_id: string;
  at: number;
  from_status: string | null;
  to_status: string;
  by_user: string | null;
  note: string | null;
};

export type KeysTable = {
  id: string;
  user_id: string;
  name: string;
  token_hash: string;
  /** First characters, to recognise it in a list. */
  prefix: string;
  /** JSON: KeyConfig of lib/auth. */
  config: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  calls: number;
};

/** What the authorization server for MCP clients keeps: clients, codes, tokens, open requests, grants. */
export type OauthArtefactsTable = {
  /** As oidc-provider names it: `Client`, `AccessToken`, `RefreshToken`, ... */
  model: string;
  /** SHA-256 of model and id; the id of a token is the token. */
  id_hash: string;
  /** JSON without the id, encrypted, bound to model and id. */
  payload: string;
  /** The grant it was issued under. */
  grant_id: string | null;
  consumed_at: number | null;
  created_at: number;
  expires_at: number | null;
};

/** What a person let an MCP client do through OAuth: the rights of a key without a secret of its own. */
export type GrantsTable = {
  id: string;
  user_id: string;
  client_id: string;
  /** What the client calls itself. */
  client_name: string;
  /** Where its codes are sent: a host, `this computer`, or a scheme. */
  redirect_to: string;
  /** JSON: KeyConfig of lib/auth. */
  config: string;
  /** JSON: tiers that the client asked for and the person did not allow. */
  declined: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
  calls: number;
};

export type SettingsTable = { name: string; value: string };

export type Tables = {
  users: UsersTable;
  login_sessions: LoginSessionsTable;
  invites: InvitesTable;
  tickets: TicketsTable;
  oauth_states: OauthStatesTable;
  connections: ConnectionsTable;
  chats: ChatsTable;
  messages: MessagesTable;
  chat_texts: ChatTextsTable;
  changes: ChangesTable;
  change_events: ChangeEventsTable;
  keys: KeysTable;
  settings: SettingsTable;
  files: FilesTable;
  oauth_artefacts: OauthArtefactsTable;
  grants: GrantsTable;
  toolkits: ToolkitsTable;
  toolkit_tools: ToolkitToolsTable;
  toolkit_credentials: ToolkitCredentialsTable;
  toolkit_authorizations: ToolkitAuthorizationsTable;
};
