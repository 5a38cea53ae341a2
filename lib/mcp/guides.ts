import type { McpDeps, Principal } from './deps.ts';

/** A text of ours that needs no connection. */
export type Guide = { uri: string; name: string; title: string; description: string; text: () => string };

function operationsText(deps: Pick<McpDeps, 'operations' | 'refusal'>, principal: Principal): string {
  const byTag = new Map<string, string[]>();
  for (const operation of deps.operations) {
    if (deps.refusal(operation, principal.limits) !== null) continue;
    const line = `- \`${operation.name}\` (${operation.tier}): ${operation.summary}`;
    byTag.set(operation.tag, [...(byTag.get(operation.tag) ?? []), line]);
  }
  const parts = [...byTag].map(([tag, lines]) => `## ${tag.replaceAll('_', ' ')}\n${lines.join('\n')}`);
  return ['# Operations this access allows', ...parts].join('\n\n');
}

const writing = `# How writes work here

1. A tool that writes does not write. It answers with a proposed change: what will differ, a \`change_id\` and an \`approval_url\`.
2. Give the person the \`approval_url\`. They look at the change in Confab and apply or decline it.
3. Call \`get_change\` with \`change_id\` and \`wait_seconds\` (up to 50) to learn the outcome. Call it again while it waits.
4. A decline is final: do not propose the same again. A conflict means that somebody else changed the same place: read the page again first.
5. An access with the write policy \`trust\` applies plain writes at once; what removes content or changes access is still only proposed. With \`deny\` it only reads.

Every applied change is read back and compared with what was approved, and most can be undone with \`undo_change\`.`;

/** Texts every client may read: how writes work, and what this access allows. */
export function guidesFor(deps: McpDeps, principal: Principal): readonly Guide[] {
  return [
    {
      uri: 'confab://guide/writes',
      name: 'guide-writes',
      title: 'How writes work',
      description: 'Proposed changes, approval, outcome and undo.',
      text: () => writing,
    },
    {
      uri: 'confab://guide/operations',
      name: 'guide-operations',
      title: 'All operations',
      description: 'Every operation this access allows, by kind.',
      text: () => operationsText(deps, principal),
    },
  ];
}
