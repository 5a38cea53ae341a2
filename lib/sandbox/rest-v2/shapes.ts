import { findContentAnywhere, findSpace, labelsOf, likesOf, propertiesOf, versionsOf } from '../db/index.ts';
import { storageToAdf } from '../render/adf.ts';
import { adfKeptIn, wordsKept } from '../render/adf-only.ts';
import { storageToHtml } from '../render/html.ts';
import { renderContext } from '../rest/render-context.ts';
import type { Call } from '../rest/route.ts';
import { tinyCode } from '../rest/tiny-code.ts';
import type { Content, ContentVersion } from '../types.ts';
import { labelJson } from './label-shapes.ts';
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
  const adf = adfKeptIn(storage);
  const values: Partial<Record<BodyFormat, () => string>> = {
    storage: () => (adf === null ? storage : ''),
    editor: () => (adf === null ? storage : ''),
    atlas_doc_format: () => adf ?? JSON.stringify(storageToAdf(storage)),
  };
  const drawn = adf === null ? storage : wordsKept(storage);
  const value = values[format]?.() ?? storageToHtml(drawn, renderContext(call, content));
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
    // Null where nothing orders them, as live sites answer.
    position: content.parentId === null ? null : content.position,
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

/** One version asked for by its number, with its neighbours. `newest`: the number of the newest. */
export function oneVersionJson(version: ContentVersion, newest: number): object {
  const { number, authorId, message, createdAt } = version;
  return {
    number,
    authorId,
    message,
    createdAt,
    minorEdit: false,
    contentTypeModified: false,
    collaborators: [authorId],
    ...(number > 1 ? { prevVersion: number - 1 } : {}),
    ...(number < newest ? { nextVersion: number + 1 } : {}),
  };
}
