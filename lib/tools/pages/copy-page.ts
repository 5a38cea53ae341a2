import { z } from 'zod';
import { copyPage } from '#lib/confluence';
import { sameStorage } from '#lib/content';
import { defineWrite } from '../define.ts';
import { type Document, documentNotFound, findDocument, readDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { checkBody, checkTitle, storageAt } from '../page-write/index.ts';
import { resolvePage } from '../resolve/page.ts';
import { spaceById } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';
import {
  type CopyPart,
  copyParts,
  copyWarnings,
  type Destination,
  destinationMoved,
  destinationOf,
  flagsOf,
  partsText,
  usualParts,
} from './copy-parts.ts';
import { deletionOf } from './delete-document.ts';
import { checkFree, clashes } from './new-place.ts';

const input = z.object({
  page: text,
  destination: text,
  title: text.optional(),
  copy: z.array(copyParts).optional(),
});
type Input = z.output<typeof input>;

type CopyRequest = {
  source: { id: string; title: string; version: number };
  title: string;
  destination: Destination;
  parts: CopyPart[];
};

const requestOf = (proposal: Proposal): CopyRequest => proposal.request as CopyRequest;

/** `Copy of ...` where the title is taken and the person named none, as Confluence itself does. */
async function titleFor(ctx: Context, source: Document, spaceId: string, wanted?: string): Promise<string> {
  if (wanted !== undefined) return checkTitle(wanted);
  for (const prefix of ['', 'Copy of ', 'Copy (2) of ', 'Copy (3) of ']) {
    const title = `${prefix}${source.title}`.slice(0, 255);
    if ((await clashes(ctx, spaceId, title)).length === 0) return title;
  }
  return `${source.title.slice(0, 230)} ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`;
}

async function preview(ctx: Context, o: Input): Promise<Proposal> {
  const source = await resolvePage(ctx, o.page, { format: 'storage' });
  const destination = await destinationOf(ctx, o.destination);
  const space = await spaceById(ctx, destination.spaceId);
  const title = await titleFor(ctx, source, destination.spaceId, o.title);
  if (space !== null) await checkFree(ctx, space, title);
  const parts = [...new Set(o.copy ?? usualParts)];
  const from = await spaceById(ctx, source.spaceId);
  const request: CopyRequest = {
    source: { id: source.id, title: source.title, version: source.version },
    title,
    destination,
    parts,
  };
  return {
    operation: 'copy_page',
    input: { page: source.id, destination: destination.id, title, copy: parts },
    title: `Copy "${source.title}" to ${destination.title}`,
    target: {
      kind: 'page',
      id: null,
      title,
      space: space === null ? null : { id: space.id, key: space.key, name: space.name },
      ...(source.spaceId === destination.spaceId ? {} : { otherSpaces: [source.spaceId] }),
      url: null,
    },
    baseVersion: source.version,
    request,
    diff: {
      fields: [
        {
          label: 'Copied from',
          before: null,
          after: `${source.title} (version ${source.version}${from === null ? '' : `, ${from.name}`})`,
        },
        { label: 'Title', before: null, after: title },
        {
          label: 'Under',
          before: null,
          after: `${destination.title}${space === null ? '' : ` in ${space.name}`}`,
        },
        { label: 'Goes along', before: null, after: partsText(parts) },
      ],
      body: null,
    },
    warnings: await copyWarnings(ctx, source, destination, parts),
    editable: null,
    undo: { possible: true },
  };
}

function outcomeOf(proposal: Proposal, made: Document): Outcome {
  return {
    targetId: made.id,
    title: made.title,
    url: made.url,
    version: made.version,
    receipt: { created: made.id, copiedFrom: requestOf(proposal).source.id },
  };
}

const bare = (id: string, title: string, url: string): Outcome => ({
  targetId: id,
  title,
  url,
  version: 1,
  receipt: { created: id },
});

export const copyPageOperation = defineWrite({
  name: 'copy_page',
  input,
  output: proposalShape,
  preview,
  async rebase(ctx, proposal) {
    const { source, title, destination } = requestOf(proposal);
    const conflict = (message: string) => ({ kind: 'conflict' as const, message, yours: null, theirs: null });
    const [taken] = await clashes(ctx, destination.spaceId, title);
    if (taken !== undefined) return conflict(`A page called "${taken.title}" exists there now: ${taken.url}`);
    const moved = await destinationMoved(ctx, destination);
    if (moved !== null) return conflict(moved);
    const now = await findDocument(ctx, 'page', source.id);
    if (now === null || now.status === 'trashed') return conflict(`"${source.title}" is gone.`);
    if (now.version === source.version) return { kind: 'current' };
    return { kind: 'rebased', proposal: await preview(ctx, input.parse(proposal.input)) };
  },
  async apply(ctx, proposal) {
    const { source, title, destination, parts } = requestOf(proposal);
    const made = await copyPage(ctx.confluence, {
      id: source.id,
      ...flagsOf(parts),
      destination: { type: destination.type, value: destination.id },
      pageTitle: title,
    });
    const id = String(made?.id ?? '');
    const links = made?._links as { webui?: unknown } | undefined;
    const path = typeof links?.webui === 'string' ? links.webui : `/pages/viewpage.action?pageId=${id}`;
    return bare(id, title, ctx.confluence.webUrl(path));
  },
  async verify(ctx, proposal, outcome) {
    const { source, title, destination, parts } = requestOf(proposal);
    const made = await findDocument(ctx, 'page', outcome.targetId ?? '', {
      format: 'storage',
      include: ['labels'],
    });
    if (made === null)
      return { ok: false, summary: 'The copy could not be read back.', version: null, details: [] };
    const original = await readDocument(ctx, 'page', source.id, { include: ['labels'] });
    const body = await storageAt(ctx, 'page', source.id, source.version);
    const details: string[] = [];
    if (made.title !== title) details.push(`The title is "${made.title}".`);
    if (made.spaceId !== destination.spaceId) details.push('The copy is in another space.');
    if (made.parentId !== destination.id) details.push('The copy has another parent.');
    const lacking = parts.includes('labels')
      ? (original.labels ?? []).filter((name) => !(made.labels ?? []).includes(name))
      : [];
    if (lacking.length > 0) details.push(`Labels missing: ${lacking.join(', ')}.`);
    const check = await checkBody(ctx, {
      saved: made,
      body: { representation: 'storage', value: body },
      base: 'same',
    });
    const ok = check.ok && details.length === 0;
    return {
      ok,
      summary: ok
        ? `The copy reads as version ${source.version} of "${source.title}" does: ${check.summary}.`
        : `The copy differs from what was approved: ${check.summary}.`,
      version: made.version,
      details: [...details, ...check.details],
      ...(check.diff === null ? {} : { diff: check.diff }),
    };
  },
  async settle(ctx, proposal) {
    const { source, title, destination } = requestOf(proposal);
    const [same] = await clashes(ctx, destination.spaceId, title);
    if (same === undefined) return { kind: 'not_applied' };
    const made = await findDocument(ctx, 'page', same.id, { format: 'storage', version: 1 });
    const body = await storageAt(ctx, 'page', source.id, source.version);
    if (
      made !== null &&
      made.authorId === ctx.connection.account.id &&
      made.parentId === destination.id &&
      sameStorage(body, made.body ?? '')
    )
      return { kind: 'applied', outcome: outcomeOf(proposal, made) };
    return {
      kind: 'unknown',
      found: `A page called "${same.title}" exists there, but it is not clear that it is the copy: ${same.url}`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const id = outcome.targetId;
    if (id === null) throw documentNotFound(requestOf(proposal).title);
    return deletionOf(ctx, 'page', [{ id, version: outcome.version }], `Undo: ${proposal.title}`);
  },
});
