import { runCql } from '../cql/evaluate.ts';
import { runUserCql } from '../cql/people.ts';
import { findAttachment, findComment, findContent, findSpace, peopleOfSite } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest } from '../http/problem.ts';
import { escapeHtml } from '../render/escape.ts';
import type { Call, Route } from '../rest/route.ts';
import { webuiOf } from '../rest-v2/shapes.ts';
import type { SearchDocument } from '../search/index.ts';
import { excerptOf, marked } from './excerpt.ts';
import { contentJson, partJson, spaceJson, userJson } from './shapes.ts';

const excerpts = ['highlight', 'indexed', 'none', 'highlight_unescaped', 'indexed_unescaped'] as const;
const expandOf = (call: Call) => call.query.list('expand') ?? [];

/** Most results of a page, fewer when rendered bodies or other parts are expanded. */
function mostOf(expand: string[]): number {
  if (expand.some((one) => /body\.(?:export_view|styled_view)/.test(one))) return 25;
  if (expand.some((one) => one.includes('body.'))) return 50;
  return expand.length > 0 ? 200 : 1000;
}

/**
 * `GET /search`: CQL. Pages by cursor only (`start` is ignored). What the caller may not see is taken out after the
 * page is cut, so a page can be short without being the last, and `totalSize` is an estimate.
 */
function search(call: Call): Reply {
  const began = Date.now();
  const { query } = call;
  const cql = query.required('cql');
  const expand = expandOf(call);
  const limit = Math.min(query.integer('limit', { fallback: 25, min: 0, max: 100_000 }), mostOf(expand));
  const mode = query.oneOf('excerpt', excerpts) ?? 'highlight';
  const offset = readCursor(query.text('cursor'));
  const archived = query.flag('includeArchivedSpaces');
  const current = !query.flag('excludeCurrentSpaces');
  const documents = call.app.index
    .documents(call.site.cloudId)
    .filter((one) => (one.space.status === 'archived' ? archived : current));
  const found = runCql(cql, documents, { person: call.person, now: began });
  const cut = found.documents.slice(offset, offset + limit);
  const results = cut.flatMap((one) => resultJson(call, one, found.words, mode, new Set(expand)));
  const links: Record<string, string> = {
    base: call.base,
    context: '/wiki',
    self: `${call.base}/rest/api/search?${query.params}`,
  };
  if (limit > 0 && offset + limit < found.documents.length) {
    // The next link keeps query and limit but not `excerpt`, as the live one does.
    const next = new URLSearchParams({
      next: 'true',
      cursor: makeCursor(offset + limit),
      limit: String(limit),
      start: String(offset + limit),
      cql,
    });
    for (const one of expand) next.append('expand', one);
    links.next = `/rest/api/search?${next}`;
  }
  const answer = {
    results,
    start: offset,
    limit,
    size: results.length,
    totalSize: found.documents.length,
    cqlQuery: cql,
    searchDuration: Date.now() - began,
    _links: links,
  };
  return { ...json(answer), points: results.length };
}

function makeCursor(offset: number): string {
  return `_sa_${Buffer.from(String(offset)).toString('base64url')}`;
}

function readCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  const text = Buffer.from(cursor.replace(/^_sa_/, ''), 'base64url').toString();
  if (!cursor.startsWith('_sa_') || !/^\d{1,9}$/.test(text)) throw badRequest(`Invalid cursor: '${cursor}'.`);
  return Number(text);
}

/** One row, or none when the thing is gone or not for the caller's eyes. */
function resultJson(
  call: Call,
  document: SearchDocument,
  words: string[],
  mode: (typeof excerpts)[number],
  expand: ReadonlySet<string>,
): object[] {
  const space = findSpace(call.db, document.space.id);
  if (!space || !call.access.canViewSpace(space)) return [];
  const lastModified = new Date(document.modified).toISOString();
  const shared = {
    title: mode.startsWith('highlight') ? marked(document.title, words, true) : escapeHtml(document.title),
    excerpt: excerptOf(document.text, words, mode),
    breadcrumbs: [],
    lastModified,
    friendlyLastModified: lastModified.slice(0, 10),
    score: 0,
  };
  const container = { title: space.name, displayUrl: `/spaces/${space.key}` };
  if (document.contentId === null)
    return [
      {
        space: spaceJson(call, space),
        ...shared,
        url: `/spaces/${space.key}`,
        resultGlobalContainer: container,
        entityType: 'space',
        iconCssClass: 'aui-icon content-type-space',
      },
    ];
  const holder = findContent(call.db, call.site.cloudId, document.contentId);
  if (!holder || !call.access.canView(holder)) return [];
  const inner = new Set(
    [...expand].filter((one) => one.startsWith('content.')).map((one) => one.slice('content.'.length)),
  );
  const part =
    document.kind === 'comment'
      ? findComment(call.db, document.id)
      : document.kind === 'attachment'
        ? findAttachment(call.db, document.id)
        : undefined;
  const isPart = document.kind === 'comment' || document.kind === 'attachment';
  if (isPart && !part) return [];
  return [
    {
      content: part ? partJson(call, part, holder, inner) : contentJson(call, holder, inner),
      ...shared,
      url: isPart
        ? `${webuiOf(call, holder)}${document.kind === 'comment' ? `?focusedCommentId=${document.id}` : ''}`
        : webuiOf(call, holder),
      ...(isPart
        ? { resultParentContainer: { title: holder.title, displayUrl: webuiOf(call, holder) } }
        : {}),
      resultGlobalContainer: container,
      entityType: 'content',
      iconCssClass: `aui-icon content-type-${document.kind}`,
    },
  ];
}

/** `GET /search/user`: CQL over people; the only place where user fields work. */
function searchUser(call: Call): Reply {
  const began = Date.now();
  const cql = call.query.required('cql');
  const start = call.query.integer('start', { fallback: 0, min: 0, max: 1_000_000 });
  const limit = call.query.integer('limit', { fallback: 25, min: 0, max: 200 });
  const people = runUserCql(cql, peopleOfSite(call.db, call.site.cloudId), {
    person: call.person,
    now: began,
  });
  const results = people.slice(start, start + limit).map((person) => ({
    user: userJson(call, person),
    title: person.name,
    excerpt: '',
    url: `/people/${encodeURIComponent(person.accountId)}`,
    breadcrumbs: [],
    entityType: 'user',
    iconCssClass: '',
    lastModified: new Date(0).toISOString(),
    score: 0,
  }));
  const links: Record<string, string> = {
    base: call.base,
    context: '/wiki',
    self: `${call.base}/rest/api/search/user?${call.query.params}`,
  };
  if (limit > 0 && start + limit < people.length)
    links.next = `/rest/api/search/user?${new URLSearchParams({ cql, start: String(start + limit), limit: String(limit) })}`;
  const answer = {
    results,
    start,
    limit,
    size: results.length,
    totalSize: people.length,
    cqlQuery: cql,
    searchDuration: Date.now() - began,
    _links: links,
  };
  return { ...json(answer), points: 2 * results.length };
}

export const searchRoutes: Route[] = [
  {
    method: 'GET',
    path: '/wiki/rest/api/search',
    scopes: ['read:content-details:confluence'],
    classic: ['search:confluence'],
    handle: search,
  },
  {
    method: 'GET',
    path: '/wiki/rest/api/search/user',
    scopes: ['read:content-details:confluence'],
    handle: searchUser,
  },
];
