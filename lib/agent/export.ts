import { changeResultText } from '#lib/approvals';
import type { ChangeView, ChatView, Message, Part, Usage } from '#lib/wire';

const total = (usage: Usage): string => (usage.inputTokens + usage.outputTokens).toLocaleString('en');

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

type Writers = {
  [Type in Part['type']]: (
    part: Extract<Part, { type: Type }>,
    changes: ReadonlyMap<string, ChangeView>,
  ) => string | null;
};

const writers: Writers = {
  text: (part) => part.text.trim() || null,
  tool: (part) => `- ${part.label}`,
  change: (part, changes) => {
    const change = changes.get(part.changeId);
    return change === undefined ? null : quoted(`**Change**: ${changeResultText(change)}`);
  },
  file: (part) => `- ${part.name} (${part.mediaType}, ${part.size.toLocaleString('en')} bytes)`,
  connect: (part) => quoted(part.message),
  sources: (part) =>
    [
      '**Sources**',
      ...part.sources.map(({ title, url, version }) => {
        const name = url === null ? title : `[${title.replace(/[[\]\\]/g, '\\$&')}](<${url}>)`;
        return `- ${name}${version === null ? '' : `, version ${version}`}`;
      }),
    ].join('\n'),
  error: (part) => quoted(`**Error**: ${part.error.message}`),
};

function body(message: Message, changes: ReadonlyMap<string, ChangeView>): string {
  const written = message.parts.flatMap((part) => {
    const write = writers[part.type] as (
      part: Part,
      changes: ReadonlyMap<string, ChangeView>,
    ) => string | null;
    const text = write(part, changes);
    return text === null ? [] : [{ text, tool: part.type === 'tool' || part.type === 'file' }];
  });
  // Calls in a row are one list.
  return written.reduce(
    (all, { text, tool }, at) =>
      `${all}${at === 0 ? '' : tool && written[at - 1]?.tool ? '\n' : '\n\n'}${text}`,
    '',
  );
}

function heading({ role, author, model, usage, createdAt }: Message): string {
  const when = `${new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const who = role === 'user' ? (author?.name ?? 'Someone') : 'Confab';
  const more = role === 'user' ? [] : [model, usage === null ? null : `${total(usage)} tokens`];
  return `## ${who}\n\n*${[when, ...more].filter((part) => part !== null).join(' · ')}*`;
}

/**
 * A chat as Markdown: the branch that is shown, with what was looked up, what became of each change, sources and
 * token use. What tools returned is left out.
 */
export function chatMarkdown({ title, messages, changes }: ChatView): string {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const usage = messages.reduce(
    (sum, message) => ({
      inputTokens: sum.inputTokens + (message.usage?.inputTokens ?? 0),
      outputTokens: sum.outputTokens + (message.usage?.outputTokens ?? 0),
    }),
    { inputTokens: 0, outputTokens: 0 },
  );
  return [
    `# ${title}`,
    ...messages.flatMap((message) => [heading(message), body(message, byId)]),
    `---\n\n${total(usage)} tokens in all (${usage.inputTokens.toLocaleString('en')} to the model, ${usage.outputTokens.toLocaleString('en')} from it). Exported from Confab.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}
