import { connectionView } from '#lib/connections';
import { discover, findOperation } from '#lib/router';
import type { Message } from '#lib/wire';
import { fence } from './fence.ts';
import type { Run } from './registry.ts';

/** Always callable, without discovery. */
export const inline = [
  'search_content',
  'read_page',
  'list_spaces',
  'create_page',
  'edit_page',
  'get_change',
] as const;

const limits: Parameters<typeof discover>[1]['limits'] = {
  tiers: ['read', 'write', 'destructive'],
  operations: null,
  tags: null,
  spaces: null,
};

/**
 * Answers `discover_tools`: operations with tier and input schema, and a plan for known jobs. What was
 * found becomes callable in the next step. `wrong_name` is set when the model called a name that does not
 * exist or was not given to it.
 */
export async function discoverText(run: Run, input: unknown): Promise<{ text: string; label: string }> {
  const { query, wrong_name: wrong } = (input ?? {}) as { query?: unknown; wrong_name?: unknown };
  const words = typeof query === 'string' && query.trim() !== '' ? query : String(wrong ?? '');
  const connection = await connectionView(run.person.id);
  const found = discover(words, {
    limits,
    scopes: connection?.mode === 'oauth' ? connection.scopes : null,
    limit: 6,
  });
  for (const hit of found.hits) run.found.add(hit.name);
  const known = typeof wrong === 'string' ? findOperation(wrong) : null;
  if (known !== null) run.found.add(known.name);
  const lines = [
    ...(typeof wrong !== 'string'
      ? []
      : known === null
        ? [`Error (not_found): there is no tool "${wrong}". The nearest:`]
        : [`"${known.name}" can be called from now on. Check its input and call it again.`]),
    ...found.hits.map((hit) => {
      const lacks = [
        ...(hit.missingScopes.length === 0
          ? []
          : [
              `  The connection lacks: ${hit.missingScopes.join(', ')}; calling it asks the person to allow it.`,
            ]),
        ...hit.missingCases.map(
          ({ when, scopes }) => `  For "${when}" the connection lacks: ${scopes.join(', ')}`,
        ),
      ];
      const scopes = lacks.map((line) => `\n${line}`).join('');
      const described = `${hit.title}. ${hit.summary}\n  input: ${JSON.stringify(hit.inputSchema)}`;
      return hit.toolkit === undefined
        ? `- ${hit.name} (${hit.tier}): ${described}${scopes}`
        : `- ${hit.name} (${hit.tier}): a tool of the toolkit ${hit.toolkit.name} (${hit.toolkit.host}), not of Confluence. What its server says of it:\n${fence(described)}`;
    }),
    ...(found.plan === null
      ? []
      : [
          'Plan:',
          ...found.plan.steps.map((step, i) => `${i + 1}. ${step}`),
          ...found.plan.pitfalls.map((pitfall) => `Take care: ${pitfall}`),
        ]),
    ...(found.notation === undefined ? [] : [`Markdown of pages: ${found.notation}`]),
    `Areas to ask for: ${found.tags.join(', ')}`,
    'The tools listed above can be called from the next step on.',
  ];
  const names = found.hits.slice(0, 3).map((hit) => hit.title);
  return {
    text: lines.join('\n'),
    label: `Looked for a tool for “${words.slice(0, 60).replaceAll('_', ' ')}” · ${names.join(', ')}`,
  };
}

/** Operations the chat already found or used, so that a later turn need not look for them again. */
export function foundBefore(messages: readonly Message[]): Set<string> {
  const names = new Set<string>();
  for (const message of messages) {
    for (const part of message.parts) {
      if (part.type === 'file') names.add('upload_attachment');
      if (part.type !== 'tool') continue;
      if (part.name !== 'discover_tools') names.add(part.name);
      else
        for (const match of (part.output ?? '').matchAll(/^- (\w+) \((?:read|write|destructive)\):/gm))
          names.add(match[1] ?? '');
    }
  }
  return new Set([...names].flatMap((name) => findOperation(name)?.name ?? []));
}
