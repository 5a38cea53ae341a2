import {
  attachmentVersionsOf,
  findContentAnywhere,
  findSpace,
  labelsOf,
  likesOf,
  propertiesOf,
  versionsOf,
} from '../db/index.ts';
import { storageToAdf } from '../render/adf.ts';
import { storageToHtml } from '../render/html.ts';
import { renderContext } from '../rest/render-context.ts';
import type { Call } from '../rest/route.ts';
import { tinyCode } from '../rest/tiny-code.ts';
import { spacePermissionKinds } from '../space-roles.ts';
import type { Attachment, Comment, Content, ContentVersion, Label, Person, Space } from '../types.ts';
import { propertyJson } from './property-shapes.ts';

/** Body formats a list answers, and those of a single page or post. */
export const listFormats = ['storage', 'atlas_doc_format'] as const;
export const singleFormats = [
  ...listFormats,
  'view',
  'export_view',
  'anonymous_export_view',
  'styled_view',
  'editor',
] as const;
export type BodyFormat = (typeof singleFormats)[number];

/** A storage body in the asked format; `{}` when none was asked. */
export function bodyJson(
  call: Call,
  content: Pick<Content, 'id' | 'spaceId'>,
  storage: string,
  format: BodyFormat | undefined,
): object {
  if (!format) return {};
  const values: Partial<Record<BodyFormat, () => string>> = {
    storage: () => storage,
    editor: () => storage,
    atlas_doc_format: () => JSON.stringify(storageToAdf(storage)),
  };
  const value = values[format]?.() ?? storageToHtml(storage, renderContext(call, content));
  return { [format]: { representation: format, value } };
}

/** Path of a page below the site's `/wiki`, as Confluence builds it. */
export function webuiOf(call: Call, content: Content): string {
  const key = findSpace(call.db, content.spaceId)?.key ?? '';
  if (content.status === 'draft') return `/spaces/${key}/pages/edit-v2/${content.id}?draftId=${content.id}`;
  const slug = encodeURIComponent(content.title).replaceAll('%20', '+');
  if (content.type === 'page') return `/spaces/${key}/pages/${content.id}/${slug}`;
  if (content.type !== 'blogpost') return `/spaces/${key}/${content.type}/${content.id}`;
  return `/spaces/${key}/blog/${content.createdAt.slice(0, 10).replaceAll('-', '/')}/${content.id}/${slug}`;
}

function contentLinks(call: Call, content: Content): Record<string, string> {
  return {
    webui: webuiOf(call, content),
    editui: `/pages/resumedraft.action?draftId=${content.id}`,
    tinyui: `/x/${tinyCode(content.id)}`,
  };
}

export function versionJson(
  version: Pick<ContentVersion, 'number' | 'authorId' | 'createdAt' | 'message'>,
): object {
  const { number, authorId, createdAt, message } = version;
  return { number, message, minorEdit: false, authorId, createdAt };
}

function currentVersion(content: Content): ContentVersion {
  const { id, version, title, storage, versionBy, versionAt, versionMessage } = content;
  return {
    contentId: id,
    number: version,
    title,
    storage,
    authorId: versionBy,
    createdAt: versionAt,
    message: versionMessage,
  };
}

/** A page or blog post as lists show it. */
export function contentJson(
  call: Call,
  content: Content,
  format: BodyFormat | undefined,
): Record<string, unknown> {
  const { id, status, title, spaceId, authorId, createdAt } = content;
  const shared = {
    id,
    status,
    title,
    spaceId,
    authorId,
    createdAt,
    version: versionJson(currentVersion(content)),
    body: bodyJson(call, content, content.storage, format),
    _links: contentLinks(call, content),
  };
  if (content.type === 'blogpost') return shared;
  return {
    ...shared,
    parentId: content.parentId,
    parentType:
      content.parentId === null ? null : (findContentAnywhere(call.db, content.parentId)?.type ?? 'page'),
    position: content.position,
    ownerId: content.ownerId,
    lastOwnerId: null,
    ...(content.subtype ? { subtype: content.subtype } : {}),
  };
}

/** A single page or post with the parts that `include-*` asks for. */
export function singleContentJson(call: Call, content: Content, format: BodyFormat | undefined): object {
  const { query } = call;
  const result = contentJson(call, content, format);
  delete result.subtype;
  const part = (name: string, results: object[]) => {
    result[name] = {
      results,
      meta: { hasMore: false, cursor: '' },
      _links: { self: `${call.base}${call.path.slice('/wiki'.length)}/${name}` },
    };
  };
  if (!query.flag('include-version', true)) delete result.version;
  if (query.flag('include-labels')) part('labels', labelsOf(call.db, 'content', content.id).map(labelJson));
  if (query.flag('include-properties'))
    part('properties', propertiesOf(call.db, 'content', content.id).map(propertyJson));
  if (query.flag('include-operations')) part('operations', contentOperations(call, content));
  if (query.flag('include-likes'))
    part(
      'likes',
      likesOf(call.db, 'content', content.id).map((accountId) => ({ accountId })),
    );
  if (query.flag('include-versions')) part('versions', versionsOf(call.db, content.id).map(versionJson));
  if (query.flag('include-favorited-by-current-user-status')) result.isFavoritedByCurrentUser = false;
  return { ...result, _links: { ...contentLinks(call, content), base: call.base } };
}

