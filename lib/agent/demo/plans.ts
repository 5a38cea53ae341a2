import type { Slots, Step } from './intents.ts';
import { type Item, type Page, pageIn, resultOf, type Turn } from './reading.ts';
import { asGiven, linked } from './say.ts';
import { pageRef } from './slots.ts';

/** Calls an operation once and says what it gave. */
export function once(
  turn: Turn,
  call: string,
  input: Record<string, unknown>,
  say: (text: string) => string,
): Step {
  const result = resultOf(turn, call);
  return result === undefined ? { call, input } : { say: say(result.text) };
}

/** Finds the page a title, id or link names, then goes on with it. */
export function withPage(
  turn: Turn,
  ref: string,
  next: (page: Page) => Step,
  input: Record<string, unknown> = { format: 'outline' },
): Step {
  const read = resultOf(turn, 'read_page');
  if (read === undefined) return { call: 'read_page', input: { page: ref, ...input } };
  const page = pageIn(read.text);
  return page === null ? { say: `I could not make sense of what was read:\n\n${asGiven(read)}` } : next(page);
}

/** A list operation about one page: the page is resolved first where only its title is known. */
export function about(
  turn: Turn,
  slots: Slots,
  call: string,
  input: (id: string) => Record<string, unknown>,
  words: string,
): Step {
  const ref = pageRef(slots.page);
  const done = resultOf(turn, call);
  if (done !== undefined) {
    const page = pageIn(resultOf(turn, 'read_page')?.text ?? '');
    return {
      say: `${words} ${page === null ? `page ${ref}` : linked(page.title, page.url)}:\n\n${asGiven(done)}`,
    };
  }
  if (/^\d+$/.test(ref)) return { call, input: input(ref) };
  return withPage(turn, ref, (page) => ({ call, input: input(page.id) }));
}

/** The item called like the question, else the first page. */
export function bestOf(items: readonly Item[], name: string): Item | undefined {
  const wanted = name.toLowerCase();
  return (
    items.find((item) => item.title.toLowerCase() === wanted) ??
    items.find((item) => item.kind === 'page') ??
    items[0]
  );
}

/** Writes to a page by id; a title or link is resolved by reading first. */
export function onPage(
  turn: Turn,
  ref: string,
  call: string,
  input: (id: string) => Record<string, unknown>,
  before: (title: string) => string,
): Step {
  if (/^\d+$/.test(ref)) return { call, input: input(ref), before: before(`page ${ref}`) };
  return withPage(turn, ref, (page) => ({
    call,
    input: input(page.id),
    before: before(linked(page.title, page.url)),
  }));
}
