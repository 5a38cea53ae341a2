import type { Intent, Step } from './intents.ts';
import { onPage } from './plans.ts';
import type { Turn } from './reading.ts';
import { pageRef } from './slots.ts';

const longest = 1_500;

const noFile: Step = {
  say: 'No file came with your message. Attach one with the paper clip, by dropping it here or by pasting it, and ask again.',
};

function quotedFile({ name, text }: Turn['files'][number]): string {
  if (text === null || text.trim() === '')
    return `**${name}** holds no text that I can read. It can still be attached to a page as it is.`;
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `**${name}** says:\n\n${shown
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}`;
}

/** What the demo model can do with the files of a message. */
export const fileIntents: readonly Intent[] = [
  {
    id: 'upload-files',
    matches: [
      /^(?:upload|attach|add) (?:(?:this|these|the|my|that)(?: attached)?(?: files?| documents?| pictures?| images?)?|it|them|files?) to (?<page>.+)$/i,
    ],
    plan: (slots, turn) =>
      turn.files.length === 0
        ? noFile
        : onPage(
            turn,
            pageRef(slots.page),
            'upload_attachment',
            (id) => ({ id, files: turn.files.map((file) => file.id) }),
            (title) =>
              `I prepared to attach ${turn.files.map(({ name }) => `“${name}”`).join(', ')} to ${title}. Nothing is uploaded before you apply it.`,
          ),
  },
  {
    id: 'read-files',
    matches: [
      /^(?:what(?: is|'s| does)?|read|show|summari[sz]e|quote)\b.*\b(?:this|these|the|my|attached)\b.*\b(?:files?|documents?|attachments?)\b/i,
    ],
    unless: /\b(?:page|space|confluence|on the)\b/i,
    plan: (_slots, turn) =>
      turn.files.length === 0 ? noFile : { say: turn.files.map(quotedFile).join('\n\n') },
  },
];
