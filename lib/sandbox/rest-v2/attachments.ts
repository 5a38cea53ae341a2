import {
  attachmentsOf,
  attachmentsOfSite,
  attachmentVersionsOf,
  contentIdsWithLabel,
  findAttachment,
  findContentAnywhere,
  findLabel,
  findSpace,
  labelsOf,
  propertiesOf,
  purgeAttachment,
  updateAttachment,
} from '../db/index.ts';
import { json, nothing, type Reply, redirect } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { signedFileUrl } from '../pages/files.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Attachment, Content, ContentType } from '../types.ts';
import { visibleCustomContent } from './custom-content-access.ts';
import { idParam, requireUpdate, visibleContent } from './find.ts';
import { labelJson } from './label-shapes.ts';
import { paged, sorted, sortNames } from './paging.ts';
import { propertyJson } from './property-shapes.ts';
import { attachmentJson } from './remark-shapes.ts';
import { versionJson } from './shapes.ts';

type Placed = { file: Attachment; content: Content };

const byDate = (a: Placed, b: Placed) => a.file.createdAt.localeCompare(b.file.createdAt);
const order = { 'created-date': byDate, 'modified-date': byDate };

function list(call: Call, placed: Placed[]): Reply {
  const { query } = call;
  const sort = query.oneOf('sort', sortNames(Object.keys(order)));
  const statuses = query.listOf('status', ['current', 'archived', 'trashed'] as const) ?? ['current'];
  const mediaType = query.text('mediaType');
  const filename = query.text('filename');
  const kept = placed.filter(
    ({ file }) =>
      statuses.includes(file.status) &&
      (!mediaType || file.mediaType === mediaType) &&
      (!filename || file.filename === filename),
  );
  return paged(
    call,
    sorted(kept, sort, order),
    ({ file, content }) => attachmentJson(call, file, content),
    50,
  );
}

function ofContent(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type);
    const files = [...attachmentsOf(call.db, content.id), ...attachmentsOf(call.db, content.id, 'trashed')];
    return list(
      call,
      files.map((file) => ({ file, content })),
    );
  };
}

function visible(call: Call, file: Attachment): Placed[] {
  const content = findContentAnywhere(call.db, file.contentId);
  const seen =
    content?.cloudId === call.site.cloudId && content.status !== 'trashed' && call.access.canView(content);
  return content && seen ? [{ file, content }] : [];
}

function ofSite(call: Call): Reply {
  return list(
    call,
    attachmentsOfSite(call.db, call.site.cloudId).flatMap((file) => visible(call, file)),
  );
}

/** `GET /labels/{id}/attachments`: files with the label that the caller sees. */
function ofLabel(call: Call): Reply {
  const label = findLabel(call.db, call.site.cloudId, idParam(call));
  if (!label) throw notFound();
  const files = contentIdsWithLabel(call.db, label.id)
    .filter((id) => id.startsWith('att'))
    .flatMap((id) => findAttachment(call.db, id) ?? []);
  return list(
    call,
    files.flatMap((file) => visible(call, file)),
  );
}

/** The file of the path with its page or post, in the trash or not; 404 when the caller does not see it. */
export function visibleAttachment(call: Call, name = 'id'): Placed {
  const file = findAttachment(call.db, param(call, name));
  const [placed] = file ? visible(call, file) : [];
  if (!placed) throw notFound();
  return placed;
}

function getOne(call: Call): Reply {
  const { file, content } = visibleAttachment(call);
  const wanted = call.query.integer('version', { min: 1, max: 1_000_000 });
  const old = wanted === undefined ? undefined : versionOf(call, file, wanted);
  const shown = old === undefined ? file : { ...file, ...old, version: old.number, createdAt: old.createdAt };
  const result = attachmentJson(call, shown, content);
  const part = (name: string, results: object[]) => {
    result[name] = {
      results,
      meta: { hasMore: false, cursor: '' },
      _links: { self: `${call.base}${call.path.slice('/wiki'.length)}/${name}` },
    };
  };
  if (call.query.flag('include-labels')) part('labels', labelsOf(call.db, 'content', file.id).map(labelJson));
  if (call.query.flag('include-properties'))
    part('properties', propertiesOf(call.db, 'attachment', file.id).map(propertyJson));
  if (call.query.flag('include-versions'))
    part(
      'versions',
      attachmentVersionsOf(call.db, file).map((one) => versionJson({ ...one, message: one.comment })),
    );
  if (call.query.flag('include-operations')) part('operations', permitted(call, content));
  if (!call.query.flag('include-version', true)) delete result.version;
  return { ...json({ ...result, _links: { ...(result._links as object), base: call.base } }), points: 1 };
}

