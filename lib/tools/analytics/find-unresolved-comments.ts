import { z } from 'zod';
import { getPageFooterComments, getPageInlineComments, pages as pagesOf } from '#lib/confluence';
import { mentions } from '#lib/content';
import {
  type Comment,
  commentShape,
  commentSource,
  commentsOf,
  type RawComment,
} from '../comments/comment-view.ts';
import { repliesOf } from '../comments/replies.ts';
import { defineRead } from '../define.ts';
import type { Document } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, day, link, oneLine } from '../render.ts';
import { resolvePerson } from '../resolve/person.ts';
import { spacesById } from '../resolve/space.ts';
import {
  type Completeness,
  completenessShape,
  completenessText,
  eachOf,
  scanPages,
  scopeInputs,
  scopeOf,
} from '../scan/index.ts';
import { parseWhen } from '../when.ts';
import { asks, endsInQuestion } from './questions.ts';

const open = ['open', 'reopened', 'dangling'] as const;
const most = { kept: 300, shown: 60, body: 300 };

type Why = 'open' | 'reopened' | 'dangling' | 'unanswered';
const whyWords: Record<Why, string> = {
  open: 'open',
  reopened: 'reopened',
  dangling: 'open, but the text it was on is gone',
  unanswered: 'a question nobody has answered',
};

const foundShape = commentShape.extend({
  why: z.enum(['open', 'reopened', 'dangling', 'unanswered']),
  /** Answers it has got so far; null where they were not read. */
  answers: z.number().nullable(),
});
type Found = z.output<typeof foundShape> & { page: Document; mentioned: string[] };

async function everyComment(ctx: Context, kind: 'inline' | 'footer', id: number): Promise<RawComment[]> {
  const rows: RawComment[] = [];
  const list = pagesOf((cursor) =>
    kind === 'inline'
      ? getPageInlineComments(ctx.confluence, {
          id,
          limit: 100,
          cursor,
          bodyFormat: 'storage',
          resolutionStatus: [...open],
        })
      : getPageFooterComments(ctx.confluence, { id, limit: 100, cursor, bodyFormat: 'storage' }),
  );
  for await (const page of list) rows.push(...((page.results ?? []) as RawComment[]));
  return rows;
}

const storageOf = (raw: RawComment): string =>
  (raw.body as { storage?: { value?: string } } | null | undefined)?.storage?.value ?? '';

/** Open inline comments of a page. Answers are read only when somebody mentioned in them is looked for. */
async function inlineOf(ctx: Context, page: Document, person: string | null): Promise<Found[]> {
  const raw = (await everyComment(ctx, 'inline', contentNumber(page.id))).filter((one) =>
    open.some((status) => status === one.resolutionStatus),
  );
  const shaped = await commentsOf(ctx, 'inline', raw);
  return Promise.all(
    shaped.map(async (comment, at) => {
      const source = storageOf(raw[at] as RawComment);
      const replies = person === null ? null : await repliesOf(ctx, 'inline', comment.id);
      return {
        ...comment,
        ...(replies === null ? {} : { replies }),
        page,
        why: comment.resolution as Why,
        answers: replies === null ? null : replies.length,
        mentioned: mentions(source),
      };
    }),
  );
}

/** Footer comments that ask something and got no answer from anybody else, or end in a further question. */
async function questionsOf(ctx: Context, page: Document): Promise<Found[]> {
  const raw = (await everyComment(ctx, 'footer', contentNumber(page.id))).filter((one) =>
    asks(storageOf(one)),
  );
  const shaped = await commentsOf(ctx, 'footer', raw);
  const found = await Promise.all(
    shaped.map(async (comment, at): Promise<Found | null> => {
      const replies = await repliesOf(ctx, 'footer', comment.id);
      const last = replies.at(-1);
      const answered = replies.some((reply) => reply.author !== comment.author);
      if (answered && (last === undefined || !endsInQuestion(last.body))) return null;
      const mentioned = mentions(storageOf(raw[at] as RawComment));
      return { ...comment, replies, page, why: 'unanswered', answers: replies.length, mentioned };
    }),
  );
  return found.filter((one) => one !== null);
}

const concerns = (one: Found, person: { accountId: string; name: string } | null): boolean =>
  person === null ||
  one.mentioned.includes(person.accountId) ||
  (one.replies ?? []).some((reply) => reply.body.includes(`(user:${person.accountId})`));

