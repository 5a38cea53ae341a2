import { randomUUID } from 'node:crypto';
import {
  deleteCommentRow,
  findAttachment,
  findComment,
  findContentAnywhere,
  insertComment,
  nextId,
  putCommentVersion,
  putVersionStorage,
  repliesTo,
  updateContent,
} from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import { matchesOf, withMarker, withoutMarker } from '../rest/inline-marker.ts';
import type { Call, Route } from '../rest/route.ts';
import { versionConflict } from '../rest/writes.ts';
import type { Comment, Content } from '../types.ts';
import { readBody } from './body-write.ts';
import { mayChange, mayComment } from './comment-rights.ts';
import { type Kind, resolutionOf, single, visibleComment } from './comments.ts';
import { visibleContentById } from './find.ts';

/** Where a new comment goes: its page, and the comment or file it hangs on. */
type Place = { content: Content; parent: Comment | undefined; attachmentId: string | null };

const holders = ['pageId', 'blogPostId', 'parentCommentId', 'attachmentId', 'customContentId'] as const;

function placeOf(call: Call, kind: Kind, body: JsonBody): Place {
  const given = holders.filter((name) => body.has(name));
  if (given.length !== 1)
    throw badRequest(`Exactly one of ${holders.join(', ')} must be provided, not ${given.length}.`);
  const [name = 'pageId'] = given;
  const id = body.requiredText(name);
  if (name === 'pageId' || name === 'blogPostId') {
    const content = visibleContentById(call, id, name === 'pageId' ? 'page' : 'blogpost');
    return { content, parent: undefined, attachmentId: null };
  }
  if (name === 'parentCommentId') {
    const parent = findComment(call.db, id);
    const content = parent && findContentAnywhere(call.db, parent.contentId);
    if (!parent || parent.kind !== kind || !content) throw notFound();
    return { content: visibleContentById(call, content.id), parent, attachmentId: parent.attachmentId };
  }
  if (name === 'customContentId')
    throw badRequest('The practice Confluence keeps no comments on custom content.');
  const file = name === 'attachmentId' && kind === 'footer' ? findAttachment(call.db, id) : undefined;
  if (file?.status !== 'current') throw notFound();
  return { content: visibleContentById(call, file.contentId), parent: undefined, attachmentId: file.id };
}

/** Marks the selected text in the page: in its current version, without making another one. */
function mark(call: Call, content: Content, body: JsonBody): { ref: string; selection: string } {
  const properties = body.object('inlineCommentProperties');
  const selection = properties?.text('textSelection') ?? '';
  const count = properties?.number('textSelectionMatchCount');
  const index = properties?.number('textSelectionMatchIndex');
  if (selection === '' || count === undefined || index === undefined)
    throw badRequest(
      'inlineCommentProperties with textSelection, textSelectionMatchCount and textSelectionMatchIndex is required.',
    );
  const matches = matchesOf(content.storage, selection);
  if (matches.length !== count)
    throw badRequest(
      `textSelectionMatchCount is ${count}, but the text selection was found ${matches.length} times.`,
    );
  const spans = matches[index];
  if (spans === undefined)
    throw badRequest('textSelectionMatchIndex must be less than textSelectionMatchCount.');
  const ref = randomUUID();
  rewrite(call, content, withMarker(content.storage, spans, ref));
  return { ref, selection };
}

function rewrite(call: Call, content: Content, storage: string): void {
  updateContent(call.db, { ...content, storage });
  putVersionStorage(call.db, content.id, content.version, storage);
}

