import type { z } from 'zod';
import type { Confluence } from '#lib/confluence';
import type { ActiveConnection } from '#lib/connections';
import type { ChangeDiff, ChangeTarget, ChangeWarning, Source, Undo, Verification } from '#lib/wire';
import type { Log } from '#log';

export type Tier = 'read' | 'write' | 'destructive';

/** What a caller may use. `null` means no limit. Spaces are numeric ids, checked on reads and writes. */
export type Limits = {
  tiers: readonly Tier[];
  operations: readonly string[] | null;
  tags: readonly string[] | null;
  spaces: readonly string[] | null;
};

export const noLimits: Limits = {
  tiers: ['read', 'write', 'destructive'],
  operations: null,
  tags: null,
  spaces: null,
};

/** What every operation is handed. */
export type Context = {
  user: { id: string; name: string };
  connection: ActiveConnection;
  confluence: Confluence;
  limits: Limits;
  signal: AbortSignal;
  log: Log;
  /** The chat the call belongs to, if any (own ledger operations default to it). */
  chatId: string | null;
  /** Says in words what a long call is doing. */
  progress: (text: string) => void;
  /** Ids of pages this person made or changed through us: the only drafts that can be found (facts: no list of drafts). */
  knownPages?: () => Promise<string[]>;
};

/** What a read gives. `text` is written for a model: short, with links; page text in it is fenced by the host. */
export type ReadResult = {
  text: string;
  /** The same as data, matching the operation's output schema. */
  data: Record<string, unknown>;
  /** Pages and other items really seen, for the list of sources. */
  sources: Source[];
  /** One line for people: `6 results for "rate limits"`. */
  label: string;
  /** True when `text` holds words written in Confluence by anybody: hostile input. */
  untrusted: boolean;
  /** A picture for a model that can look at one; hosts that cannot show it leave it out. */
  image?: { mediaType: string; base64: string };
};

/** The other MCP server that an operation belongs to. */
export type OfToolkit = { slug: string; name: string; host: string };

/** A write, fully worked out and not yet done. Plain JSON: it is stored and hashed as it is. */
export type Proposal = {
  operation: string;
  /** Canonical input: ids resolved, names replaced. */
  input: Record<string, unknown>;
  /** One line: `Add a section to "API Guidelines"`. */
  title: string;
  target: ChangeTarget;
  baseVersion: number | null;
  /** Exactly what apply sends; its meaning is the operation's own. */
  request: Record<string, unknown>;
  diff: ChangeDiff;
  warnings: ChangeWarning[];
  editable: { label: string; text: string } | null;
  undo: Undo;
  /** Set when it would be sent to another MCP server, not to Confluence. */
  toolkit?: OfToolkit;
};

/** What apply achieved, with all that verify and inverse need. Plain JSON. */
export type Outcome = {
  targetId: string | null;
  title: string | null;
  url: string | null;
  version: number | null;
  /** State before, ids made, members removed ...: the operation's own. */
  receipt: Record<string, unknown>;
};

/** Nothing needs to change (asked twice, already so). Told to the person instead of a card. */
export type NoChange = { noChange: true; text: string; sources: Source[] };

export type Rebase =
  | { kind: 'current' }
  | { kind: 'rebased'; proposal: Proposal }
  | { kind: 'conflict'; message: string; yours: ChangeDiff['body']; theirs: ChangeDiff['body'] };

type Common<Input extends z.ZodType> = {
  name: string;
  title: string;
  tag: string;
  alsoTags: readonly string[];
  summary: string;
  aliases: readonly string[];
  keywords: string;
  examples: readonly string[];
  /** `unneeded`: answers from our own store; touching ctx.connection or ctx.confluence throws `needs_connection`. */
  connection: 'needed' | 'unneeded';
  /** Granular OAuth scopes of the default case. */
  scopes: readonly string[];
  input: Input;
  output: z.ZodType;
  /**
   * Set for a tool of another MCP server: its input is described and checked by that server's own schema, and its words
   * are a stranger's.
   */
  toolkit?: OfToolkit & {
    inputSchema: Record<string, unknown>;
    /** What is wrong with arguments; null: nothing. */
    problem(args: Record<string, unknown>): string | null;
    /** Why it cannot be used at the moment. */
    blocked: string | null;
  };
};

export type ReadOperation<Input extends z.ZodType = z.ZodType> = Common<Input> & {
  tier: 'read';
  run(ctx: Context, input: z.output<Input>): Promise<ReadResult>;
};

export type WriteOperation<Input extends z.ZodType = z.ZodType> = Common<Input> & {
  tier: 'write' | 'destructive';
  /** Reads what is there and works the change out. Writes nothing. */
  preview(ctx: Context, input: z.output<Input>): Promise<Proposal | NoChange>;
  /** The proposal again with the person's own text in place of `editable.text`. */
  edit?(ctx: Context, proposal: Proposal, text: string): Promise<Proposal>;
  /** Is the target still at the base version? If not: rebase or say what clashes. Writes nothing. */
  rebase(ctx: Context, proposal: Proposal): Promise<Rebase>;
  /** Sends the request, once. Only lib/approvals may call it. */
  apply(ctx: Context, proposal: Proposal): Promise<Outcome>;
  /** Reads back and compares with what was approved. */
  verify(ctx: Context, proposal: Proposal, outcome: Outcome): Promise<Verification>;
  /** After a crash during apply: finds out by reading whether it happened. Never sends it again. */
  settle(
    ctx: Context,
    proposal: Proposal,
  ): Promise<
    { kind: 'applied'; outcome: Outcome } | { kind: 'not_applied' } | { kind: 'unknown'; found: string }
  >;
  /** The change that takes this one back, keeping later edits by others; or why there is none. */
  inverse(ctx: Context, proposal: Proposal, outcome: Outcome): Promise<Proposal | { impossible: string }>;
  /** Only for what touches nothing but our own store (which site to work on): runs at once, without a card. */
  immediate?(ctx: Context, input: z.output<Input>): Promise<ReadResult>;
};

/** One write of a plan, to be proposed by its own operation. */
export type PlanItem = {
  operation: string;
  input: Record<string, unknown>;
  /** One line: `Add the label "policy" to "Travel Policy"`. */
  title: string;
  target: ChangeTarget;
  /** Why it is in the list: the words found, the last edit. */
  why: string;
  /** Indexes of items that must be done before this one. */
  after?: number[];
};

/** Everything a bulk operation would write. Nothing of it is written yet. */
export type PlanList = ReadResult & { items: PlanItem[] };

/** A write to many things at once: it works out the list of single writes. */
export type BulkOperation<Input extends z.ZodType = z.ZodType> = Common<Input> & {
  tier: 'write' | 'destructive';
  plan(ctx: Context, input: z.output<Input>): Promise<PlanList>;
};

/** One entry of the catalogue. */
export type Operation = ReadOperation | WriteOperation | BulkOperation;

export const isBulk = (operation: Operation): operation is BulkOperation => 'plan' in operation;
