import { z } from 'zod';
import { UserError } from '#errors';
import { archivePages } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, documentNotFound, itemOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import { followTask, receiptOf, taskNotes, taskStillOpen } from '../long-task/index.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import { proposalShape } from '../written.ts';
import { pagesById } from './tree.ts';

const input = z.object({ pages: z.array(text).min(1).max(300), note: text.optional() });

type Archived = { id: string; title: string; version: number };
type ArchiveRequest = { archive: Archived[] };

const requestOf = (proposal: Proposal): ArchiveRequest => proposal.request as ArchiveRequest;
const why =
  'Atlassian\'s API cannot bring archived pages back. Restore them in Confluence (the space\'s "Archived pages"), or copy them to a live place.';

/** Many ids are read together; names and links one by one. */
async function resolveMany(ctx: Context, given: readonly string[]): Promise<Document[]> {
  const references = given.map((one) => readReference(one, ctx.confluence.site.url));
  const ids = references.flatMap((one) => (one.kind === 'id' ? [one.id] : []));
  const known = await pagesById(ctx, [...new Set(ids)]);
  const found: Document[] = [];
  for (const [at, reference] of references.entries()) {
    const one = given[at] ?? '';
    const page = reference.kind === 'id' ? known.get(reference.id) : await resolvePage(ctx, one);
    if (page === undefined) throw documentNotFound(one);
    found.push(page);
  }
  return [...new Map(found.map((page) => [page.id, page])).values()];
}

function warningsFor(pages: readonly Document[], skipped: number, note: string | undefined): ChangeWarning[] {
  const said = (code: string, message: string): ChangeWarning => ({ code, message, mustConfirm: false });
  return [
    said(
      'leaves_children',
      `Only the ${pages.length === 1 ? 'page itself is' : 'pages listed here are'} archived. Pages below ${pages.length === 1 ? 'it' : 'them'} that are not listed stay, and Confluence moves them up.`,
    ),
    said(
      'keeps_title',
      `Archived pages leave search and the page tree, can still be read by their link, and keep their ${pages.length === 1 ? 'title' : 'titles'}: no new page of the space can take it.`,
    ),
    ...(skipped === 0
      ? []
      : [
          said(
            'skipped',
            `${counted(skipped, 'page')} of the list ${skipped === 1 ? 'is' : 'are'} archived already.`,
          ),
        ]),
    ...(note === undefined
      ? []
      : [
          said(
            'note_not_sent',
            `Atlassian's API takes no archive note. "${oneLine(note)}" stays in the record of this change only.`,
          ),
        ]),
  ];
}

async function proposalFor(
  ctx: Context,
  pages: readonly Document[],
  skipped: number,
  note: string | undefined,
): Promise<Proposal> {
  const [first] = pages as [Document, ...Document[]];
  return {
    operation: 'archive_pages',
    input: { pages: pages.map((page) => page.id), ...(note === undefined ? {} : { note }) },
    title: pages.length === 1 ? `Archive "${first.title}"` : `Archive ${pages.length} pages`,
    target: await documentTarget(
      ctx,
      first,
      pages.map((page) => page.spaceId),
    ),
    baseVersion: pages.length === 1 ? first.version : null,
    request: {
      archive: pages.map(({ id, title, version }) => ({ id, title, version })),
    } satisfies ArchiveRequest,
    diff: {
      fields: pages.map((page) => ({ label: page.title, before: 'current', after: 'archived' })),
      body: null,
    },
    warnings: warningsFor(pages, skipped, note),
    editable: null,
    undo: { possible: false, why },
  };
}

function outcomeOf(proposal: Proposal, more: Record<string, unknown>): Outcome {
  const { archive } = requestOf(proposal);
  return {
    targetId: archive[0]?.id ?? null,
    title: archive[0]?.title ?? null,
    url: proposal.target.url,
    version: null,
    receipt: { archived: archive.map((one) => one.id), ...more },
  };
}

