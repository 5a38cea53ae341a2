import type { ChangeWarning } from '#lib/wire';
import { childElement, ownText } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type ElementNode, parseStorage, type StorageDoc, visibleText } from '../parse/parse.ts';
import { macrosLost } from './macros-lost.ts';
import { shareOfTextKept } from './words-kept.ts';

export { inventory, lost } from './inventory.ts';

type Held = {
  /** By reference: the words an inline comment is on. */
  comments: Map<string, string>;
  files: Map<string, number>;
  /** Images of the web, by address. */
  images: Map<string, number>;
  people: Map<string, number>;
  /** Open tasks: words by id. */
  tasks: { id: string; text: string }[];
};

function count(map: Map<string, number>, key: string | null): void {
  if (key !== null) map.set(key, (map.get(key) ?? 0) + 1);
}

function addTask(found: Held, doc: StorageDoc, task: ElementNode): void {
  const status = childElement(task, 'ac:task-status');
  const body = childElement(task, 'ac:task-body');
  if (!body || (status && ownText(status).trim() === 'complete')) return;
  const id = childElement(task, 'ac:task-id');
  found.tasks.push({ id: id ? ownText(id).trim() : '', text: readable(visibleText(doc, body, 200)) });
}

/** What a body holds that people miss when it is gone; copies for old readers do not count. */
function heldIn(doc: StorageDoc): Held {
  const found: Held = {
    comments: new Map(),
    files: new Map(),
    images: new Map(),
    people: new Map(),
    tasks: [],
  };
  for (let i = 0; i < doc.nodes.length; i += 1) {
    const node = doc.nodes[i];
    if (node?.type !== 'element') continue;
    if (node.name === 'ac:adf-fallback') i = node.last - 1;
    else if (node.name === 'ac:inline-comment-marker') {
      const ref = attr(node, 'ac:ref');
      // A marker may stand in several pieces; one without text holds no comment.
      if (ref !== null)
        found.comments.set(ref, `${found.comments.get(ref) ?? ''}${visibleText(doc, node, 200)}`);
    } else if (node.name === 'ri:attachment') count(found.files, attr(node, 'ri:filename'));
    else if (node.name === 'ri:url' && node.parent?.name === 'ac:image')
      count(found.images, attr(node, 'ri:value'));
    else if (node.name === 'ri:user')
      count(found.people, attr(node, 'ri:account-id') ?? attr(node, 'ri:userkey'));
    else if (node.name === 'ac:task') addTask(found, doc, node);
  }
  return found;
}

/** Keys of which none is left. */
const gone = (before: Map<string, number>, after: Map<string, number>): string[] =>
  [...before.keys()].filter((key) => !after.has(key));

function list(items: readonly string[], most = 6): string {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const named = [...counts].map(([item, number]) => (number === 1 ? item : `${item} (${number})`));
  const more = named.length - most;
  return more > 0 ? `${named.slice(0, most).join(', ')} and ${more} more` : named.join(', ');
}

const short = (text: string, most = 60): string => {
  const line = readable(text);
  return `"${line.length > most ? `${line.slice(0, most - 1)}…` : line}"`;
};

function commentWarning(before: Held, after: Held): ChangeWarning | null {
  const lost = [...before.comments].filter(
    ([ref, words]) => words.trim() !== '' && (after.comments.get(ref) ?? '').trim() === '',
  );
  if (lost.length === 0) return null;
  const what = lost.length === 1 ? 'an inline comment is' : `${lost.length} inline comments are`;
  const words = list(
    lost.map(([, text]) => short(text)),
    3,
  );
  return {
    code: 'drops_comment',
    message: `Removes the text that ${what} attached to: ${words}.`,
    mustConfirm: true,
  };
}

function macroWarning(before: StorageDoc, after: StorageDoc): ChangeWarning | null {
  const { gone: removed, emptied } = macrosLost(before, after);
  const parts = [
    ...(removed.length > 0
      ? [`Removes ${removed.length === 1 ? 'the macro' : 'macros'}: ${list(removed)}.`]
      : []),
    ...(emptied.length > 0 ? [`Replaces most of what is in: ${list(emptied)}.`] : []),
  ];
  return parts.length === 0 ? null : { code: 'drops_macro', message: parts.join(' '), mustConfirm: true };
}

function fileWarning(before: Held, after: Held): ChangeWarning | null {
  const files = gone(before.files, after.files);
  if (files.length === 0) return null;
  return {
    code: 'drops_attachment',
    message: `No longer shows or links: ${list(files)}.`,
    mustConfirm: true,
  };
}

function textWarning(before: StorageDoc, after: StorageDoc): ChangeWarning | null {
  const kept = shareOfTextKept(before, after);
  if (kept >= 0.5) return null;
  return {
    code: 'removes_most',
    message: `Removes ${Math.round((1 - kept) * 100)} % of the text of the page.`,
    mustConfirm: true,
  };
}

/** Worth knowing, but what a person who edits a page does every day. */
function notices(before: Held, after: Held): ChangeWarning[] {
  const ids = new Set(after.tasks.map(({ id }) => id));
  const texts = new Set(after.tasks.map(({ text }) => text));
  return [
    {
      code: 'drops_task',
      lost: before.tasks
        .filter(({ id, text }) => !texts.has(text) && (id === '' || !ids.has(id)))
        .map(({ text }) => short(text)),
      say: (what: string) => `Removes open tasks: ${what}.`,
    },
    {
      code: 'drops_image',
      lost: gone(before.images, after.images).map((url) => short(url, 100)),
      say: (what: string) => `No longer shows the image ${what}.`,
    },
    {
      code: 'drops_mention',
      lost: gone(before.people, after.people),
      say: (_what: string, number: number) =>
        `No longer mentions ${number === 1 ? 'a person' : `${number} people`} it mentions now.`,
    },
  ].flatMap(({ code, lost, say }) =>
    lost.length === 0 ? [] : [{ code, message: say(list(lost, 3), lost.length), mustConfirm: false }],
  );
}

/**
 * What a person must know before a body is replaced. An explicit yes is needed for: words that an inline comment is on,
 * a macro or most of what is in one, an attachment that is shown or linked nowhere else, over half of the text.
 * Open tasks, mentions and images of the web that go are said.
 */
export function warningsOf(before: string, after: string): ChangeWarning[] {
  return before === after ? [] : lossesBetween(parseStorage(before), parseStorage(after));
}

/** As `warningsOf`, for bodies that are parsed already. */
export function lossesBetween(old: StorageDoc, now: StorageDoc): ChangeWarning[] {
  const [had, has] = [heldIn(old), heldIn(now)];
  // A task that is done is no open task that went.
  const ticked = new Set(tickedOf(now));
  const open = { ...had, tasks: had.tasks.filter(({ text }) => !ticked.has(text)) };
  return [
    commentWarning(had, has),
    macroWarning(old, now),
    fileWarning(had, has),
    textWarning(old, now),
    ...notices(open, has),
  ].filter((warning) => warning !== null);
}

function tickedOf(doc: StorageDoc): string[] {
  return doc.nodes.flatMap((node) => {
    if (node.type !== 'element' || node.name !== 'ac:task') return [];
    const body = childElement(node, 'ac:task-body');
    return body ? [readable(visibleText(doc, body, 200))] : [];
  });
}
