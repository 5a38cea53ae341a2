import { z } from 'zod';
import type { ErrorView } from '../errors.ts';
import type { FieldDiff } from './diff.ts';

/** How people show a toolkit's server who they are. */
export type ToolkitAuth = 'none' | 'header' | 'oauth';

export const toolTiers = ['read', 'write', 'destructive'] as const;

/**
 * `new`: no admin has looked at it. `drifted`: its definition is no longer the one that was looked at. `missing`: its
 * server no longer lists it. `unusable`: its definition cannot be worked with.
 */
export type ToolkitToolState = 'new' | 'looked_at' | 'drifted' | 'missing' | 'unusable';

/** A tool of another server as an admin looks at it. All its words were written there. */
export type ToolkitToolView = {
  name: string;
  /** What it is called here: `jira__create_issue`. */
  operation: string;
  title: string;
  description: string;
  /** Its input as JSON Schema, written out. */
  input: string;
  /** What its server says of it, which nobody has checked. */
  claims: string[];
  /** Characters without a picture that were taken out of its words. */
  hidden: number;
  tier: (typeof toolTiers)[number];
  allowed: boolean;
  state: ToolkitToolState;
  /** Why it cannot be used, in words. */
  why: string | null;
  /** What has changed since an admin looked at it. */
  drift: FieldDiff[];
  /** Name exactly what was on screen: a decision must carry both. */
  fingerprint: string;
  seen: string | null;
};

/** A toolkit as an admin sees it. */
export type ToolkitView = {
  id: string;
  slug: string;
  name: string;
  url: string;
  auth: ToolkitAuth;
  headerName: string;
  enabled: boolean;
  server: { name: string; version: string } | null;
  checkedAt: number | null;
  checkError: ErrorView | null;
  tools: ToolkitToolView[];
};

export type ToolkitStanding = 'not_needed' | 'connected' | 'expired' | 'not_connected';

/** A toolkit as the person sees it who uses it. */
export type OwnToolkitView = {
  slug: string;
  name: string;
  host: string;
  auth: ToolkitAuth;
  headerName: string;
  standing: ToolkitStanding;
  /** Since when it is connected. */
  since: number | null;
  tools: { operation: string; title: string; tier: ToolkitToolView['tier']; blocked: boolean }[];
};

/** What an admin sends to add a toolkit. */
export const newToolkitSchema = z.object({
  name: z.string().trim().min(1, 'Give it a name.').max(40, 'The name can have at most 40 characters.'),
  url: z
    .url({
      protocol: /^https?$/,
      error: 'Give the address of an MCP server, like https://mcp.example.com/mcp.',
    })
    .max(500),
  auth: z.enum(['none', 'header', 'oauth']),
  header_name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,60}$/, 'A header name has letters, digits and hyphens.')
    .default('Authorization'),
  /** Only where the authorization server registers no clients by itself. */
  client_id: z.string().trim().max(500).optional(),
  client_secret: z.string().trim().max(2000).optional(),
});
export type NewToolkit = z.output<typeof newToolkitSchema>;

/** What an admin decides about a tool, and which definition was on screen. */
export const toolDecisionSchema = z.object({
  name: z.string(),
  fingerprint: z.string(),
  seen: z.string().nullable(),
  /** `off`: nobody may use it. A tier: people may, as that. `accept`: the definition seen now counts. */
  decision: z.enum(['off', ...toolTiers, 'accept']),
});
export type ToolDecision = z.output<typeof toolDecisionSchema>;

/** Which toolkit an answer waits for. */
export const toolkitNeededSchema = z.object({
  slug: z.string(),
  name: z.string(),
  /** The page of ours where the person connects it. */
  path: z.string().startsWith('/settings/toolkits/'),
});
export type ToolkitNeeded = z.output<typeof toolkitNeededSchema>;
