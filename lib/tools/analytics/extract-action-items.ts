import { z } from 'zod';
import { ContentError, mentionToken } from '#lib/content';
import { defineRead } from '../define.ts';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { counted, link, oneLine, sourceOf } from '../render.ts';
import { resolvePerson } from '../resolve/person.ts';
import { spacesById } from '../resolve/space.ts';
import { completenessShape, completenessText, scanPages, scopeInputs, scopeOf } from '../scan/index.ts';
import { parseWhen } from '../when.ts';
import { writtenOn } from './actions/due.ts';
import { type Extracted, extract, howFound, type Kind } from './actions/extract.ts';
import { type Known, ownerNamed, plausibleName } from './actions/owners.ts';

const kinds = ['action_items', 'decisions', 'deadlines'] as const;
const most = { kept: 500, shown: 80, text: 300 };

const itemShape = z.object({
  kind: z.enum(kinds),
  text: z.string(),
  how: z.enum(howFound),
  /** False for tasks and decision lists, which are exact. */
  guessed: z.boolean(),
  done: z.boolean(),
  owner: z.object({ account_id: z.string().nullable(), name: z.string() }).nullable(),
  /** The day, where the words name one. */
  due: z.string().nullable(),
  /** The words it was read from. */
  due_words: z.string().nullable(),
  page: z.object({ id: z.string(), title: z.string(), url: z.string(), space: z.string().nullable() }),
  heading: z.string().nullable(),
  block: z.string().nullable(),
});
type Item = z.output<typeof itemShape>;
type Raw = Extracted & { page: Document };

const howWords: Record<Extracted['how'], string> = {
  task: 'task',
  decision_list: 'decision list',
  table: 'guessed from a table',
  prose: 'guessed from the text',
  heading: 'guessed from its heading',
};
const titles: Record<Kind, string> = {
  action_items: 'Action items',
  decisions: 'Decisions',
  deadlines: 'Deadlines',
};

function ownerOf(raw: Raw, people: readonly Known[], names: ReadonlyMap<string, string>): Item['owner'] {
  if (raw.ownerId !== null) return { account_id: raw.ownerId, name: names.get(raw.ownerId) ?? raw.ownerId };
  const known = raw.ownerWords === null ? null : ownerNamed(raw.ownerWords, people);
  if (known !== null) return { account_id: known.accountId, name: known.name };
  const name = raw.how === 'table' ? raw.ownerWords : plausibleName(raw.ownerWords);
  return name === null ? null : { account_id: null, name };
}

function line(item: Item): string {
  const shown = item.text.length > most.text ? `${item.text.slice(0, most.text).toWellFormed()}…` : item.text;
  const facts = [
    ...(item.owner === null ? [] : [`owner ${oneLine(item.owner.name)}`]),
    ...(item.due === null && item.due_words === null
      ? []
      : [
          `due ${item.due ?? `"${oneLine(item.due_words ?? '')}"`}${item.due !== null && item.due_words !== item.due ? ` ("${oneLine(item.due_words ?? '')}")` : ''}`,
        ]),
    link(item.page.title, item.page.url),
    ...(item.block === null ? [] : [`block ${item.block}`]),
    howWords[item.how],
  ];
  const box = item.kind === 'action_items' ? `[${item.done ? 'x' : ' '}] ` : '';
  return `- ${box}${oneLine(shown)} · ${facts.join(' · ')}`;
}

/** Open before done, then by day due, then in the order found (newest page first). */
function order(a: Item, b: Item): number {
  return Number(a.done) - Number(b.done) || (a.due ?? '9999').localeCompare(b.due ?? '9999');
}

/** The lists as text. Deadlines are the open items with a day, and the lines of prose that name one. */
function sections(items: readonly Item[], wanted: ReadonlySet<Kind>): string[] {
  const out: string[] = [];
  let room = most.shown;
  const put = (title: string, list: readonly Item[]): void => {
    if (list.length === 0) return;
    const shown = list.slice(0, Math.max(0, room));
    room -= shown.length;
    const rest = list.length - shown.length;
    out.push(`${title} (${list.length})`, ...shown.map(line), ...(rest > 0 ? [`… and ${rest} more.`] : []));
  };
  for (const kind of ['action_items', 'decisions'] as const)
    if (wanted.has(kind))
      put(
        titles[kind],
        items.filter((one) => one.kind === kind),
      );
  if (wanted.has('deadlines')) {
    const dated = items.filter((one) => one.due !== null && !one.done);
    const news = wanted.has('action_items') ? dated.filter((one) => one.kind === 'deadlines') : dated;
    put(wanted.has('action_items') ? 'Other deadlines' : titles.deadlines, news);
  }
  return out;
}

