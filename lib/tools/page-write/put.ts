import { createHash } from 'node:crypto';
import { UserError } from '#errors';
import { diffStorage, warningsOf } from '#lib/content';
import type { ChangeTarget, ChangeWarning, FieldDiff } from '#lib/wire';
import { adfOnlyBody } from '../adf-only.ts';
import { namingDropped } from '../comments/dropped-threads.ts';
import {
  type Document,
  type DocumentKind,
  documentNotFound,
  findDocument,
  readDocument,
} from '../documents.ts';
import type { Context, Proposal } from '../operation.ts';
import { oneLine } from '../render.ts';
import { spaceById } from '../resolve/space.ts';

/** What Confluence accepts for a body at most, in bytes. */
export const maxBodyBytes = 5_000_000;

export type Representation = 'storage' | 'atlas_doc_format' | 'wiki';

/** Exactly the body of the PUT, and what was there before it. */
export type PutRequest = {
  kind: DocumentKind;
  put: {
    id: string;
    status: string;
    title: string;
    body: { representation: Representation; value: string };
    version: { number: number; message: string };
    parentId?: string;
    ownerId?: string;
  };
  before: {
    title: string;
    parentId: string | null;
    ownerId: string | null;
    status: string;
    version: number;
    /** Of drafts, whose versions do not count: what stood there, by `draftHash`. */
    draft?: string;
  };
};

/** @throws UserError too_large above Confluence's 5 MB. */
export function checkSize(value: string): void {
  if (Buffer.byteLength(value) <= maxBodyBytes) return;
  throw new UserError('too_large', 'The page body would be larger than the 5 MB Confluence accepts.', {
    next: 'Split it into several pages.',
  });
}

/** @throws UserError invalid_input for an empty title or one over Confluence's 255 characters. */
export function checkTitle(given: string): string {
  const title = oneLine(given);
  if (title !== '' && title.length <= 255) return title;
  throw new UserError(
    'invalid_input',
    title === '' ? 'The title is empty.' : 'The title has more than 255 characters.',
    { next: 'Give a title of 1 to 255 characters.' },
  );
}

/** The version comment: the person's own, or one that names the change; by it a write is found again after a crash. */
export function versionMessage(title: string, given?: string): string {
  return oneLine(given ?? `Confab: ${title}`).slice(0, 255);
}

/** A page or blog post as the target of a change. `reached`: ids of all spaces that the change touches. */
export async function documentTarget(
  ctx: Context,
  found: Document,
  reached: readonly string[] = [],
): Promise<ChangeTarget> {
  const space = await spaceById(ctx, found.spaceId);
  const otherSpaces = [...new Set(reached)].filter((id) => id !== found.spaceId);
  return {
    kind: found.kind,
    id: found.id,
    title: found.title,
    space: space === null ? null : { id: space.id, key: space.key, name: space.name },
    ...(otherSpaces.length === 0 ? {} : { otherSpaces }),
    url: found.url,
  };
}

export type PutChange = {
  title?: string;
  /** The new body in storage format. */
  storage?: string;
  /** The new body in a format that only Confluence can read. */
  foreign?: { representation: Exclude<Representation, 'storage'>; value: string };
  parent?: { id: string; title: string; before: string };
  owner?: { id: string; name: string; before: string };
  status?: 'current' | 'draft';
};

export type PutOptions = {
  operation: 'edit_page' | 'update_page' | 'update_blog_post';
  title: string;
  /** The current version, with its storage. */
  found: Document;
  change: PutChange;
  message?: string;
  input: Record<string, unknown>;
  editable?: Proposal['editable'];
  warnings?: readonly ChangeWarning[];
};

function fieldsOf(found: Document, change: PutChange): FieldDiff[] {
  const fields: FieldDiff[] = [];
  if (change.title !== undefined && change.title !== found.title)
    fields.push({ label: 'Title', before: found.title, after: change.title });
  if (change.parent)
    fields.push({ label: 'Parent', before: change.parent.before, after: change.parent.title });
  if (change.owner) fields.push({ label: 'Owner', before: change.owner.before, after: change.owner.name });
  if (change.status !== undefined && change.status !== found.status)
    fields.push({ label: 'Status', before: found.status, after: change.status });
  if (change.foreign)
    fields.push({
      label: `Body (${change.foreign.representation})`,
      before: 'the present body',
      after: change.foreign.value,
    });
  return fields;
}