/** What the caller may do with a page or post. */
export function contentOperations(call: Call, content: Content): { operation: string; targetType: string }[] {
  const may = (operation: string, targetType: string = content.type) => ({ operation, targetType });
  const reading = [may('read'), may('export')];
  if (!call.access.canUpdate(content)) return reading;
  return [
    ...reading,
    may('update'),
    ...(call.access.canDelete(content) ? [may('delete')] : []),
    may('move'),
    may('copy'),
    may('restrict_content'),
    may('create', 'comment'),
    may('create', 'attachment'),
  ];
}

export function labelJson(label: Label): object {
  return { id: label.id, name: label.name, prefix: label.prefix };
}

/** A space as lists show it. */
export function spaceJson(call: Call, space: Space): Record<string, unknown> {
  const format = call.query.oneOf('description-format', ['plain', 'view'] as const);
  return {
    id: space.id,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status,
    authorId: space.authorId,
    spaceOwnerId: space.authorId,
    createdAt: space.createdAt,
    ...(space.homepageId ? { homepageId: space.homepageId } : {}),
    ...(format ? { description: { [format]: { representation: format, value: space.description } } } : {}),
    ...(call.query.flag('include-icon')
      ? { icon: { path: '/avatar.svg', apiDownloadLink: '/avatar.svg' } }
      : {}),
    _links: { webui: `/spaces/${space.key}` },
  };
}

export function spaceOperations(call: Call, space: Space): { operation: string; targetType: string }[] {
  const may = (operation: string, targetType: string) => ({ operation, targetType });
  return spacePermissionKinds
    .filter(({ id }) => call.access.may(space, id))
    .map(({ id }) => {
      const [operation = '', target = ''] = id.split('/');
      return may(operation, target);
    });
}

export function attachmentJson(call: Call, file: Attachment, content: Content): Record<string, unknown> {
  const download = `/download/attachments/${content.id}/${encodeURIComponent(file.filename)}?version=${file.version}`;
  const webui = `${webuiOf(call, content)}?preview=%2F${content.id}%2F${file.id}`;
  const first = attachmentVersionsOf(call.db, file).at(-1);
  return {
    id: file.id,
    status: file.status,
    title: file.filename,
    createdAt: first?.createdAt ?? file.createdAt,
    ...(content.type === 'page' ? { pageId: content.id } : { blogPostId: content.id }),
    mediaType: file.mediaType,
    mediaTypeDescription: file.mediaType.split('/')[1] ?? file.mediaType,
    comment: file.comment,
    fileId: file.fileId,
    fileSize: file.size,
    webuiLink: webui,
    downloadLink: download,
    version: {
      ...versionJson({
        number: file.version,
        authorId: file.authorId,
        createdAt: file.createdAt,
        message: file.comment,
      }),
      minorEdit: file.minorEdit === 1,
    },
    _links: { webui, download },
  };
}

/** A comment; replies name their parent comment, the others their page or post. */
export function commentJson(
  call: Call,
  comment: Comment,
  content: Content,
  format: BodyFormat | undefined,
): Record<string, unknown> {
  const { id, version, attachmentId } = comment;
  const onPage = content.type === 'page' ? { pageId: content.id } : { blogPostId: content.id };
  const holder = attachmentId === null ? onPage : { attachmentId };
  return {
    id,
    status: 'current',
    title: `Re: ${content.title}`,
    ...(comment.parentId ? { parentCommentId: comment.parentId } : holder),
    version: versionJson({
      number: version,
      authorId: comment.versionBy,
      createdAt: comment.versionAt,
      message: comment.versionMessage,
    }),
    body: bodyJson(call, content, comment.body, format),
    ...(comment.kind === 'inline' ? inlineParts(comment) : {}),
    _links: { webui: `${webuiOf(call, content)}?focusedCommentId=${id}` },
  };
}

function inlineParts(comment: Comment): Record<string, unknown> {
  return {
    resolutionStatus: comment.resolution,
    properties: {
      ...(comment.markerRef ? { inlineMarkerRef: comment.markerRef } : {}),
      ...(comment.selection ? { inlineOriginalSelection: comment.selection } : {}),
    },
  };
}

export function userJson(person: Person): object {
  return {
    displayName: person.name,
    timeZone: person.timeZone,
    isExternalCollaborator: person.isGuest,
    accountStatus: 'active',
    accountId: person.accountId,
    email: person.email,
    accountType: 'atlassian',
    publicName: person.name,
    profilePicture: { path: '/avatar.svg', isDefault: true },
  };
}
