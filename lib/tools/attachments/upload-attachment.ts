import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '#errors';
import { attachFiles } from '#lib/confluence';
import { openFile, saveFile } from '#lib/files';
import type { ChangeWarning } from '#lib/wire';
import { type Document, type DocumentKind, readDocument } from '../documents.ts';
import { isNotFound } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, Proposal, WriteOperation } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { defineStateWrite, type PlannedWrite, type Sent, type State, undoBy } from '../state-write.ts';
import { type AttachmentView, sizeText } from './attachment-view.ts';
import { deleteAttachmentOperation } from './delete-attachment.ts';
import { bytesOf } from './download-attachment.ts';
import { attachmentAt, filesOf } from './find-attachment.ts';

/** A file as it was shown: `sha256` of its bytes, so that no others are sent. */
type PinnedFile = {
  fileId: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  /** The version there now that it takes the place of; null: a new file. */
  replaces: { id: string; version: number } | null;
};
type UploadRequest = {
  pageId: string;
  kind: DocumentKind;
  files: PinnedFile[];
  comment: string;
  minorEdit: boolean;
};

const input = z.object({
  id: text,
  files: z.array(text).min(1).max(20),
  comment: z.string().trim().max(255).optional(),
  minor_edit: z.boolean().optional(),
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One of the person's own files. @throws UserError not_found in words of an upload. */
async function given(ctx: Context, id: string) {
  try {
    return await openFile(ctx.user.id, id.replace(/^.*\/api\/files\//, ''));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new UserError('not_found', `The file "${oneLine(id)}" is not there, or is not kept any more.`, {
      next: 'Files are kept for a day, for the person who gave them. Attach the file to the chat again, or send it to /api/files.',
      cause: error,
    });
  }
}

async function pinned(ctx: Context, ids: readonly string[], page: Document): Promise<PinnedFile[]> {
  const there = new Map((await filesOf(ctx, page)).map((file) => [file.filename, file]));
  const files: PinnedFile[] = [];
  for (const id of new Set(ids)) {
    const { bytes, ...file } = await given(ctx, id);
    const { name } = file;
    if (files.some((one) => one.name === name)) {
      throw new UserError('invalid_input', `files: Two of them are called "${name}".`, {
        next: 'Rename one, or upload them one after the other.',
      });
    }
    const old = there.get(name) ?? (await filesOf(ctx, page, name))[0];
    files.push({
      fileId: file.id,
      name,
      mediaType: file.mediaType,
      size: file.size,
      sha256: hashOf(bytes),
      replaces: old === undefined ? null : { id: old.id, version: old.version ?? 1 },
    });
  }
  return files;
}

const fact = (version: number, size: number) => ({ version, size });
const key = (file: PinnedFile): string => `file ${file.name}`;

function warningsFor(files: readonly PinnedFile[]): ChangeWarning[] {
  const replaced = files.filter((file) => file.replaces !== null);
  return replaced.length === 0
    ? []
    : [
        {
          code: 'new_version',
          message: `The page has ${replaced.map((file) => `"${file.name}"`).join(', ')} already: ${replaced.length === 1 ? 'it becomes' : 'they become'} the next version, and pages that show ${replaced.length === 1 ? 'it' : 'them'} show the new one. The old version stays in its history.`,
          mustConfirm: false,
        },
      ];
}

async function plan(ctx: Context, o: z.output<typeof input>): Promise<PlannedWrite<UploadRequest>> {
  const page = await resolveDocument(ctx, o.id, ['page', 'blog_post']);
  const files = await pinned(ctx, o.files, page);
  const now = await shownFiles(ctx, page, files);
  const [first] = files;
  const what = files.length === 1 ? `"${first?.name}"` : counted(files.length, 'file');
  const mixed = files.some((file) => file.replaces === null) && files.some((file) => file.replaces !== null);
  return {
    title: `Upload ${what} to "${page.title}"`,
    target: await documentTarget(ctx, page),
    input: { ...o, id: page.id, files: files.map((file) => file.fileId) },
    request: {
      pageId: page.id,
      kind: page.kind,
      files,
      comment: o.comment ?? '',
      minorEdit: o.minor_edit ?? false,
    },
    before: now,
    after: Object.fromEntries(
      files.map((file) => [
        key(file),
        { ...fact((file.replaces?.version ?? 0) + 1, file.size), sha256: file.sha256 },
      ]),
    ),
    diff: {
      fields: [
        ...files.map((file) => ({
          label: file.name,
          before: file.replaces === null ? null : `version ${file.replaces.version}`,
          after: `${file.replaces === null ? 'new file' : `version ${file.replaces.version + 1}`}, ${sizeText(file.size)}, ${file.mediaType}, SHA-256 ${file.sha256.slice(0, 16)}…`,
        })),
        ...(o.comment ? [{ label: 'Comment', before: null, after: o.comment }] : []),
      ],
      body: null,
    },
    warnings: warningsFor(files),
    undo: mixed
      ? {
          possible: false,
          why: 'some of the files are new and some are new versions. Upload them separately to be able to undo.',
        }
      : { possible: true },
  };
}

/** What the page shows under these names: version and size of each, null where there is none. */
async function shownFiles(ctx: Context, page: Document, files: readonly PinnedFile[]): Promise<State> {
  const found: Record<string, unknown> = {};
  for (const file of files) {
    const [one] = await filesOf(ctx, page, file.name);
    found[key(file)] = one === undefined ? null : fact(one.version ?? 1, one.size);
  }
  return found;
}

async function attached(
  ctx: Context,
  request: UploadRequest,
): Promise<{ state: Record<string, unknown>; ids: string[] }> {
  const page = await readDocument(ctx, request.kind, request.pageId);
  const state: Record<string, unknown> = {};
  const ids: string[] = [];
  for (const file of request.files) {
    const [one]: (AttachmentView | undefined)[] = await filesOf(ctx, page, file.name);
    const found = one === undefined ? null : await attachmentAt(ctx, one.id);
    state[key(file)] =
      found === null
        ? null
        : { ...fact(found.version ?? 1, found.size), sha256: hashOf(await bytesOf(ctx, found)) };
    if (found !== null) ids.push(found.id);
  }
  return { state, ids };
}

/** The bytes are there, and not as a version that was there before. */
const isSent = (request: UploadRequest, state: Record<string, unknown>): boolean =>
  request.files.every((file) => {
    const now = state[key(file)] as { sha256?: string; version?: number } | null;
    return now?.sha256 === file.sha256 && (now.version ?? 1) > (file.replaces?.version ?? 0);
  });

async function send(ctx: Context, request: UploadRequest): Promise<Sent> {
  const files = [];
  for (const file of request.files) {
    const { bytes } = await given(ctx, file.fileId);
    if (hashOf(bytes) !== file.sha256)
      throw new UserError('conflict', `"${file.name}" is not the file that was approved.`, {
        next: 'Attach it again and look at the new proposal.',
      });
    files.push({ name: file.name, mediaType: file.mediaType, bytes, comment: request.comment });
  }
  try {
    const made = await attachFiles(ctx.confluence, {
      contentId: request.pageId,
      files,
      minorEdit: request.minorEdit,
    });
    return { targetId: request.pageId, receipt: { ids: made.map((one) => one.id) } };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const most = Math.max(...request.files.map((file) => file.size));
    throw new UserError(
      'too_large',
      `Confluence answered "not found" to the upload. That is how it refuses a file larger than the site allows (usually 100 MB; the largest here has ${sizeText(most)}), or a page you may not attach files to.`,
      { next: 'Ask an administrator of the site for the limit, or attach a smaller file.', cause: error },
    );
  }
}

/** The bytes that were there before, uploaded once more: Confluence keeps them but cannot go back to them. */
async function oldBytesAgain(
  ctx: Context,
  request: UploadRequest,
  proposal: Proposal,
): Promise<Proposal | { impossible: string }> {
  const ids: string[] = [];
  for (const file of request.files) {
    const { replaces } = file;
    const old = replaces === null ? null : await attachmentAt(ctx, replaces.id, replaces.version);
    if (old === null || replaces === null) return { impossible: `"${file.name}" is not there any more.` };
    const bytes = await bytesOf(ctx, old, replaces.version);
    const saved = await saveFile(ctx.user.id, { name: file.name, mediaType: old.media_type, bytes });
    if (saved.name !== file.name) return { impossible: `"${file.name}" is a name that cannot be kept here.` };
    ids.push(saved.id);
  }
  const again = {
    id: request.pageId,
    files: ids,
    comment: `Version ${request.files[0]?.replaces?.version} again`,
    minor_edit: request.minorEdit,
  };
  return undoBy(ctx, uploadAttachment, again, proposal);
}

export const uploadAttachment: WriteOperation = defineStateWrite<typeof input, UploadRequest>({
  name: 'upload_attachment',
  input,
  plan,
  async read(ctx, request, made) {
    if (made !== null) return (await attached(ctx, request)).state;
    return shownFiles(ctx, await readDocument(ctx, request.kind, request.pageId), request.files);
  },
  send,
  async found(ctx, request) {
    const { state, ids } = await attached(ctx, request);
    return isSent(request, state) ? { targetId: request.pageId, receipt: { ids } } : null;
  },
  async inverse(ctx, { request, proposal, outcome }) {
    if (request.files.every((file) => file.replaces !== null)) return oldBytesAgain(ctx, request, proposal);
    const { ids } = outcome.receipt;
    const attachments = Array.isArray(ids) ? ids.map(String) : [];
    return undoBy(ctx, deleteAttachmentOperation, { attachments }, proposal);
  },
  done: 'The files were downloaded again and are byte for byte those that were approved.',
});
