import { UserError } from '#errors';
import type { KeyTier } from '#lib/auth';
import type { Executed } from '#lib/router';
import { changeAnswer, getChange, underPolicy } from './changes.ts';
import type { Answer, Call } from './deps.ts';
import { callLimits, requireKeySite } from './limits.ts';
import { fenced, visible, visibleData } from './visible.ts';

/** Runs an operation within the key's limits and returns its raw outcome; writes are only proposed. */
export async function executeWithin(
  call: Call,
  o: { name: string; input: unknown; tiers?: KeyTier[] },
): Promise<Executed> {
  const { deps, principal, signal, progress } = call;
  if (deps.findOperation(o.name)?.connection !== 'unneeded') await requireKeySite(call);
  return deps.execute({
    user: { id: principal.user.id, name: principal.user.name },
    name: o.name,
    input: o.input,
    ...(o.tiers === undefined ? {} : { tiers: o.tiers }),
    limits: await callLimits(call),
    origin: {
      kind: 'mcp',
      chatId: null,
      keyId: principal.key.id,
      client: principal.key.name,
      fromPageText: false,
    },
    signal,
    progress,
  });
}

/** Runs an operation and answers: the read, the change as it stands, or why nothing needs to change. */
export async function runOperation(
  call: Call,
  o: { name: string; input: unknown; tiers?: KeyTier[] },
): Promise<Answer> {
  if (call.deps.findOperation(o.name)?.name === 'get_change' && (o.tiers?.includes('read') ?? true)) {
    return getChange(call, asObject(o.input));
  }
  const done = await executeWithin(call, o);
  if (done.kind === 'proposed') return changeAnswer(call, await underPolicy(call, done.change));
  if (done.kind === 'no_change') {
    return {
      text: visible(done.text),
      short: visible(done.text),
      data: { status: 'no_change', message: visible(done.text) },
      alwaysData: true,
    };
  }
  const { text, label, data, untrusted, image } = done.result;
  const after = done.note === null ? '' : `\n\n${done.note}`;
  return {
    text: `${untrusted ? fenced(text) : text}${after}`,
    short: visible(label),
    data: visibleData(data),
    ...(image === undefined ? {} : { image }),
  };
}

function asObject(input: unknown): Record<string, unknown> {
  return input !== null && typeof input === 'object' && !Array.isArray(input)
    ? (input as Record<string, unknown>)
    : {};
}

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

/** `execute_read`, `execute_write`, `execute_destructive`: refuses an operation of another tier. */
export function runExecutor(tier: KeyTier) {
  return async (call: Call, args: Record<string, unknown>): Promise<Answer> => {
    const { operation } = args;
    if (typeof operation !== 'string' || operation.trim() === '') {
      throw new UserError('invalid_input', 'operation is missing.', {
        next: 'discover_tools finds the operation for a job.',
      });
    }
    return runOperation(call, { name: operation.trim(), input: executorInput(args), tiers: [tier] });
  };
}
