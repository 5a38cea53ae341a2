import { z } from 'zod';
import { UserError } from '#errors';
import { restoreContentVersion } from '#lib/confluence';
import { diffStorage, sameStorage, warningsOf } from '#lib/content';
import { defineWrite } from '../define.ts';
import { type DocumentKind, documentNotFound, findDocument, itemOf, readDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import {
  checkBody,
  documentTarget,
  inversePut,
  requireWritten,
  storageAt,
  versionMessage,
} from '../page-write/index.ts';
import { sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';

const input = z.object({
  id: text,
  version: z.int().min(1),
  message: text.optional(),
  restore_title: z.boolean().optional(),
});
type Input = z.output<typeof input>;

type RestoreRequest = {
  kind: DocumentKind;
  id: string;
  baseVersion: number;
  post: {
    operationKey: 'restore';
    params: { versionNumber: number; message: string; restoreTitle: boolean };
  };
};

const requestOf = (proposal: Proposal): RestoreRequest => proposal.request as RestoreRequest;

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  const current = await resolveDocument(ctx, o.id, ['page', 'blog_post'], { format: 'storage' });
  if (o.version >= current.version) {
    throw new UserError(
      'invalid_input',
      `version: "${current.title}" is at version ${current.version}, so only 1 to ${current.version - 1} can be restored.`,
      { next: 'See list_versions.' },
    );
  }
  const old = await readDocument(ctx, current.kind, current.id, { format: 'storage', version: o.version });
  const [before, after] = [current.body ?? '', old.body ?? ''];
  const retitle = o.restore_title === true && old.title !== current.title;
  if (before === after && !retitle) {
    return {
      noChange: true,
      text: `"${current.title}" reads now as it did in version ${o.version}. No change was proposed.`,
      sources: [sourceOf(await itemOf(ctx, current))],
    };
  }
  const title = `Restore version ${o.version} of "${current.title}"`;
  const post = {
    operationKey: 'restore' as const,
    params: {
      versionNumber: o.version,
      message: versionMessage(title, o.message),
      restoreTitle: o.restore_title === true,
    },
  };
  const between = current.version - o.version;
  return {
    operation: 'restore_version',
    input: { ...o, id: current.id },
    title,
    target: await documentTarget(ctx, current),
    baseVersion: current.version,
    request: {
      kind: current.kind,
      id: current.id,
      baseVersion: current.version,
      post,
    } satisfies RestoreRequest,
    diff: {
      fields: retitle ? [{ label: 'Title', before: current.title, after: old.title }] : [],
      body: before === after ? null : diffStorage(before, after),
    },
    warnings: [
      {
        code: 'takes_back_versions',
        message: `Everything ${between === 1 ? 'version' : `the ${between} versions`} after ${o.version} changed goes out of view; the history keeps it.`,
        mustConfirm: false,
      },
      ...warningsOf(before, after),
    ],
    editable: null,
    undo: { possible: true },
  };
}

function outcomeOf(proposal: Proposal, version: number): Outcome {
  const { id } = requestOf(proposal);
  return {
    targetId: id,
    title: proposal.target.title,
    url: proposal.target.url,
    version,
    // The restore asks for no version: what stood there is the one before its own, whoever saved that.
    receipt: { baseVersion: version - 1 },
  };
}

export const restoreVersion = defineWrite({
  name: 'restore_version',
  input,
  output: proposalShape,
  preview,
  async rebase(ctx, proposal) {
    const { kind, id, baseVersion } = requestOf(proposal);
    const current = await findDocument(ctx, kind, id);
    if (current === null) throw documentNotFound(id, kind);
    if (current.version === baseVersion) return { kind: 'current' };
    const fresh = await preview(ctx, input.parse(proposal.input));
    if ('noChange' in fresh)
      return { kind: 'conflict', message: fresh.text, yours: proposal.diff.body, theirs: null };
    return { kind: 'rebased', proposal: fresh };
  },
  async apply(ctx, proposal) {
    const { id, baseVersion, post } = requestOf(proposal);
    const saved = await restoreContentVersion(ctx.confluence, { id, ...post });
    return outcomeOf(proposal, Number(saved?.number ?? baseVersion + 1));
  },
  async verify(ctx, proposal, outcome) {
    const { kind, id, baseVersion, post } = requestOf(proposal);
    const approved = await readDocument(ctx, kind, id, {
      format: 'storage',
      version: post.params.versionNumber,
    });
    const saved = await readDocument(ctx, kind, id, {
      format: 'storage',
      ...(outcome.version === null ? {} : { version: outcome.version }),
    });
    requireWritten(saved, outcome.version);
    const check = await checkBody(ctx, {
      saved,
      body: { representation: 'storage', value: approved.body ?? '' },
      base: 'same',
    });
    const retitled = !post.params.restoreTitle || saved.title === approved.title;
    const between =
      saved.version > baseVersion + 1
        ? [
            `Somebody saved version ${saved.version - 1} just before the restore; the history keeps it, and Undo brings it back.`,
          ]
        : [];
    return {
      ok: check.ok && retitled,
      summary:
        check.ok && retitled
          ? `Version ${saved.version} reads as version ${post.params.versionNumber} did: ${check.summary}.`
          : retitled
            ? check.summary
            : 'The title is not as approved.',
      version: saved.version,
      details: [
        ...(retitled ? [] : [`The title is "${saved.title}", not "${approved.title}".`]),
        ...between,
        ...check.details,
      ],
      ...(check.diff === null ? {} : { diff: check.diff }),
    };
  },
  async settle(ctx, proposal) {
    const { kind, id, baseVersion, post } = requestOf(proposal);
    const current = await findDocument(ctx, kind, id);
    if (current === null) throw documentNotFound(id, kind);
    if (current.version === baseVersion) return { kind: 'not_applied' };
    const next = await readDocument(ctx, kind, id, { format: 'storage', version: baseVersion + 1 });
    const approved = await storageAt(ctx, kind, id, post.params.versionNumber);
    if (!sameStorage(approved, next.body ?? '')) return { kind: 'not_applied' };
    if (next.versionMessage === post.params.message)
      return { kind: 'applied', outcome: outcomeOf(proposal, baseVersion + 1) };
    return {
      kind: 'unknown',
      found: `Version ${baseVersion + 1} reads as version ${post.params.versionNumber} did, but its comment is not ours.`,
    };
  },
  inverse: (ctx, proposal, outcome) => inversePut(ctx, proposal, outcome, requestOf(proposal).kind),
});
