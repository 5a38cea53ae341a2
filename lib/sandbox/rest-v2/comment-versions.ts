import { commentVersionsOf } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { notFound } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { mayChange } from './comment-rights.ts';
import { type Kind, visibleComment } from './comments.ts';
import { idParam } from './find.ts';
import { paged, sorted } from './paging.ts';
import { bodyJson, listFormats, versionJson } from './shapes.ts';

function operations(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const placed = visibleComment(call, kind, 'id');
    const may = (operation: string) => ({ operation, targetType: 'comment' });
    const own = mayChange(call, placed) ? [may('update'), may('delete')] : [];
    return json({ operations: [may('read'), ...own] });
  };
}

function versions(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const { comment, content } = visibleComment(call, kind, 'id');
    const format = call.query.oneOf('body-format', listFormats);
    const sort = call.query.oneOf('sort', ['modified-date', '-modified-date'] as const);
    const all = sorted(commentVersionsOf(call.db, comment), sort, {
      'modified-date': (a, b) => a.number - b.number,
    });
    return paged(call, all, (one) => ({
      ...versionJson(one),
      comment: {
        id: comment.id,
        title: `Re: ${content.title}`,
        body: bodyJson(call, content, one.body, format),
      },
    }));
  };
}

function version(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const { comment } = visibleComment(call, kind, 'id');
    const number = Number(idParam(call, 'version-number'));
    const all = commentVersionsOf(call.db, comment);
    const found = all.find((one) => one.number === number);
    if (!found) throw notFound();
    return json({
      ...versionJson(found),
      contentTypeModified: false,
      collaborators: [found.authorId],
      ...(number > 1 ? { prevVersion: number - 1 } : {}),
      ...(number < comment.version ? { nextVersion: number + 1 } : {}),
    });
  };
}

function routesFor(kind: Kind): Route[] {
  const root = `/wiki/api/v2/${kind}-comments/{id}`;
  const reading = { method: 'GET', scopes: ['read:comment:confluence'] };
  return [
    { ...reading, path: `${root}/operations`, handle: operations(kind) },
    { ...reading, path: `${root}/versions`, handle: versions(kind) },
    { ...reading, path: `${root}/versions/{version-number}`, handle: version(kind) },
  ];
}

/** What the caller may do with a comment, and its history. */
export const commentVersionRoutes: Route[] = [...routesFor('footer'), ...routesFor('inline')];