export const extractActionItems = defineRead({
  name: 'extract_action_items',
  input: z.object({
    kinds: z.array(z.enum(kinds)).optional(),
    since: text.optional(),
    assignee: text.optional(),
    ...scopeInputs,
  }),
  output: z.object({
    items: z.array(itemShape),
    total: z.number(),
    open: z.number(),
    unreadable: z.array(z.object({ title: z.string(), url: z.string() })),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const wanted = new Set<Kind>(o.kinds === undefined || o.kinds.length === 0 ? kinds : o.kinds);
    const since = o.since === undefined ? null : parseWhen(o.since).at.toISOString();
    const assignee = o.assignee === undefined ? null : await resolvePerson(ctx, o.assignee);
    const scope = await scopeOf(ctx, o);
    const raws: Raw[] = [];
    const unreadable: { title: string; url: string }[] = [];
    const seen = new Set<string>();
    const completeness = await scanPages(ctx, { scope, maxPages: o.max_pages, bodies: true }, (page) => {
      if (since !== null && (page.versionAt ?? '') < since) return;
      const written = writtenOn(page.title, page.versionAt, new Date());
      try {
        const found = extract(page.body ?? '', wanted, written);
        for (const id of [page.authorId, page.ownerId, page.versionBy]) if (id !== null) seen.add(id);
        for (const [, id] of (page.body ?? '').matchAll(/ri:account-id="([^"]{3,128})"/g))
          if (id) seen.add(id);
        const bare = { ...page, body: null, raw: {} };
        raws.push(...found.map((one) => ({ ...one, page: bare })));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        unreadable.push({ title: page.title, url: page.url });
      }
    });
    const names = await namesOf(ctx, [...seen]);
    const people = [...seen].flatMap((accountId) => {
      const name = names.get(accountId);
      return name === undefined ? [] : [{ accountId, name }];
    });
    const spaces = await spacesById(
      ctx,
      raws.map(({ page }) => page.spaceId),
    );
    const items = raws
      .map(
        (raw): Item => ({
          kind: raw.kind,
          text: raw.text.replace(mentionToken, (_token, id: string) => `@${names.get(id) ?? id}`),
          how: raw.how,
          guessed: raw.how !== 'task' && raw.how !== 'decision_list',
          done: raw.done,
          owner: ownerOf(raw, people, names),
          due: raw.due?.date ?? null,
          due_words: raw.due?.words ?? null,
          page: {
            id: raw.page.id,
            title: raw.page.title,
            url: raw.page.url,
            space: spaces.get(raw.page.spaceId)?.key ?? null,
          },
          heading: raw.heading,
          block: raw.block,
        }),
      )
      .filter((one) => assignee === null || one.owner?.account_id === assignee.accountId)
      .sort(order);
    const open = items.filter((one) => one.kind === 'action_items' && !one.done).length;
    const pages = new Map(items.map((one) => [one.page.id, one.page]));
    const whose = assignee === null ? '' : ` of ${oneLine(assignee.name)}`;
    const when = o.since === undefined ? '' : ` on pages edited since ${o.since}`;
    const what = [...wanted].map((one) => titles[one].toLowerCase()).join(', ');
    const guessed = items.some((one) => one.guessed);
    return {
      text: [
        items.length === 0
          ? `No ${what}${whose} found ${scope.words}${when}.`
          : `${counted(items.length, 'item')} (${what})${whose} on ${counted(pages.size, 'page')} ${scope.words}${when}.`,
        completenessText(completeness),
        ...sections(items, wanted),
        ...(guessed
          ? [
              'Tasks and decision lists are exact. What is marked guessed was found by words such as "Action:", by a heading or by the columns of a table: owner and date may be wrong, and weekdays are reckoned from the day of the notes.',
            ]
          : []),
        ...(unreadable.length === 0
          ? []
          : [`${counted(unreadable.length, 'page')} could not be read, for the body is not well-formed.`]),
      ].join('\n'),
      data: { items: items.slice(0, most.kept), total: items.length, open, unreadable, completeness },
      sources: [...pages.values()].slice(0, 40).map((page) =>
        sourceOf({
          id: page.id,
          type: 'page',
          title: page.title,
          url: page.url,
          space: page.space === null ? null : { id: '', key: page.space, name: page.space },
        }),
      ),
      label: `${counted(items.length, 'item')} (${what}) ${scope.words}`,
      untrusted: true,
    };
  },
});
