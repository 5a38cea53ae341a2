import { z } from 'zod';
import { defineRead } from '../define.ts';
import { itemWith } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, day, link, oneLine, sourceOf } from '../render.ts';
import { allMembers, resolveGroup } from '../resolve/group.ts';
import { resolvePerson } from '../resolve/person.ts';
import { spacesById } from '../resolve/space.ts';
import { completenessShape, completenessText, resultsOfEach, scopeInputs } from '../scan/index.ts';
import { parseWhen, whenOf } from '../when.ts';
import { parsePeriod } from '../when-span.ts';
import { contributionsTo, type PageWork } from './contributions.ts';
import { pagesOf, searchScope } from './newest-pages.ts';
import { pairsOf, tally } from './tally.ts';

const shown = 20;
const personShape = z.object({
  account_id: z.string(),
  name: z.string().nullable(),
  pages_created: z.number(),
  edits: z.number(),
  pages_edited: z.number(),
  comments: z.number().nullable(),
  replies: z.number().nullable(),
  last_at: z.string().nullable(),
});
const output = z.object({
  items: z.array(personShape),
  together: z.array(z.object({ people: z.array(z.string()), pages: z.number() })),
  pages: z.array(
    z.object({ id: z.string(), title: z.string(), url: z.string(), edits: z.number(), editors: z.number() }),
  ),
  from: z.string(),
  to: z.string(),
  edits: z.number(),
  edits_per_week: z.number(),
  completeness: completenessShape,
});

/** Account ids of those asked about; null means everybody. */
async function wantedPeople(
  ctx: Context,
  o: { group?: string | undefined; users?: string[] | undefined },
): Promise<Set<string> | null> {
  if (o.group === undefined && o.users === undefined) return null;
  const people = await Promise.all((o.users ?? []).map((user) => resolvePerson(ctx, user)));
  const members =
    o.group === undefined ? [] : await allMembers(ctx, (await resolveGroup(ctx, o.group)).id, 2000);
  return new Set([...people, ...members].map((one) => one.accountId));
}

export const getContributorStats = defineRead({
  name: 'get_contributor_stats',
  input: z.object({
    from: text.optional(),
    to: text.optional(),
    group: text.optional(),
    users: z.array(text).min(1).max(50).optional(),
    ...scopeInputs,
  }),
  output,
  async run(ctx, o) {
    const now = new Date();
    const period = parsePeriod(o.from ?? '30d', now);
    const from = period.from.at;
    const to = o.to === undefined ? period.to.at : parseWhen(o.to, now).at;
    const people = await wantedPeople(ctx, o);
    const scope = await searchScope(ctx, o, {
      more: `lastmodified >= ${whenOf(new Date(from.getTime() - 86_400_000)).cql}`,
    });
    const { pages, completeness } = await pagesOf(ctx, scope, o.max_pages);
    const read = await resultsOfEach(ctx, pages, 'pages read', (page) =>
      contributionsTo(ctx, page, from, to),
    );
    const work = read.results.filter((one): one is PageWork => one !== null);
    const commentsKnown = work.every((one) => one.comments !== null);
    const rows = tally(work, people).slice(0, 200);
    const names = await namesOf(
      ctx,
      work.flatMap((one) => [...one.edits, ...(one.comments ?? [])].map(({ by }) => by)),
    );
    const nameOf = (id: string) => names.get(id) ?? id;
    const items = rows.map((row) => ({
      ...row,
      name: names.get(row.account_id) ?? null,
      comments: commentsKnown ? row.comments : null,
      replies: commentsKnown ? row.replies : null,
    }));
    const together = pairsOf(work, people)
      .slice(0, 10)
      .map((pair) => ({ people: pair.people.map(nameOf), pages: pair.pages }));
    const edits = items.reduce((sum, one) => sum + one.edits, 0);
    const weeks = Math.max(1 / 7, (to.getTime() - from.getTime()) / (7 * 86_400_000));
    const perWeek = Math.round((edits / weeks) * 10) / 10;
    const busiest = work
      .map((one) => {
        const mine = one.edits.filter(({ by }) => people === null || people.has(by));
        return { page: one.page, edits: mine.length, editors: new Set(mine.map(({ by }) => by)).size };
      })
      .filter((one) => one.edits > 0)
      .toSorted((a, b) => b.edits - a.edits)
      .slice(0, 10);
    const spaces = await spacesById(
      ctx,
      busiest.map((one) => one.page.spaceId),
    );
    const lines = items.slice(0, shown).map((one) => {
      const said =
        one.comments === null
          ? ''
          : ` · ${counted(one.comments, 'comment')}, ${counted(one.replies ?? 0, 'reply', 'replies')}`;
      return `- ${oneLine(one.name ?? one.account_id)}: ${counted(one.edits, 'edit')} on ${counted(one.pages_edited, 'page')}, ${one.pages_created} created${said} · last ${day(one.last_at)}`;
    });
    const pairs = together.map(
      (pair) => `- ${pair.people.map(oneLine).join(' and ')}: ${counted(pair.pages, 'page')}`,
    );
    const most = busiest.map(
      ({ page, ...one }) =>
        `- ${link(page.title, page.url)} · ${counted(one.edits, 'edit')} by ${counted(one.editors, 'person', 'people')}`,
    );
    const block = (title: string, all: string[]) =>
      all.length === 0 ? '' : `\n\n${title}:\n${all.join('\n')}`;
    const stopped = read.stopped;
    return {
      text: `${from.toISOString().slice(0, 10)} to ${to.toISOString().slice(0, 10)}, ${oneLine(scope.words)}: ${counted(edits, 'edit')} (${perWeek} a week) by ${counted(items.filter((one) => one.edits > 0).length, 'person', 'people')}. Every saved version of these pages was counted. ${completenessText(completeness)}\n${lines.join('\n')}${items.length > shown ? `\n${items.length - shown} more people are not listed.` : ''}${block('Edited the same pages', pairs)}${block('Busiest pages', most)}\n\n${commentsKnown ? '' : ' Comments could not be read: your connection lacks read:comment:confluence.'}${stopped === null ? '' : ` Not all were read: ${stopped}`}`,
      data: {
        items,
        together,
        pages: busiest.map(({ page, ...one }) => ({ id: page.id, title: page.title, url: page.url, ...one })),
        from: from.toISOString(),
        to: to.toISOString(),
        edits,
        edits_per_week: perWeek,
        completeness: stopped === null ? completeness : { ...completeness, complete: false, stopped },
      },
      sources: busiest.map(({ page }) => sourceOf(itemWith(page, spaces.get(page.spaceId) ?? null, names))),
      label: `${counted(items.length, 'contributor')} to ${counted(pages.length, 'page')}`,
      untrusted: true,
    };
  },
});