/** Same code twice means the same warning. */
function unique(warnings: readonly ChangeWarning[]): ChangeWarning[] {
  return [...new Map(warnings.map((one) => [`${one.code} ${one.message}`, one])).values()];
}

/** Names what a draft holds: SHA-256 of its title and storage. */
export const draftHash = (found: Pick<Document, 'title' | 'body'>): string =>
  createHash('sha256')
    .update(JSON.stringify([found.title, found.body ?? '']))
    .digest('hex');

function undoOf(isDraft: boolean, leavesTop: boolean): Proposal['undo'] {
  if (isDraft) return { possible: false, why: 'Drafts have no version history in Confluence.' };
  if (leavesTop)
    return { possible: false, why: 'A page at the top level of a space cannot be put back there.' };
  return { possible: true };
}

/** The proposal of one versioned PUT. Storage is written as it stands in `change`, byte for byte. */
export async function putProposal(ctx: Context, o: PutOptions): Promise<Proposal> {
  const { found, change } = o;
  const before = found.body ?? '';
  const after = change.storage ?? before;
  // An empty storage body sent back would wipe a page that only ADF holds.
  const onlyAdf = change.storage === undefined ? await adfOnlyBody(ctx, found) : null;
  const kept = change.foreign === undefined ? onlyAdf : null;
  const value = change.foreign?.value ?? kept ?? after;
  checkSize(value);
  const isDraft = found.status === 'draft' || change.status === 'draft';
  const put: PutRequest['put'] = {
    id: found.id,
    status: change.status ?? found.status,
    title: change.title ?? found.title,
    body: {
      representation: change.foreign?.representation ?? (kept === null ? 'storage' : 'atlas_doc_format'),
      value,
    },
    // A draft is always written as version 1 (facts: pages).
    version: { number: isDraft ? 1 : found.version + 1, message: versionMessage(o.title, o.message) },
    ...(change.parent ? { parentId: change.parent.id } : {}),
    ...(change.owner ? { ownerId: change.owner.id } : {}),
  };
  const request: PutRequest = {
    kind: found.kind,
    put,
    before: {
      title: found.title,
      parentId: found.parentId,
      ownerId: found.ownerId,
      status: found.status,
      version: found.version,
      ...(isDraft ? { draft: draftHash(found) } : {}),
    },
  };
  return {
    operation: o.operation,
    input: o.input,
    title: o.title,
    target: await documentTarget(ctx, found),
    baseVersion: found.version,
    request,
    diff: { fields: fieldsOf(found, change), body: after === before ? null : diffStorage(before, after) },
    warnings: unique(
      await namingDropped(ctx, found, { before, after }, [
        ...(o.warnings ?? []),
        ...(after === before ? [] : warningsOf(before, after)),
      ]),
    ),
    editable: o.editable ?? null,
    undo:
      change.foreign !== undefined && onlyAdf !== null
        ? { possible: false, why: 'Only ADF holds what stands there now; restore_version brings it back.' }
        : undoOf(isDraft, change.parent !== undefined && found.parentId === null),
  };
}

export const putOf = (proposal: Proposal): PutRequest => proposal.request as PutRequest;

/** The body as it stood at a version, in storage. */
export async function storageAt(
  ctx: Context,
  kind: DocumentKind,
  id: string,
  version: number,
): Promise<string> {
  return (await readDocument(ctx, kind, id, { format: 'storage', version })).body ?? '';
}

/** The page as it is now, with its storage; its draft where the request writes a draft. */
export async function readTarget(ctx: Context, request: PutRequest): Promise<Document> {
  const { kind, put, before } = request;
  const draft = before.status === 'draft' || put.status === 'draft';
  const found = await findDocument(ctx, kind, put.id, {
    format: 'storage',
    ...(draft ? { draft: true } : {}),
  });
  if (found === null) throw documentNotFound(put.title, kind);
  return found;
}
