import type { Tool, ToolAnnotations } from '@modelcontextprotocol/server';
import type { KeyLimits, KeyTier } from '#lib/auth';
import type { Answer, Call, McpDeps } from './deps.ts';

/** A tool as a client sees it, and what it does. */
export type McpTool = {
  definition: Tool;
  run: (call: Call, args: Record<string, unknown>) => Promise<Answer>;
};

/** A way to show operations to a client: the tools for a key's limits, always in the same order. */
export type Surface = (limits: KeyLimits, deps: Pick<McpDeps, 'findOperation'>) => McpTool[];

/** Hints that tell the truth: reads change nothing; only destructive operations take something away. */
export const hints: Record<KeyTier, ToolAnnotations> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  write: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  destructive: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
};

/** For tools that touch our own records only. */
export const localHints: ToolAnnotations = { ...hints.read, openWorldHint: false };

/** Every tool takes it. */
export const outputFormat = { type: 'string', enum: ['verbose', 'structured', 'both'] };
