import type { ChatEvent } from '../../lib/wire/index.ts';
import type { Browser } from './browser.ts';
import { median, type Row } from './row.ts';

/** When the first piece of text of a chat's running answer reached us. */
async function firstText(browser: Browser, chatId: string): Promise<number> {
  const answer = await browser.fetch(`/api/chats/${chatId}/events`);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    const at = Date.now();
    if (done) throw new Error('the event stream ended before any text');
    buffer += decoder.decode(value, { stream: true });
    const events = buffer.split('\n\n');
    buffer = events.pop() ?? '';
    for (const text of events.filter((event) => event.startsWith('data: '))) {
      const event = JSON.parse(text.slice(6)) as ChatEvent;
      const hasText =
        (event.type === 'text' && event.delta !== '') ||
        (event.type === 'part' && event.part.type === 'text' && event.part.text !== '') ||
        (event.type === 'snapshot' &&
          event.chat.messages.some(
            (m) => m.role === 'assistant' && m.parts.some((p) => p.type === 'text' && p.text !== ''),
          ));
      if (hasText) {
        await reader.cancel();
        return at;
      }
    }
  }
}

/** From the moment the model service sent its first token until the browser has it. */
export async function firstTokenRows(browser: Browser, fakeUrl: string, times: number): Promise<Row[]> {
  const added: number[] = [];
  for (let i = 0; i < times; i += 1) {
    await fetch(`${fakeUrl}/_script`, {
      method: 'POST',
      body: JSON.stringify([{ text: 'One two three four five six seven eight nine ten.', delay_ms: 400 }]),
    });
    const { chatId } = await browser.post<{ chatId: string }>('/api/chats', {
      text: `Say ten words (${i}).`,
    });
    const seen = await firstText(browser, chatId);
    const log = (await (await fetch(`${fakeUrl}/_log`)).json()) as { firstTokenAt: number | null }[];
    const sent = log.at(-1)?.firstTokenAt;
    if (typeof sent !== 'number')
      throw new Error('the fake model service did not say when it sent its first token');
    added.push(seen - sent);
  }
  return [
    {
      name: "model's first token to the browser, added",
      value: median(added),
      unit: 'ms',
      aim: '< 50',
      note: `median of ${times}`,
    },
  ];
}
