// What the server checks, apart from the types and words beside it: no browser loads the checker.
import { z } from 'zod';
import { toolTiers } from './toolkits.ts';

/** What a missing permission is about: shown on the card that asks for it. */
export const accessNeededSchema = z.object({
  scopes: z.array(z.string()),
  /** Titles of operations that need one of them, the one that was called first. */
  operations: z.array(z.string()),
  /** How many operations need one of them. */
  operationCount: z.number(),
  /** Titles of the bundles they belong to. */
  bundles: z.array(z.string()),
  /** The path to Atlassian's consent page that asks for it; comes back to the connections page. */
  path: z.string().startsWith('/connect?'),
});

export type AccessNeeded = z.infer<typeof accessNeededSchema>;

/** What the browser sends to decide. Nothing else about the change ever comes from a browser. */
export const decisionSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('apply'), hash: z.string(), confirmed: z.array(z.string()).default([]) }),
  z.object({ decision: z.literal('reject'), hash: z.string(), reason: z.string().max(2000).optional() }),
  z.object({
    decision: z.literal('edit'),
    hash: z.string(),
    text: z
      .string()
      .max(5_000_000, 'The text is longer than 5,000,000 characters, more than a Confluence page can hold.'),
  }),
]);

export type Decision = z.infer<typeof decisionSchema>;

export const sendMessageSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'Write a message first.')
    .max(100_000, 'A message can have at most 100,000 characters.'),
  /** Ids of files given to `POST /api/files`. */
  files: z.array(z.string()).max(20, 'A message can have at most 20 files.').default([]),
  /** The message that is asked in other words: its files come along, as they were read then. */
  editOf: z.string().optional(),
  /** The message this one answers; null for the first of a chat. */
  parentId: z.string().nullable(),
});

export type SendMessage = z.input<typeof sendMessageSchema>;

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
