import { branch, createChat } from '#lib/chats';
import type { Message } from '#lib/wire';
import { ada, type Prompt, type Say, scripted, state } from './fake-rooms.fixture.ts';
import { startTurn } from './index.ts';
import { runOf } from './registry.ts';

/** The next turns are answered from this script. */
export function play(script: Say[]): { seen: Prompt[] } {
  const model = scripted(script);
  state.model = model;
  return model;
}

export async function ask(text: string, chatId?: string, parentId: string | null = null) {
  const id = chatId ?? (await createChat(ada.id)).id;
  const turn = await startTurn(ada, id, { text, parentId });
  return { chatId: id, ...turn };
}

/** The last message of the chat when its run has ended. */
export async function ended(chatId: string): Promise<Message> {
  await runOf(chatId)?.ended;
  return (await branch(chatId)).at(-1) as Message;
}

export const kinds = (message: Message) => message.parts.map((part) => part.type);
export const texts = (message: Message) =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('|');
export const toolText = (prompt: Prompt | undefined) =>
  JSON.stringify(prompt?.prompt.filter((message) => message.role === 'tool'));
export const names = (prompt: Prompt | undefined) => (prompt?.tools ?? []).map((tool) => tool.name);
