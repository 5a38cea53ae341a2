import { UserError } from '#errors';
import type { KeyTier } from '#lib/auth';
import type { Answer, Call } from './deps.ts';
import { fenced } from './visible.ts';

export const executorOf: Record<KeyTier, string> = {
  read: 'execute_read',
  write: 'execute_write',
  destructive: 'execute_destructive',
};

const most = 8;

/** Finds operations for a job. Never empty; each hit says how to call it and whether this key may. */
export async function discoverTools(call: Call, args: Record<string, unknown>): Promise<Answer> {
  const query = args.query ?? args.q ?? '';
  if (typeof query !== 'string') throw new UserError('invalid_input', 'query must be text.');
  const view = await call.deps.connectionView(call.principal.user.id);
  const scopes = view?.mode === 'oauth' ? view.scopes : null;
  const limit = Math.min(most, Math.max(1, Number(args.limit) || 5));
  const found = call.deps.discover(query, { limits: call.principal.limits, scopes, limit });
  const hits = found.hits.map((hit) => ({
    name: hit.name,
    title: hit.title,
    tier: hit.tier,
    summary: hit.summary,
    call_with: executorOf[hit.tier],
    allowed: hit.allowed,
    missing_scopes: hit.missingScopes,
    ...(hit.missingCases.length === 0 ? {} : { missing_cases: hit.missingCases }),
    input_schema: hit.inputSchema,
    ...(hit.toolkit === undefined ? {} : { toolkit: hit.toolkit }),
  }));
  const lines = hits.map((hit) =>
    [
      hit.toolkit === undefined
        ? `${hit.name} (${hit.tier}; ${hit.call_with}): ${hit.summary}`
        : `${hit.name} (${hit.tier}; ${hit.call_with}): a tool of the toolkit ${hit.toolkit.name} (${hit.toolkit.host}), not of Confluence.`,
      ...(hit.missing_scopes.length === 0
        ? []
        : [
            `  The connection lacks ${hit.missing_scopes.join(', ')}: calling it gives the link that allows it.`,
          ]),
      ...(hit.missing_cases ?? []).map(
        ({ when, scopes }) => `  For "${when}" the connection lacks ${scopes.join(', ')}.`,
      ),
      // What another server says of its tool is a stranger's, its schema included.
      hit.toolkit === undefined
        ? `  input: ${JSON.stringify(hit.input_schema)}`
        : fenced(
            `${hit.title}. ${hit.summary}\ninput: ${JSON.stringify(hit.input_schema)}`,
            hit.toolkit.name,
          ),
    ].join('\n'),
  );
  const plan =
    found.plan === null
      ? []
      : [`Plan:\n${found.plan.steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`];
  const pitfalls =
    found.plan === null || found.plan.pitfalls.length === 0 ? [] : [`Mind: ${found.plan.pitfalls.join(' ')}`];
  const notation = found.notation === undefined ? [] : [`Markdown of pages: ${found.notation}`];
  return {
    text: [...plan, ...pitfalls, ...lines, ...notation, `All tags: ${found.tags.join(', ')}`].join('\n'),
    short: `Operations: ${hits.map(({ name }) => name).join(', ')}`,
    data: {
      hits,
      tags: found.tags,
      plan: found.plan,
      ...(found.notation === undefined ? {} : { markdown: found.notation }),
    },
  };
}
