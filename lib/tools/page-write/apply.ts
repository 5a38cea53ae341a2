import { updateBlogPost, updatePage } from '#lib/confluence';
import { sameStorage } from '#lib/content';
import type { Verification } from '#lib/wire';
import { readDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { iso } from '../render.ts';
import { checkBody, requireWritten } from './check.ts';
import { putOf, readTarget } from './put.ts';

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

/**
 * Reads the version that was written and compares body, title, parent and owner with what was approved. What others
 * have done to the page since is theirs and no difference.
 */
export async function verifyPut(ctx: Context, proposal: Proposal, outcome: Outcome): Promise<Verification> {
  const request = putOf(proposal);
  const { kind, put, before } = request;
  const newest = await readTarget(ctx, request);
  const isDraft = before.status === 'draft' || put.status === 'draft';
  if (!isDraft) requireWritten(newest, outcome.version);
  const movedOn = !isDraft && outcome.version !== null && newest.version > outcome.version;
  const saved = movedOn
    ? await readDocument(ctx, kind, put.id, { format: 'storage', version: outcome.version ?? undefined })
    : newest;
  const wrong: string[] = [];
  if (saved.title !== put.title) wrong.push(`The title is "${saved.title}", not "${put.title}".`);
  // Place and owner have no versions: after a later save it is not known whose they are.
  if (!movedOn && put.parentId !== undefined && newest.parentId !== put.parentId)
    wrong.push('The page is not under the parent that was approved.');
  if (!movedOn && put.ownerId !== undefined && newest.ownerId !== put.ownerId)
    wrong.push('The owner is not the one that was approved.');
  const check = await checkBody(ctx, {
    saved,
    body: put.body,
    base: isDraft ? 'same' : before.version,
  });
  return {
    ok: wrong.length === 0 && check.ok,
    summary: wrong.length === 0 ? check.summary : `${wrong.join(' ')} ${check.summary}`,
    version: saved.version,
    details: [...wrong, ...check.details],
    ...(check.diff === null ? {} : { diff: check.diff }),
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
  const sameBody = put.body.representation === 'storage' && sameStorage(put.body.value, written.body ?? '');
  const sameMessage = written.versionMessage === put.version.message;
  const outcome: Outcome = {
    targetId: put.id,
    title: written.title,
    url: proposal.target.url,
    version: number,
    receipt: { baseVersion: before.version },
  };
  if (isDraft && put.body.representation === 'storage') {
    const asWritten =
      sameBody &&
      written.title === put.title &&
      (put.parentId === undefined || written.parentId === put.parentId) &&
      (put.ownerId === undefined || written.ownerId === put.ownerId);
    return asWritten ? { kind: 'applied', outcome } : { kind: 'not_applied' };
  }
  if (isDraft)
    return {
      kind: 'unknown',
      found: `The body of the draft "${written.title}" was sent in a format that Confluence converts, so it cannot be compared.`,
    };
  if (sameBody && sameMessage) return { kind: 'applied', outcome };
  if (!sameBody && !sameMessage) return { kind: 'not_applied' };
  return {
    kind: 'unknown',
    found: `Version ${number} of "${written.title}" exists (${iso(written.versionAt) ?? 'time unknown'}); its ${sameBody ? 'body is ours but its comment is not' : 'comment is ours but its body differs'}.`,
  };
}
