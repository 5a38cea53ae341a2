import type { ModelMessage } from 'ai';
import { changeResultText } from '#lib/approvals';
import type { ChangeView, Message, Part } from '#lib/wire';
import { attachedText } from './attachments.ts';
import { fence } from './fence.ts';

/** Tool results of one conversation sent to a model, in characters; the oldest are shortened first. */
const budget = 300_000;
const shortened = 1_500;

type ToolPart = Extract<Part, { type: 'tool' }>;

const connectionCodes = new Set(['needs_connection', 'reconnect', 'missing_scope']);

/** Calls that waited for a connection never happened, as far as the model is concerned. */
const neverRan = (part: ToolPart): boolean =>
  part.state === 'stopped' && connectionCodes.has(part.error?.code ?? '');

/** What the server of a toolkit answered to a write. */
function saidThere({ toolkit }: ChangeView): string {
  return toolkit?.said == null ? '' : `\n${toolkit.name} answered:\n${fence(toolkit.said)}`;
}

function resultOf(part: ToolPart, changes: ReadonlyMap<string, ChangeView>, parts: readonly Part[]): string {
  const card = parts.find((other) => other.type === 'change' && other.callId === part.callId);
  const change = card?.type === 'change' ? changes.get(card.changeId) : undefined;
  if (change !== undefined) return `${changeResultText(change)}${saidThere(change)}`;
  return part.output ?? 'Not finished: the person stopped the answer before this call was done.';
}

function fromAnswer(message: Message, changes: ReadonlyMap<string, ChangeView>): ModelMessage[] {
  const out: ModelMessage[] = [];
  let text: string[] = [];
  const flush = (
    calls: { type: 'tool-call'; toolCallId: string; toolName: string; input: unknown }[] = [],
  ) => {
    const said = text.map((piece) => ({ type: 'text' as const, text: piece }));
    if (said.length + calls.length > 0) out.push({ role: 'assistant', content: [...said, ...calls] });
    text = [];
  };
  for (const part of message.parts) {
    if (part.type === 'text' && part.text.trim() !== '') text.push(part.text);
    if (part.type !== 'tool' || neverRan(part)) continue;
    flush([{ type: 'tool-call', toolCallId: part.callId, toolName: part.name, input: part.input ?? {} }]);
    const value = resultOf(part, changes, message.parts);
    const output = { type: part.state === 'failed' ? ('error-text' as const) : ('text' as const), value };
    out.push({
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: part.callId, toolName: part.name, output }],
    });
  }
  flush();
  return out;
}

/** Shortens the oldest tool results until all of them fit the budget. */
function withinBudget(messages: ModelMessage[]): ModelMessage[] {
  let spent = 0;
  return messages
    .toReversed()
    .map((message): ModelMessage => {
      if (message.role !== 'tool') return message;
      const content = message.content.map((part) => {
        if (part.type !== 'tool-result' || (part.output.type !== 'text' && part.output.type !== 'error-text'))
          return part;
        const { value } = part.output;
        const fits = spent + value.length <= budget;
        spent += fits ? value.length : shortened;
        const cut = `${value.slice(0, shortened)}\n[older result shortened: call again when it is needed]`;
        return fits || value.length <= shortened ? part : { ...part, output: { ...part.output, value: cut } };
      });
      return { ...message, content };
    })
    .toReversed();
}

const written: ReadonlySet<ChangeView['status']> = new Set(['applied', 'verified']);

/** Titles of the changes that were made in other branches of the chat, and stand. */
export function doneElsewhere(messages: readonly Message[], changes: readonly ChangeView[]): string[] {
  const here = new Set(
    messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'change' ? [part.changeId] : []))),
  );
  return changes.filter(({ id, status }) => written.has(status) && !here.has(id)).map(({ title }) => title);
}

/**
 * The conversation for a model, rebuilt from what is stored: texts, calls and results in order. The result
 * of a write is the present state of its change, so that the model learns decisions and undos.
 */
export function modelMessages(messages: readonly Message[], changes: readonly ChangeView[]): ModelMessage[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const all = messages.flatMap((message): ModelMessage[] => {
    if (message.role === 'assistant') return fromAnswer(message, byId);
    const text = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    return [{ role: 'user', content: text + attachedText(message.parts) }];
  });
  return withinBudget(all);
}
