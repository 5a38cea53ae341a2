import type { Tool, ToolAnnotations } from '@modelcontextprotocol/server';
import type { KeyConfig, KeyLimits, KeyTier } from '#lib/auth';
import type { Answer, Call, McpDeps } from './deps.ts';

export type SurfaceName = KeyConfig['surface'];

/** A tool as a client sees it, and what it does. */
export type McpTool = {
  definition: Tool;
  run: (call: Call, args: Record<string, unknown>) => Promise<Answer>;
  /** Data is sent in every form: the definition has an output schema, which promises it. */
  promisesData?: true;
};

export type SurfaceDeps = Pick<McpDeps, 'findOperation' | 'operations' | 'refusal'>;

/** A way to show operations to a client: the tools for a key's limits, always in the same order. */
export type Surface = (limits: KeyLimits, deps: SurfaceDeps) => McpTool[];

/**
 * Hints that tell the truth: reads change nothing; only destructive operations take something away. The
 * fourth, `idempotentHint`, says nothing about reads, and its default (no) holds for the rest.
 */
export const hints: Record<KeyTier, ToolAnnotations> = {
  read: { readOnlyHint: true, destructiveHint: false, openWorldHint: true },
  write: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
  destructive: { readOnlyHint: false, destructiveHint: true, openWorldHint: true },
};

/** For tools that touch our own records only. */
export const localHints: ToolAnnotations = { ...hints.read, openWorldHint: false };

/** Every tool takes it. */
export const outputFormat = { type: 'string', enum: ['verbose', 'structured', 'both'] };
