import { UserError } from '#errors';
import type { KeyTier } from '#lib/auth';
import { runBatch } from './batch.ts';
import type { Answer, Call } from './deps.ts';
import { runOperation } from './operations.ts';

/** The input of an executor: `input` as an object (or its JSON as text), and what stands beside it. */
function executorInput(args: Record<string, unknown>): Record<string, unknown> {
  const { operation: _, input, ...beside } = args;
  if (input === undefined || input === null) return beside;
  if (typeof input === 'object' && !Array.isArray(input)) return { ...beside, ...input };
  if (typeof input === 'string') {
    try {
      const parsed: unknown = JSON.parse(input);
      if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed))
        return { ...beside, ...parsed };
    } catch (cause) {
      throw new UserError('invalid_input', 'input is neither an object nor the JSON of one.', { cause });
    }
  }
  throw new UserError('invalid_input', 'input must be an object.', {
    next: 'discover_tools gives the input schema.',
  });
}

/** `execute_read` (one read, or several as `calls`), `execute_write`, `execute_destructive`: refuses an operation of another tier. */
export function runExecutor(tier: KeyTier) {
  return async (call: Call, args: Record<string, unknown>): Promise<Answer> => {
    const { operation, calls } = args;
    if (tier === 'read' && calls !== undefined && operation === undefined) return runBatch(call, calls);
    if (typeof operation !== 'string' || operation.trim() === '') {
      throw new UserError('invalid_input', 'operation is missing.', {
        next: 'discover_tools finds the operation for a job.',
      });
    }
    return runOperation(call, { name: operation.trim(), input: executorInput(args), tiers: [tier] });
  };
}
