import { fileIntents } from './intents-files.ts';
import { findIntents } from './intents-find.ts';
import { listIntents } from './intents-list.ts';
import { manageIntents } from './intents-manage.ts';
import { teamIntents } from './intents-team.ts';
import { toolkitIntents } from './intents-toolkit.ts';
import { writeIntents } from './intents-write.ts';
import type { Turn } from './reading.ts';

/** What the demo model does next: say something and end, or call an operation. */
export type Step = { say: string } | { call: string; input: Record<string, unknown>; before?: string };

export type Slots = Record<string, string | undefined>;

/** One thing the demo model understands. `plan` is asked again after every result. */
export type Intent = {
  id: string;
  /** Any of them matches the person's last message; named groups are the slots. */
  matches: readonly RegExp[];
  /** Unless this matches too: another intent is meant. */
  unless?: RegExp;
  plan: (slots: Slots, turn: Turn) => Step;
};

export const intents: readonly Intent[] = [
  ...fileIntents,
  ...teamIntents,
  ...writeIntents,
  ...manageIntents,
  ...findIntents,
  ...listIntents,
  ...toolkitIntents,
];

const clean = (text: string): string =>
  text.replace(/^(?:please|can you|could you|hey|hi|hello)[,!]?\s+/i, '').replace(/[\s?!.]+$/, '');

/** The intents that fit a message, first one first, with their slots. */
export function intentsFor(question: string): { intent: Intent; slots: Slots }[] {
  const text = clean(clean(question));
  return intents.flatMap((intent) => {
    if (intent.unless?.test(text)) return [];
    const match = intent.matches.map((pattern) => pattern.exec(text)).find((found) => found !== null);
    return match === undefined ? [] : [{ intent, slots: { ...match.groups } }];
  });
}
