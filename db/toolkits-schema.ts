/** Another MCP server, as an admin added it. Its address never changes: credentials belong to it. */
export type ToolkitsTable = {
  id: string;
  /** Before the names of its operations, and their tag. */
  slug: string;
  name: string;
  url: string;
  auth: 'none' | 'header' | 'oauth';
  /** The header that carries a person's value, where `auth` is `header`. */
  header_name: string;
  /** Ciphertext of the OAuth client an admin registered by hand; null: each connection registers one. */
  client: string | null;
  enabled: number;
  /** JSON: what the server calls itself, its version. */
  server: string | null;
  /** When its tools were last compared with the pinned ones. */
  checked_at: number | null;
  /** JSON: ErrorView of the last check an admin asked for. */
  check_error: string | null;
  created_by: string | null;
  created_at: number;
};

export type ToolkitToolsTable = {
  toolkit_id: string;
  /** As its server names it. */
  name: string;
  /** As we name it: `jira__create_issue`. Unique. */
  operation: string;
  tier: 'read' | 'write' | 'destructive';
  /** 1: an admin lets people use it. */
  allowed: number;
  /** JSON: the definition that counts, as the server gave it when it was looked at. */
  definition: string;
  fingerprint: string;
  /** JSON: what the server gives instead by now; the tool is blocked until an admin has looked. */
  seen_definition: string | null;
  seen_fingerprint: string | null;
  seen_at: number | null;
  /** Since when the server no longer lists it. */
  missing_at: number | null;
  created_at: number;
  reviewed_at: number | null;
};

/** One person's access to one toolkit. */
export type ToolkitCredentialsTable = {
  id: string;
  toolkit_id: string;
  user_id: string;
  /** Ciphertext of a header value, or of OAuth tokens with the client they were issued to. */
  secret: string;
  expires_at: number | null;
  status: 'active' | 'expired';
  created_at: number;
  updated_at: number;
};

/** A started authorisation at a toolkit's authorization server; single use, bound to its person. */
export type ToolkitAuthorizationsTable = {
  state_hash: string;
  toolkit_id: string;
  user_id: string;
  return_to: string;
  /** Ciphertext of the PKCE verifier, the client and what was discovered. */
  secret: string;
  expires_at: number;
  used_at: number | null;
};
