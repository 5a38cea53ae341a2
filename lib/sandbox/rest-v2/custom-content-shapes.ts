import { findSpace, labelsOf, propertiesOf, versionsOf } from '../db/index.ts';
import type { Call } from '../rest/route.ts';
import type { CustomContent } from '../types.ts';
import { rightsOn } from './custom-content-access.ts';
import { labelJson } from './label-shapes.ts';
import { propertyJson } from './property-shapes.ts';
import { bodyJson, versionJson } from './shapes.ts';

export const formats = ['raw', 'storage', 'atlas_doc_format'] as const;
export const oneFormats = [...formats, 'view', 'export_view', 'anonymous_export_view'] as const;
const by = (pick: (one: CustomContent) => string) => (a: CustomContent, b: CustomContent) =>
  pick(a).localeCompare(pick(b));
export const order = {
  id: (a: CustomContent, b: CustomContent) => Number(a.id) - Number(b.id),
  'created-date': by((one) => one.createdAt),
  'modified-date': by((one) => one.versionAt),
  title: by((one) => one.title),
};

export const containerKeys = {
  space: 'spaceId',
  page: 'pageId',
  blogpost: 'blogPostId',
  customContent: 'customContentId',
} as const;

/** An item as lists show it. */
export function itemJson(
  call: Call,
  item: CustomContent,
  format: (typeof oneFormats)[number] | undefined,
): Record<string, unknown> {
  const { id, type, status, title, spaceId, authorId, createdAt } = item;
  const raw = { raw: { representation: 'raw', value: item.body } };
  return {
    id,
    type,
    status,
    title,
    spaceId,
    ...(item.containerType === 'space' ? {} : { [containerKeys[item.containerType]]: item.containerId }),
    authorId,
    createdAt,
    version: versionJson({
      number: item.version,
      authorId: item.versionBy,
      createdAt: item.versionAt,
      message: item.versionMessage,
    }),
    body: format === 'raw' ? raw : bodyJson(call, item, item.body, format),
    _links: { webui: `/display/${findSpace(call.db, spaceId)?.key ?? ''}/customcontent/${id}` },
  };
}

/** One item with the parts that `include-*` asks for. */
export function single(
  call: Call,
  item: CustomContent,
  format: (typeof oneFormats)[number] | undefined,
): object {
  const result = itemJson(call, item, format);
  const { query } = call;
  const part = (name: string, results: object[]) => {
    result[name] = {
      results,
      meta: { hasMore: false, cursor: '' },
      _links: { self: `${call.base}/api/v2/custom-content/${item.id}/${name}` },
    };
  };
  if (!query.flag('include-version', true)) delete result.version;
  if (query.flag('include-labels')) part('labels', labelsOf(call.db, 'content', item.id).map(labelJson));
  if (query.flag('include-properties'))
    part('properties', propertiesOf(call.db, 'customContent', item.id).map(propertyJson));
  if (query.flag('include-operations')) part('operations', operations(call, item));
  if (query.flag('include-versions')) part('versions', versionsOf(call.db, item.id).map(versionJson));
  return { ...result, _links: { ...(result._links as object), base: call.base } };
}

/** What the caller may do with an item. */
export function operations(call: Call, item: CustomContent): { operation: string; targetType: string }[] {
  const names = rightsOn(call, item).write ? ['read', 'update', 'delete'] : ['read'];
  return names.map((operation) => ({ operation, targetType: item.type }));
}