function create(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const request = call.body();
    const { content, parent, attachmentId } = placeOf(call, kind, request);
    if (!mayComment(call, content))
      throw new Problem(404, 'Not Found', { detail: 'You do not have permission to comment here.' });
    const body = readBody(call, request);
    if (body === undefined || body.trim() === '') throw badRequest("'body' is required.");
    const id = call.db.transaction(() => {
      const marked = kind === 'inline' && !parent ? mark(call, content, request) : undefined;
      const made = nextId(call.db);
      insertComment(call.db, {
        id: made,
        contentId: content.id,
        parentId: parent?.id ?? null,
        kind,
        authorId: call.person.accountId,
        createdAt: new Date().toISOString(),
        body,
        version: 1,
        resolution: 'open',
        resolvedBy: null,
        resolvedAt: null,
        markerRef: marked?.ref ?? null,
        selection: marked?.selection ?? null,
        attachmentId,
      });
      return made;
    })();
    call.app.index.changed(content.id);
    return answer(call, id, 201);
  };
}

function answer(call: Call, id: string, status: number): Reply {
  const comment = findComment(call.db, id);
  const content = comment && findContentAnywhere(call.db, comment.contentId);
  if (!comment || !content) throw notFound();
  const { _links, ...result } = single(call, { comment, content }, 'storage');
  // By the document only the answer to this one update lacks the address of the site.
  const { base, ...links } = _links as Record<string, string>;
  const bare = status === 200 && comment.kind === 'footer';
  return json({ ...result, _links: bare ? links : { ...links, base } }, status);
}

function update(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const placed = visibleComment(call, kind, 'comment-id');
    const { comment, content } = placed;
    const request = call.body();
    const version = request.object('version');
    const body = readBody(call, request);
    const resolved = kind === 'inline' ? request.flag('resolved') : undefined;
    // Resolving is open to all who may comment; the words are their author's.
    if (!mayComment(call, content) || (body !== undefined && !mayChange(call, placed)))
      throw new Problem(404, 'Not Found', { detail: 'You do not have permission to change this comment.' });
    if (body === undefined && resolved === undefined) throw badRequest("'body' is required.");
    if (kind === 'inline' && resolutionOf(placed) === 'dangling')
      throw badRequest('A dangling comment cannot be updated.');
    const number = version?.number('number');
    if (number === undefined) throw badRequest("'version.number' is required.");
    if (number !== comment.version + 1) throw versionConflict(comment.version, number);
    const now = new Date().toISOString();
    const turns = resolved !== undefined && resolved !== (comment.resolution === 'resolved');
    const state = resolved ? 'resolved' : 'reopened';
    call.db.transaction(() =>
      putCommentVersion(call.db, comment, {
        ...comment,
        ...(body === undefined ? {} : { body }),
        ...(turns ? { resolution: state, resolvedBy: call.person.accountId, resolvedAt: now } : {}),
        version: number,
        versionBy: call.person.accountId,
        versionAt: now,
        versionMessage: version?.text('message') ?? '',
      }),
    )();
    call.app.index.changed(content.id);
    return answer(call, comment.id, 200);
  };
}

function deleteThread(call: Call, id: string): void {
  for (const reply of repliesTo(call.db, id)) deleteThread(call, reply.id);
  deleteCommentRow(call.db, id);
}

/** Gone for good, replies too; the highlight goes from the page. */
function remove(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const placed = visibleComment(call, kind, 'comment-id');
    if (!mayChange(call, placed))
      throw new Problem(404, 'Not Found', { detail: 'You do not have permission to delete this comment.' });
    const { comment, content } = placed;
    call.db.transaction(() => {
      deleteThread(call, comment.id);
      if (comment.markerRef !== null)
        rewrite(call, content, withoutMarker(content.storage, comment.markerRef));
    })();
    call.app.index.changed(content.id);
    return nothing();
  };
}

function routesFor(kind: Kind): Route[] {
  const root = `/wiki/api/v2/${kind}-comments`;
  const writing = { scopes: ['write:comment:confluence'] };
  return [
    { method: 'POST', path: root, ...writing, handle: create(kind) },
    { method: 'PUT', path: `${root}/{comment-id}`, ...writing, handle: update(kind) },
    {
      method: 'DELETE',
      path: `${root}/{comment-id}`,
      scopes: ['delete:comment:confluence'],
      handle: remove(kind),
    },
  ];
}

export const commentWriteRoutes: Route[] = [...routesFor('footer'), ...routesFor('inline')];