function commentLine(one: Found): string {
  const anchor = one.anchor === null ? '' : ` on "${oneLine(one.anchor).slice(0, 100)}"`;
  const body = oneLine(one.body);
  const shown = body.length > most.body ? `${body.slice(0, most.body).toWellFormed()}…` : body;
  const answers = one.answers === null || one.answers === 0 ? '' : `, ${counted(one.answers, 'answer')}`;
  return `  - ${link(one.author ?? 'someone', one.url)}, ${day(one.at)}, ${one.kind}${anchor} · ${whyWords[one.why]}${answers} · id ${one.id}\n    > ${shown}`;
}

export const findUnresolvedComments = defineRead({
  name: 'find_unresolved_comments',
  input: z.object({
    older_than: text.optional(),
    mentioning: text.optional(),
    owner: text.optional(),
    ...scopeInputs,
  }),
  output: z.object({
    pages: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        url: z.string(),
        space: z.string().nullable(),
        owner: z.string().nullable(),
        comments: z.array(foundShape),
      }),
    ),
    total: z.number(),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const before = o.older_than === undefined ? null : parseWhen(o.older_than).at.toISOString();
    const person = o.mentioning === undefined ? null : await resolvePerson(ctx, o.mentioning);
    const owner = o.owner === undefined ? null : await resolvePerson(ctx, o.owner);
    const scope = await scopeOf(ctx, o);
    const pages: Document[] = [];
    const scanned = await scanPages(ctx, { scope, maxPages: o.max_pages, bodies: false }, (page) => {
      pages.push(page);
    });
    const wanted = owner === null ? pages : pages.filter((page) => page.ownerId === owner.accountId);
    const all: Found[] = [];
    const asked = await eachOf(ctx, wanted, 'pages asked for their comments', async (page) => {
      all.push(...(await inlineOf(ctx, page, person?.accountId ?? null)), ...(await questionsOf(ctx, page)));
    });
    const completeness: Completeness =
      asked.stopped === null
        ? scanned
        : {
            looked: pages.length - asked.left.length,
            of: scanned.of,
            complete: false,
            stopped: asked.stopped,
          };
    const found = all
      .filter((one) => (before === null || (one.at ?? '') < before) && concerns(one, person))
      .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
    const kept = found.slice(0, most.kept);
    const byPage = [...Map.groupBy(kept, (one) => one.page.id).values()];
    const spaces = await spacesById(
      ctx,
      byPage.map(([first]) => first?.page.spaceId),
    );
    const names = await namesOf(
      ctx,
      byPage.map(([first]) => first?.page.ownerId),
    );
    const groups = byPage.map((comments) => {
      const { page } = comments[0] as Found;
      return {
        id: page.id,
        title: page.title,
        url: page.url,
        space: spaces.get(page.spaceId)?.key ?? null,
        owner: page.ownerId === null ? null : (names.get(page.ownerId) ?? page.ownerId),
        comments,
      };
    });
    let room = most.shown;
    const lines = groups.flatMap((group) => {
      const shown = group.comments.slice(0, Math.max(0, room));
      room -= group.comments.length;
      if (shown.length === 0) return [];
      const owned = group.owner === null ? '' : `, owner ${oneLine(group.owner)}`;
      return [
        `- ${link(group.title, group.url)} (${group.space ?? 'space unknown'}${owned})`,
        ...shown.map(commentLine),
      ];
    });
    const filters = [
      o.older_than === undefined ? '' : `, older than ${o.older_than}`,
      person === null ? '' : `, mentioning ${oneLine(person.name)}`,
      owner === null ? '' : `, on pages owned by ${oneLine(owner.name)}`,
    ].join('');
    const head =
      found.length === 0
        ? `No unresolved comment or unanswered question ${scope.words}${filters} is visible to you.`
        : `${counted(found.length, 'unresolved comment or unanswered question', 'unresolved comments and unanswered questions')} on ${counted(groups.length, 'page')} ${scope.words}${filters}, oldest first:`;
    return {
      text: [
        head,
        completenessText(completeness),
        ...lines,
        ...(found.length > most.shown
          ? [`… and ${found.length - most.shown} more; narrow the scope to see them.`]
          : []),
        ...(owner === null
          ? []
          : [
              `${counted(wanted.length, 'page')} of them ${wanted.length === 1 ? 'is' : 'are'} owned by ${oneLine(owner.name)}.`,
            ]),
        'Footer comments have no resolution in Confluence: one is listed only when it asks something and nobody has answered. A date is that of the last edit of a comment.',
      ].join('\n'),
      data: {
        pages: groups.map((group) => ({
          ...group,
          comments: group.comments.map(({ page: _page, mentioned: _mentioned, ...comment }) => comment),
        })),
        total: found.length,
        completeness,
      },
      sources: kept.slice(0, 40).map((one) => commentSource(one as Comment)),
      label: `${counted(found.length, 'unresolved comment')} ${scope.words}`,
      untrusted: true,
    };
  },
});