/** Those that are not archived. */
async function notYet(ctx: Context, archive: readonly Archived[]): Promise<Archived[]> {
  const now = await pagesById(
    ctx,
    archive.map((one) => one.id),
  );
  return archive.filter((one) => now.get(one.id)?.status !== 'archived');
}

export const archivePagesOperation = defineWrite({
  name: 'archive_pages',
  input,
  output: proposalShape,
  async preview(ctx, o): Promise<Proposal | NoChange> {
    const found = await resolveMany(ctx, o.pages);
    const unfit = found.filter((page) => page.status !== 'current' && page.status !== 'archived');
    if (unfit[0] !== undefined)
      throw new UserError(
        'not_possible',
        `"${unfit[0].title}" is ${unfit[0].status}: only current pages can be archived.`,
        { next: 'Leave it out.' },
      );
    const live = found.filter((page) => page.status === 'current');
    if (live.length > 0) return proposalFor(ctx, live, found.length - live.length, o.note);
    return {
      noChange: true,
      text: found.length === 1 ? 'This page is archived already.' : 'These pages are archived already.',
      sources: await Promise.all(found.slice(0, 20).map(async (page) => sourceOf(await itemOf(ctx, page)))),
    };
  },
  async rebase(ctx, proposal) {
    const { archive } = requestOf(proposal);
    const now = await pagesById(
      ctx,
      archive.map((one) => one.id),
    );
    const gone = archive.find((one) => !['current', 'archived'].includes(now.get(one.id)?.status ?? 'gone'));
    if (gone !== undefined)
      return { kind: 'conflict', message: `"${gone.title}" is gone.`, yours: null, theirs: null };
    const live = archive
      .map((one) => now.get(one.id))
      .filter((page): page is Document => page?.status === 'current');
    if (live.length === 0)
      return {
        kind: 'conflict',
        message: 'Someone else has archived them meanwhile; nothing is left to do.',
        yours: null,
        theirs: null,
      };
    const same =
      live.length === archive.length && archive.every((one) => now.get(one.id)?.version === one.version);
    if (same) return { kind: 'current' };
    const { note } = input.parse(proposal.input);
    return {
      kind: 'rebased',
      proposal: await proposalFor(ctx, live, archive.length - live.length, note),
    };
  },
  async apply(ctx, proposal) {
    const { archive } = requestOf(proposal);
    const task = await archivePages(ctx.confluence, {
      pages: archive.map((one) => ({ id: contentNumber(one.id) })),
    });
    const followed = await followTask(ctx, String(task.id), `Archiving ${counted(archive.length, 'page')}`);
    return outcomeOf(proposal, receiptOf(followed));
  },
  async verify(ctx, proposal, outcome) {
    const { archive } = requestOf(proposal);
    const left = await notYet(ctx, archive);
    const ok = left.length === 0;
    return {
      ok,
      summary: ok
        ? `${counted(archive.length, 'page is', 'pages are')} archived.`
        : `${left.length} of ${counted(archive.length, 'page')} ${left.length === 1 ? 'is' : 'are'} not archived.`,
      version: null,
      details: [
        ...left.slice(0, 20).map((one) => `"${one.title}" is not archived.`),
        ...(ok ? [] : taskNotes(outcome)),
      ],
    };
  },
  async settle(ctx, proposal) {
    const { archive } = requestOf(proposal);
    const left = await notYet(ctx, archive);
    if (left.length === 0) return { kind: 'applied', outcome: outcomeOf(proposal, {}) };
    const open = left.length === archive.length ? await taskStillOpen(ctx) : null;
    if (open !== null) return { kind: 'unknown', found: open };
    if (left.length === archive.length) return { kind: 'not_applied' };
    return {
      kind: 'unknown',
      found: `${archive.length - left.length} of ${archive.length} pages are archived; Atlassian may still be at it.`,
    };
  },
  async inverse() {
    return { impossible: why };
  },
});