function versionOf(call: Call, file: Attachment, number: number) {
  const found = attachmentVersionsOf(call.db, file).find((one) => one.number === number);
  if (!found) throw notFound();
  return found;
}

/** To the trash; with `purge=true`, which only a space administrator may, out of the trash for good. */
function remove(call: Call): Reply {
  const { file, content } = visibleAttachment(call);
  requireUpdate(call, content);
  if (call.query.flag('purge')) {
    const space = findSpace(call.db, content.spaceId);
    if (!space || !call.access.canAdminister(space))
      throw new Problem(404, 'Not Found', { detail: 'Only an administrator of the space may purge.' });
    if (file.status !== 'trashed') throw badRequest('Only an attachment in the trash can be purged.');
    purgeAttachment(call.db, file.id);
  } else {
    if (file.status === 'trashed') throw notFound();
    updateAttachment(call.db, { ...file, status: 'trashed' });
  }
  call.app.index.changed(content.id);
  return nothing();
}

function permitted(call: Call, content: Content): { operation: string; targetType: string }[] {
  const may = (operation: string) => ({ operation, targetType: 'attachment' });
  return call.access.canUpdate(content) ? [may('read'), may('update'), may('delete')] : [may('read')];
}

function versions(call: Call): Reply {
  const { file } = visibleAttachment(call);
  const sort = call.query.oneOf('sort', ['modified-date', '-modified-date'] as const);
  const all = sorted(attachmentVersionsOf(call.db, file), sort, {
    'modified-date': (a, b) => a.number - b.number,
  });
  return paged(call, all, (one) => ({
    ...versionJson({ ...one, message: one.comment }),
    minorEdit: one.minorEdit === 1,
    attachment: { id: file.id, title: file.filename },
  }));
}

function version(call: Call): Reply {
  const { file } = visibleAttachment(call, 'attachment-id');
  const number = Number(idParam(call, 'version-number'));
  const found = versionOf(call, file, number);
  return json({
    ...versionJson({ ...found, message: found.comment }),
    minorEdit: found.minorEdit === 1,
    contentTypeModified: false,
    collaborators: [found.authorId],
    ...(number > 1 ? { prevVersion: number - 1 } : {}),
    ...(number < file.version ? { nextVersion: number + 1 } : {}),
  });
}

/** 302 to the picture itself: it is not made smaller here. Only pictures have one. */
function thumbnail(call: Call): Reply {
  const { file } = visibleAttachment(call);
  const number = call.query.integer('version', { min: 1, max: 1_000_000 });
  if (number !== undefined) versionOf(call, file, number);
  if (!file.mediaType.startsWith('image/') || file.status !== 'current') throw notFound();
  return redirect(signedFileUrl(call.app, file, number));
}

/** Custom content here has neither files nor comments. */
export function noneOfCustomContent(call: Call): Reply {
  visibleCustomContent(call, idParam(call));
  return paged(call, [], (one) => one);
}

const reading = { method: 'GET', scopes: ['read:attachment:confluence'] };
const root = '/wiki/api/v2/attachments';

export const attachmentRoutes: Route[] = [
  { ...reading, path: root, handle: ofSite },
  { ...reading, path: `${root}/{id}`, handle: getOne },
  { method: 'DELETE', path: `${root}/{id}`, scopes: ['delete:attachment:confluence'], handle: remove },
  {
    ...reading,
    path: `${root}/{id}/labels`,
    handle: (call) => paged(call, labelsOf(call.db, 'content', visibleAttachment(call).file.id), labelJson),
  },
  {
    ...reading,
    path: `${root}/{id}/operations`,
    handle: (call) => json({ operations: permitted(call, visibleAttachment(call).content) }),
  },
  { ...reading, path: `${root}/{id}/versions`, handle: versions },
  { ...reading, path: `${root}/{attachment-id}/versions/{version-number}`, handle: version },
  { ...reading, path: `${root}/{id}/thumbnail/download`, handle: thumbnail },
  { ...reading, path: '/wiki/api/v2/pages/{id}/attachments', handle: ofContent('page') },
  { ...reading, path: '/wiki/api/v2/blogposts/{id}/attachments', handle: ofContent('blogpost') },
  { ...reading, path: '/wiki/api/v2/labels/{id}/attachments', handle: ofLabel },
  { ...reading, path: '/wiki/api/v2/custom-content/{id}/attachments', handle: noneOfCustomContent },
];
