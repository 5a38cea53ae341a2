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
  if (done.kind === 'proposed') {
    const change = await underPolicy(call, done.change);
    const waits = change.status === 'proposed';
    return { ...changeAnswer(call, change), ...(waits ? { ask: { page: 'change', change } } : {}) };
  }
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
    text: `${untrusted ? fenced(text, done.operation.toolkit?.name) : text}${after}`,
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
