import { challengeFields, scopesOf } from '#lib/auth';
import type { McpDeps, Principal } from './deps.ts';
import { type Refusal, refuse } from './gate.ts';
import { peekMessage } from './message.ts';

const largestLook = 1024 * 1024;

type Tier = Principal['limits']['tiers'][number];

const executors: Readonly<Record<string, Tier>> = {
  execute_read: 'read',
  execute_write: 'write',
  execute_destructive: 'destructive',
};

/** The tier of the tool that a message calls; null for any other message. */
function tierCalled(deps: Pick<McpDeps, 'findOperation'>, message: unknown): Tier | null {
  const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } };
  if (method !== 'tools/call' || typeof params?.name !== 'string') return null;
  return executors[params.name] ?? deps.findOperation(params.name)?.tier ?? null;
}

/**
 * A client whose token lacks a scope that it never asked for is told so (403 `insufficient_scope`, RFC 6750), and
 * may take its person back to the consent page. What the person declined stays hidden: no second question.
 * @returns null where the call may go on.
 */
export async function stepUp(
  deps: Pick<McpDeps, 'findOperation'>,
  principal: Principal,
  request: Request,
): Promise<Refusal | null> {
  const unasked = principal.unasked ?? [];
  if (unasked.length === 0) return null;
  const tier = tierCalled(deps, await peekMessage(request, largestLook));
  if (tier === null || !unasked.includes(tier)) return null;
  const wanted = scopesOf([...principal.limits.tiers, tier]);
  return refuse(403, `This needs the scope ${scopesOf([tier])}, which the client has not asked for.`, {
    'www-authenticate': `Bearer ${['realm="Confab"', 'error="insufficient_scope"', ...challengeFields(wanted)].join(', ')}`,
  });
}
