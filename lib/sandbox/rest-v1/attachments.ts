import { randomUUID } from 'node:crypto';
import {
  attachmentsOf,
  attachmentVersionsOf,
  findAttachment,
  findContent,
  insertAttachment,
  nextId,
  putAttachmentVersion,
  updateAttachment,
} from '../db/index.ts';
import { json, type Reply, redirect } from '../http/message.ts';
import { type Part, readMultipart } from '../http/multipart.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { signedFileUrl } from '../pages/files.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import { versionConflict } from '../rest/writes.ts';
import type { Attachment, Content } from '../types.ts';
import { requireUpdate, visibleContent } from './find.ts';
import { partJson } from './shapes.ts';

type Upload = { filename: string; mediaType: string; bytes: Buffer; comment: string; minorEdit: 0 | 1 };

/** Without the header a form of any web page could send files here, so Confluence blocks the request. */
function requireToken(call: Call): void {
  const given = call.request.headers['x-atlassian-token'];
  if (given !== 'nocheck' && given !== 'no-check') throw new Problem(403, 'XSRF check failed');
}

const text = (part: Part | undefined): string | undefined => part?.bytes.toString('utf8');

function uploads(call: Call): Upload[] {
  const parts = readMultipart(call.request);
  const named = (name: string) => parts.filter((part) => part.name === name);
  const files = named('file');
  const comments = named('comment');
  if (files.length === 0 || files.some((file) => !file.filename))
    throw badRequest("At least one part 'file' with a file name is required.");
  if (comments.length > 0 && comments.length !== files.length)
    throw badRequest('If you specify a comment, then every file must have a comment.');
  const minorEdit = text(named('minorEdit')[0])?.replaceAll('"', '') === 'true' ? 1 : 0;
  return files.map((file, index) => {
    // The document has this as a 404, which hides that the file was too large.
    if (file.bytes.length > call.app.settings.attachmentBytes)
      throw notFound(
        `The attachment exceeds the maximum size of ${call.app.settings.attachmentBytes} bytes.`,
      );
    return {
      filename: (file.filename ?? '').split(/[\\/]/).at(-1) ?? '',
      mediaType: file.mediaType,
      bytes: file.bytes,
      comment: text(comments[index]) ?? '',
      minorEdit,
    };
  });
}

function holder(call: Call): Content {
  const status = call.query.oneOf('status', ['current', 'draft'] as const);
  const content = visibleContent(call);
  if (content.status === 'trashed' || (status === 'draft' && content.status !== 'draft'))
    throw notFound(`No content found with id : ContentId{id=${content.id}}`);
  requireUpdate(call, content);
  return content;
}

function store(call: Call, content: Content, upload: Upload): Attachment {
  const id = `att${nextId(call.db)}`;
  const { bytes, ...rest } = upload;
  insertAttachment(
    call.db,
    {
      ...rest,
      id,
      contentId: content.id,
      authorId: call.person.accountId,
      createdAt: new Date().toISOString(),
      version: 1,
      fileId: randomUUID(),
    },
    bytes,
  );
  return found(call, id);
}

function renew(call: Call, file: Attachment, upload: Upload): Attachment {
  const { bytes, filename: _kept, ...rest } = upload;
  putAttachmentVersion(
    call.db,
    {
      ...file,
      ...rest,
      authorId: call.person.accountId,
      createdAt: new Date().toISOString(),
      version: file.version + 1,
      fileId: randomUUID(),
    },
    bytes,
  );
  return found(call, file.id);
}

function found(call: Call, id: string): Attachment {
  const file = findAttachment(call.db, id);
  if (!file) throw notFound(`No attachment found with id : ${id}`);
  return file;
}

const expand = new Set(['version', 'container']);

function listed(call: Call, content: Content, files: Attachment[]): Reply {
  return json({
    results: files.map((file) => partJson(call, file, content, expand)),
    size: files.length,
    _links: { base: call.base, context: '/wiki' },
  });
}

