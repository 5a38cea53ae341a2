import {
  findContent,
  findSpace,
  insertContent,
  insertRestriction,
  insertVersion,
  nextId,
  nextPosition,
} from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, notFound } from '../http/problem.ts';
import type { Call } from '../rest/route.ts';
import { refuseTitleClash } from '../rest/writes.ts';
import type { Content, ContentType, Space } from '../types.ts';
import { readBody } from './body-write.ts';
import { singleContentJson } from './shapes.ts';

/**
 * `POST /pages` and `/blogposts`: published or draft, private; a page at the top level or below a parent (the homepage
 * unless said), a post with a date of its own where one is given.
 */
export function createContent(call: Call, type: ContentType): Reply {
  const body = call.body();
  const space = writableSpace(call, body.requiredText('spaceId'));
  const status = body.text('status') ?? 'current';
  if (status !== 'current' && status !== 'draft') throw badRequest("'status' must be current or draft.");
  const title = (body.text('title') ?? '').trim();
  if (title === '' && status === 'current')
    throw badRequest("'title' is required for content that is not a draft.");
  if (title.length > 255) throw badRequest('The title is too long: the limit is 255 characters.');
  const subtype = type === 'page' ? body.text('subtype') : undefined;
  if (subtype !== undefined && subtype !== 'live') throw badRequest("'subtype' must be live.");
  const parentId = type === 'page' ? parentOf(call, body, space) : null;
  const storage = readBody(call, body) ?? '';
  const { person } = call;
  const now = new Date().toISOString();
  const page: Content = {
    id: nextId(call.db),
    cloudId: call.site.cloudId,
    type,
    spaceId: space.id,
    parentId,
    position: nextPosition(call.db, space.id, parentId),
    status,
    title,
    storage,
    subtype: subtype ?? null,
    authorId: person.accountId,
    ownerId: person.accountId,
    createdAt: type === 'blogpost' ? dateOf(body, now) : now,
    version: 1,
    versionBy: person.accountId,
    versionAt: now,
    versionMessage: '',
  };
  if (status === 'current') refuseTitleClash(call.app, page, title);
  call.db.transaction(() => {
    insertContent(call.db, page);
    if (status === 'current')
      insertVersion(call.db, {
        contentId: page.id,
        number: 1,
        title,
        storage,
        authorId: person.accountId,
        createdAt: now,
        message: '',
      });
    if (call.query.flag('private'))
      for (const operation of ['read', 'update'] as const)
        insertRestriction(call.db, {
          contentId: page.id,
          operation,
          subjectType: 'user',
          subjectId: person.accountId,
        });
  })();
  call.app.index.changed(page.id);
  return json(singleContentJson(call, page, 'storage'));
}

function dateOf(body: JsonBody, now: string): string {
  const given = body.text('createdAt');
  if (given === undefined) return now;
  const at = new Date(given);
  if (Number.isNaN(at.getTime())) throw badRequest("'createdAt' is no date.");
  return at.toISOString();
}

function writableSpace(call: Call, id: string): Space {
  const space = findSpace(call.db, id);
  if (!space || space.cloudId !== call.site.cloudId || !call.access.canWriteSpace(space)) throw notFound();
  return space;
}

function parentOf(call: Call, body: JsonBody, space: Space): string | null {
  const asked = body.text('parentId');
  if (call.query.flag('root-level')) {
    if (asked) throw badRequest("'parentId' cannot be given together with root-level=true.");
    return null;
  }
  if (!asked) return space.homepageId;
  const parent = findContent(call.db, call.site.cloudId, asked);
  if (!parent || parent.type === 'blogpost' || !call.access.canView(parent)) throw notFound();
  if (parent.spaceId !== space.id) throw badRequest('The parent page is in another space.');
  return parent.id;
}
