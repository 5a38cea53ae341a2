import { findDraft, findVersion, labelsOf, versionsOf } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Content, ContentType, ContentVersion } from '../types.ts';
import { visibleContent } from './find.ts';
import { labelJson, labelOrder } from './label-shapes.ts';
import { paged, sorted, sortNames } from './paging.ts';
import {
  bodyJson,
  contentOperations,
  listFormats,
  oneVersionJson,
  singleContentJson,
  singleFormats,
  versionJson,
} from './shapes.ts';

const statuses: Record<ContentType, readonly string[]> = {
  page: ['current', 'archived', 'trashed', 'deleted', 'historical', 'draft'],
  blogpost: ['current', 'trashed', 'deleted', 'historical', 'draft'],
};

function getOne(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const { query } = call;
    const content = visibleContent(call, type);
    const format = query.oneOf('body-format', singleFormats);
    const asked = query.listOf('status', statuses[type]);
    const number = query.integer('version', { min: 1, max: 1_000_000 });
    const wantsDraft = query.flag('get-draft') || (asked?.includes('draft') ?? false);
    const shown = wantsDraft ? draftOf(call, content) : published(call, content, number);
    const fits =
      !asked || asked.includes(shown.status) || (asked.includes('historical') && number !== undefined);
    if (!fits) throw notFound();
    const result = singleContentJson(call, shown, format);
    const old = number !== undefined && number !== content.version;
    return { ...json(old ? { ...result, status: 'historical' } : result), points: 1 };
  };
}

/**
 * The draft: of a page never published, or the open one beside a published page, which those who may edit share;
 * without one, and for those who may only read, the page itself.
 */
function draftOf(call: Call, content: Content): Content {
  if (content.status === 'draft') return content;
  const draft = call.access.canUpdate(content) ? findDraft(call.db, content.id) : undefined;
  if (!draft) return content;
  return {
    ...content,
    status: 'draft',
    title: draft.title,
    storage: draft.storage,
    version: 1,
    versionBy: draft.authorId,
    versionAt: draft.updatedAt,
    versionMessage: '',
  };
}

function published(call: Call, content: Content, number: number | undefined): Content {
  if (content.status === 'draft') throw notFound();
  if (number === undefined || number === content.version) return content;
  const version = findVersion(call.db, content.id, number);
  if (!version) throw notFound();
  return {
    ...content,
    title: version.title,
    storage: version.storage,
    version: version.number,
    versionBy: version.authorId,
    versionAt: version.createdAt,
    versionMessage: version.message,
  };
}

function getLabels(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type);
    const prefix = call.query.oneOf('prefix', ['my', 'team', 'global', 'system'] as const);
    const sort = call.query.oneOf('sort', sortNames(Object.keys(labelOrder)));
    const labels = labelsOf(call.db, 'content', content.id).filter(
      (label) => !prefix || label.prefix === prefix,
    );
    return paged(call, sorted(labels, sort, labelOrder), labelJson);
  };
}

const versionOrder = { 'modified-date': (a: ContentVersion, b: ContentVersion) => a.number - b.number };

function getVersions(type: ContentType): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type);
    const format = call.query.oneOf('body-format', listFormats);
    const sort = call.query.oneOf('sort', sortNames(['modified-date']));
    return paged(call, sorted(versionsOf(call.db, content.id), sort, versionOrder), (version) => ({
      ...versionJson(version),
      [type]: {
        id: content.id,
        title: version.title,
        body: bodyJson(call, content, version.storage, format),
      },
    }));
  };
}

function getVersion(type: ContentType, idName: string): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, type, idName);
    const number = Number(param(call, 'version-number'));
    if (!Number.isInteger(number)) throw badRequest("'version-number' must be a number.");
    const version = findVersion(call.db, content.id, number);
    if (!version) throw notFound();
    return json(oneVersionJson(version, content.version));
  };
}

function routesFor(type: ContentType, plural: string, idName: string): Route[] {
  const read = ['read:page:confluence'];
  const root = `/wiki/api/v2/${plural}`;
  return [
    { method: 'GET', path: `${root}/{id}`, scopes: read, handle: getOne(type) },
    { method: 'GET', path: `${root}/{id}/labels`, scopes: read, handle: getLabels(type) },
    { method: 'GET', path: `${root}/{id}/versions`, scopes: read, handle: getVersions(type) },
    {
      method: 'GET',
      path: `${root}/{${idName}}/versions/{version-number}`,
      scopes: read,
      handle: getVersion(type, idName),
    },
    {
      method: 'GET',
      path: `${root}/{id}/operations`,
      scopes: read,
      handle: (call) => json({ operations: contentOperations(call, visibleContent(call, type)) }),
    },
  ];
}

export const contentReadRoutes: Route[] = [
  ...routesFor('page', 'pages', 'page-id'),
  ...routesFor('blogpost', 'blogposts', 'blogpost-id'),
];
