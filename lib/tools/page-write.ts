import { UserError } from '#errors';
import { updateBlogPost, updatePage } from '#lib/confluence';
import { diffStorage, mergeStorage, verifyStorage, warningsOf } from '#lib/content';
import type { ChangeTarget, ChangeWarning, FieldDiff, Verification } from '#lib/wire';
import {
  type Document,
  type DocumentKind,
  documentNotFound,
  findDocument,
  readDocument,
} from './documents.ts';
import { contentNumber } from './ids.ts';
import type { Context, Outcome, Proposal, Rebase } from './operation.ts';
import { iso, oneLine } from './render.ts';
import { spaceById } from './resolve/space.ts';

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
  before: { title: string; parentId: string | null; ownerId: string | null; status: string; version: number };
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

/** A page or blog post as the target of a change. */
export async function documentTarget(ctx: Context, found: Document): Promise<ChangeTarget> {
  const space = await spaceById(ctx, found.spaceId);
  return {
    kind: found.kind,
    id: found.id,
    title: found.title,
    space: space === null ? null : { id: space.id, key: space.key, name: space.name },
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
  operation: 'edit_page' | 'update_page';
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

/** The proposal of one versioned PUT. Storage is written as it stands in `change`, byte for byte. */
export async function putProposal(ctx: Context, o: PutOptions): Promise<Proposal> {
  const { found, change } = o;
  const before = found.body ?? '';
  const after = change.storage ?? before;
  const value = change.foreign?.value ?? after;
  checkSize(value);
  const isDraft = found.status === 'draft' || change.status === 'draft';
  const put: PutRequest['put'] = {
    id: found.id,
    status: change.status ?? found.status,
    title: change.title ?? found.title,
    body: { representation: change.foreign?.representation ?? 'storage', value },
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
    warnings: unique([...(o.warnings ?? []), ...(after === before ? [] : warningsOf(before, after))]),
    editable: o.editable ?? null,
    undo: isDraft
      ? { possible: false, why: 'Drafts have no version history in Confluence.' }
      : { possible: true },
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

async function readTarget(ctx: Context, request: PutRequest): Promise<Document> {
  const { kind, put, before } = request;
  const draft = before.status === 'draft' || put.status === 'draft';
  const found = await findDocument(ctx, kind, put.id, {
    format: 'storage',
    ...(draft ? { draft: true } : {}),
  });
  if (found === null) throw documentNotFound(put.title, kind);
  return found;
}

/** Still at the base version, or merged onto what came since, or in conflict with it. */
export async function rebasePut(ctx: Context, proposal: Proposal): Promise<Rebase> {
  const request = putOf(proposal);
  const { kind, put, before } = request;
  const current = await readTarget(ctx, request);
  if (current.version === before.version || put.status === 'draft' || before.status === 'draft')
    return { kind: 'current' };
  const theirs = current.body ?? '';
  const base = await storageAt(ctx, kind, put.id, before.version);
  const ours = put.body.representation === 'storage' ? put.body.value : null;
  const conflict = (message: string): Rebase => ({
    kind: 'conflict',
    message,
    yours: ours === null ? null : diffStorage(base, ours),
    theirs: diffStorage(base, theirs),
  });
  if (current.status === 'trashed' && before.status !== 'trashed')
    return conflict('The page was moved to the trash meanwhile.');
  if (ours === null)
    return conflict('The page was changed meanwhile, and a body in this format cannot be merged.');
  const renames = put.title !== before.title;
  if (renames && current.title !== before.title && current.title !== put.title)
    return conflict(`The page was renamed to "${current.title}" meanwhile.`);
  const merged = mergeStorage(base, ours, theirs);
  if (!merged.ok) {
    const where = [...new Set(merged.conflicts.map((one) => one.where))]
      .filter((one) => one !== '')
      .join(', ');
    return conflict(
      `Someone else changed the same part meanwhile${where === '' ? '' : ` (${where})`}. Nothing was written.`,
    );
  }
  const fields = {
    renames: renames && current.title !== put.title,
    parent: put.parentId !== undefined,
    owner: put.ownerId !== undefined,
  };
  if (merged.storage === theirs && !fields.renames && !fields.parent && !fields.owner)
    return conflict('Someone else has made the same change meanwhile; nothing is left to do.');
  const rebased = await putProposal(ctx, {
    operation: proposal.operation as PutOptions['operation'],
    title: proposal.title,
    found: current,
    change: {
      ...(renames ? { title: put.title } : {}),
      ...(ours === base ? {} : { storage: merged.storage }),
      ...(put.parentId === undefined
        ? {}
        : {
            parent: {
              id: put.parentId,
              title: after(proposal, 'Parent') ?? put.parentId,
              before: current.parentId ?? '',
            },
          }),
      ...(put.ownerId === undefined
        ? {}
        : {
            owner: {
              id: put.ownerId,
              name: after(proposal, 'Owner') ?? put.ownerId,
              before: current.ownerId ?? '',
            },
          }),
    },
    message: put.version.message,
    input: proposal.input,
    editable: proposal.editable,
    warnings: proposal.warnings,
  });
  return { kind: 'rebased', proposal: rebased };
}

function after(proposal: Proposal, label: string): string | null {
  return proposal.diff.fields.find((field) => field.label === label)?.after ?? null;
}

/** One PUT with the version one above the base; Confluence answers 409 when that is no longer the next. */
export async function applyPut(ctx: Context, proposal: Proposal): Promise<Outcome> {
  const { kind, put, before } = putOf(proposal);
  const parameters = { id: contentNumber(put.id), body: put };
  const saved =
    kind === 'page'
      ? await updatePage(ctx.confluence, parameters)
      : await updateBlogPost(ctx.confluence, parameters);
  return {
    targetId: put.id,
    title: put.title,
    url: proposal.target.url,
    version: Number(saved?.version?.number ?? put.version.number),
    receipt: { baseVersion: before.version },
  };
}

/** Reads the version that was written and compares body, title, parent and owner with what was approved. */
export async function verifyPut(ctx: Context, proposal: Proposal, outcome: Outcome): Promise<Verification> {
  const request = putOf(proposal);
  const { kind, put, before } = request;
  const newest = await readTarget(ctx, request);
  const moved = outcome.version !== null && newest.version > outcome.version && put.status !== 'draft';
  const saved = moved
    ? await readDocument(ctx, kind, put.id, { format: 'storage', version: outcome.version ?? undefined })
    : newest;
  const details: string[] = [];
  if (saved.title !== put.title) details.push(`The title is "${saved.title}", not "${put.title}".`);
  if (put.parentId !== undefined && newest.parentId !== put.parentId)
    details.push('The page is not under the parent that was approved.');
  if (put.ownerId !== undefined && newest.ownerId !== put.ownerId)
    details.push('The owner is not the one that was approved.');
  const wrong = details.length;
  if (put.body.representation !== 'storage') {
    details.push('The body was sent in a format that Confluence converts, so it was not compared.');
    return {
      ok: wrong === 0,
      summary:
        wrong === 0 ? `Saved as version ${saved.version}.` : 'Something differs from what was approved.',
      version: saved.version,
      details,
    };
  }
  const isDraft = before.status === 'draft' || put.status === 'draft';
  const base = isDraft ? put.body.value : await storageAt(ctx, kind, put.id, before.version);
  const check = verifyStorage(base, put.body.value, saved.body ?? '');
  return {
    ok: wrong === 0 && check.ok,
    summary: check.summary,
    version: saved.version,
    details: [...details, ...check.details],
  };
}

/** After a crash: was version base+1 written with our comment and our body? By reading only. */
export async function settlePut(
  ctx: Context,
  proposal: Proposal,
): Promise<
  { kind: 'applied'; outcome: Outcome } | { kind: 'not_applied' } | { kind: 'unknown'; found: string }
> {
  const request = putOf(proposal);
  const { kind, put, before } = request;
  const current = await readTarget(ctx, request);
  const isDraft = before.status === 'draft' || put.status === 'draft';
  const number = isDraft ? current.version : before.version + 1;
  if (!isDraft && current.version < number) return { kind: 'not_applied' };
  const written =
    current.version === number
      ? current
      : await readDocument(ctx, kind, put.id, { format: 'storage', version: number });
  const sameBody =
    put.body.representation === 'storage' &&
    verifyStorage(put.body.value, put.body.value, written.body ?? '').ok;
  const sameMessage = written.versionMessage === put.version.message;
  const outcome: Outcome = {
    targetId: put.id,
    title: written.title,
    url: proposal.target.url,
    version: number,
    receipt: { baseVersion: before.version },
  };
  if (sameBody && (sameMessage || isDraft)) return { kind: 'applied', outcome };
  if (!sameBody && !sameMessage) return { kind: 'not_applied' };
  return {
    kind: 'unknown',
    found: `Version ${number} of "${written.title}" exists (${iso(written.versionAt) ?? 'time unknown'}); its ${sameBody ? 'body is ours but its comment is not' : 'comment is ours but its body differs'}.`,
  };
}

/**
 * The change that takes a body write back: while nobody edited since, the earlier body byte for byte; else
 * a merge that takes out only what the write put in. `baseVersion` of the result tells which.
 */
export async function inversePut(
  ctx: Context,
  proposal: Proposal,
  outcome: Outcome,
  kind: DocumentKind = 'page',
): Promise<Proposal | { impossible: string }> {
  const id = outcome.targetId;
  const baseVersion = Number(outcome.receipt.baseVersion);
  if (id === null || outcome.version === null || !Number.isInteger(baseVersion))
    return { impossible: 'It is not known what stood there before.' };
  const current = await findDocument(ctx, kind, id, { format: 'storage' });
  if (current === null) return { impossible: 'The page is gone or no longer visible to you.' };
  if (current.status !== 'current') return { impossible: `The page is ${current.status} now.` };
  const before = await readDocument(ctx, kind, id, { format: 'storage', version: baseVersion });
  const ours = await readDocument(ctx, kind, id, { format: 'storage', version: outcome.version });
  const request = proposal.request as Partial<PutRequest>;
  let storage = before.body ?? '';
  if (current.version !== outcome.version) {
    const merged = mergeStorage(ours.body ?? '', storage, current.body ?? '');
    if (!merged.ok)
      return {
        impossible:
          'Others have changed the same part since. Restore an earlier version or edit the page by hand.',
      };
    storage = merged.storage;
  }
  const retitled = before.title !== ours.title && current.title === ours.title;
  const parentBefore = request.put?.parentId !== undefined ? request.before?.parentId : undefined;
  const ownerBefore = request.put?.ownerId !== undefined ? request.before?.ownerId : undefined;
  const change: PutChange = {
    ...(retitled ? { title: before.title } : {}),
    ...(storage === current.body ? {} : { storage }),
    ...(parentBefore
      ? {
          parent: {
            id: parentBefore,
            title: `page ${parentBefore}`,
            before: `page ${current.parentId ?? ''}`,
          },
        }
      : {}),
    ...(ownerBefore ? { owner: { id: ownerBefore, name: ownerBefore, before: current.ownerId ?? '' } } : {}),
  };
  if (Object.keys(change).length === 0) return { impossible: 'Nothing of this change is left on the page.' };
  return putProposal(ctx, {
    operation: 'update_page',
    title: `Undo: ${proposal.title}`.slice(0, 240),
    found: current,
    change,
    input: { page: id, base_version: current.version },
  });
}