/** `POST` adds files only; `PUT` also makes a new version of a file of the same name. */
function upload(mode: 'add' | 'put'): (call: Call) => Reply {
  return (call) => {
    requireToken(call);
    const content = holder(call);
    const sent = uploads(call);
    const there = (name: string) => attachmentsOf(call.db, content.id).find((file) => file.filename === name);
    const taken = sent.find((one) => there(one.filename) !== undefined);
    if (mode === 'add' && taken)
      throw badRequest(
        `Cannot add a new attachment with same file name as an existing attachment: ${taken.filename}`,
      );
    const files = call.db.transaction(() =>
      sent.map((one) => {
        const old = there(one.filename);
        return old ? renew(call, old, one) : store(call, content, one);
      }),
    )();
    call.app.index.changed(content.id);
    return listed(call, content, files);
  };
}

function attachmentOf(call: Call, content: Content): Attachment {
  const file = findAttachment(call.db, param(call, 'attachmentId'));
  if (!file || file.contentId !== content.id || file.status !== 'current')
    throw notFound(`No attachment found with id : ${param(call, 'attachmentId')}`);
  return file;
}

/** `POST .../data`: new bytes for the attachment of this id, whatever the sent file is called. */
function newData(call: Call): Reply {
  requireToken(call);
  const content = holder(call);
  const file = attachmentOf(call, content);
  const [one] = uploads(call);
  if (!one) throw badRequest("A part 'file' is required.");
  const renewed = call.db.transaction(() => renew(call, file, one))();
  call.app.index.changed(content.id);
  return json(partJson(call, renewed, content, expand));
}

/** `PUT` of the properties: name, media type, comment, and the page it is on. The version number stays. */
function properties(call: Call): Reply {
  const content = holder(call);
  const file = attachmentOf(call, content);
  const body = call.body();
  if (body.requiredText('type') !== 'attachment') throw badRequest("'type' must be attachment.");
  const number = body.object('version')?.number('number');
  if (number === undefined) throw badRequest("'version.number' is required.");
  if (number !== file.version) throw versionConflict(file.version, number);
  const metadata = body.object('metadata');
  const extensions = body.object('extensions');
  const to = body.object('container')?.text('id') ?? content.id;
  const target = findContent(call.db, call.site.cloudId, to);
  if (!target || !call.access.canView(target) || !call.access.canUpdate(target))
    throw new Problem(403, `User not permitted to move the attachment to ContentId{id=${to}}`);
  const filename = body.text('title') ?? file.filename;
  const taken = attachmentsOf(call.db, target.id).some(
    (one) => one.id !== file.id && one.filename === filename,
  );
  if (taken || filename.trim() === '')
    throw badRequest(`Cannot use the file name '${filename}': another attachment has it, or it is empty.`);
  const changed: Attachment = {
    ...file,
    contentId: target.id,
    filename,
    mediaType: metadata?.text('mediaType') ?? extensions?.text('mediaType') ?? file.mediaType,
    comment: metadata?.text('comment') ?? extensions?.text('comment') ?? file.comment,
  };
  updateAttachment(call.db, changed);
  for (const id of new Set([content.id, target.id])) call.app.index.changed(id);
  return json(partJson(call, changed, target, expand));
}

/** `GET .../download`: 302 to a signed address that needs, and must be given, no credentials. */
function download(call: Call): Reply {
  const content = visibleContent(call);
  const file = attachmentOf(call, content);
  const version = call.query.integer('version', { min: 1, max: 1_000_000 });
  if (version !== undefined && !attachmentVersionsOf(call.db, file).some((one) => one.number === version))
    throw badRequest(`There is no version ${version} of this attachment.`);
  return redirect(signedFileUrl(call.app, file, version));
}

const root = '/wiki/rest/api/content/{id}/child/attachment';
const writing = {
  scopes: ['read:content-details:confluence', 'write:attachment:confluence'],
  classic: ['write:confluence-file'],
};

export const attachmentV1Routes: Route[] = [
  { method: 'POST', path: root, ...writing, handle: upload('add') },
  { method: 'PUT', path: root, ...writing, handle: upload('put') },
  {
    method: 'PUT',
    path: `${root}/{attachmentId}`,
    scopes: writing.scopes,
    classic: ['write:confluence-file', 'write:confluence-props'],
    handle: properties,
  },
  { method: 'POST', path: `${root}/{attachmentId}/data`, ...writing, handle: newData },
  {
    method: 'GET',
    path: `${root}/{attachmentId}/download`,
    scopes: ['read:attachment:confluence'],
    classic: ['readonly:content.attachment:confluence'],
    handle: download,
  },
];
