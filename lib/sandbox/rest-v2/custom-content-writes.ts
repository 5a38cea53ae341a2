import {
  deleteCustomContentRow,
  findContent,
  findCustomContent,
  findSpace,
  insertVersion,
  isCustomType,
  nextId,
  putCustomContent,
} from '../db/index.ts';
import type { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import type { Call } from '../rest/route.ts';
import { versionConflict } from '../rest/writes.ts';
import type { CustomContent } from '../types.ts';
import { readBody } from './body-write.ts';
import { rightsOn, visibleCustomContent } from './custom-content-access.ts';
import { containerKeys, single } from './custom-content-shapes.ts';
import { idParam } from './find.ts';

/** The container a body names; exactly one may be named. */
function containerOf(
  call: Call,
  body: JsonBody,
): Pick<CustomContent, 'containerType' | 'containerId' | 'spaceId'> {
  const named = (Object.keys(containerKeys) as CustomContent['containerType'][]).filter((kind) =>
    body.has(containerKeys[kind]),
  );
  const [kind] = named;
  if (kind === undefined || named.length > 1)
    throw badRequest('Exactly one of spaceId, pageId, blogPostId and customContentId is required.');
  const id = body.requiredText(containerKeys[kind]);
  const spaceIdOf: Record<CustomContent['containerType'], () => string | undefined> = {
    space: () => findSpace(call.db, id)?.id,
    page: () => findContent(call.db, call.site.cloudId, id)?.spaceId,
    blogpost: () => findContent(call.db, call.site.cloudId, id)?.spaceId,
    customContent: () => findCustomContent(call.db, call.site.cloudId, id)?.spaceId,
  };
  return { containerType: kind, containerId: id, spaceId: spaceIdOf[kind]() ?? '' };
}

function read(call: Call, body: JsonBody): Pick<CustomContent, 'representation' | 'body'> {
  const given = body.object('body');
  const raw = given?.object('raw') ?? (given?.text('representation') === 'raw' ? given : undefined);
  if (raw) return { representation: 'raw', body: raw.requiredText('value') };
  const storage = readBody(call, body);
  if (storage === undefined) throw badRequest("'body' is required.");
  return { representation: 'storage', body: storage };
}

function keep(call: Call, item: CustomContent): void {
  call.db.transaction(() => {
    putCustomContent(call.db, item);
    insertVersion(call.db, {
      contentId: item.id,
      number: item.version,
      title: item.title,
      storage: item.body,
      authorId: item.versionBy,
      createdAt: item.versionAt,
      message: item.versionMessage,
    });
  })();
}

/** `POST /custom-content`: of a type that an installed app has declared. */
export function createCustomContent(call: Call): Reply {
  const body = call.body();
  const type = body.requiredText('type');
  const title = body.requiredText('title').trim();
  const container = containerOf(call, body);
  if (!isCustomType(call.db, call.site.cloudId, type))
    throw badRequest(`Invalid custom content type: '${type}' is not declared by an installed app.`);
  if (title === '' || title.length > 255) throw badRequest('The title takes from 1 to 255 characters.');
  if (!rightsOn(call, container).write) throw notFound();
  const now = new Date().toISOString();
  const { accountId } = call.person;
  const item: CustomContent = {
    id: nextId(call.db),
    cloudId: call.site.cloudId,
    type,
    ...container,
    status: 'current',
    title,
    ...read(call, body),
    authorId: accountId,
    createdAt: now,
    version: 1,
    versionBy: accountId,
    versionAt: now,
    versionMessage: '',
  };
  keep(call, item);
  return json(single(call, item, 'storage'), 201);
}

/** `PUT /custom-content/{id}`: the next version. */
export function updateCustomContent(call: Call): Reply {
  const { item, mayWrite } = visibleCustomContent(call, idParam(call));
  const body = call.body();
  if (!mayWrite) throw new Problem(404, 'Not Found', { detail: 'You may not change this content.' });
  if (body.requiredText('type') !== item.type) throw badRequest("'type' cannot be changed.");
  const version = body.object('version');
  const number = version?.number('number');
  if (number !== item.version + 1) throw versionConflict(item.version, number);
  const next: CustomContent = {
    ...item,
    title: body.requiredText('title'),
    ...read(call, body),
    version: number,
    versionBy: call.person.accountId,
    versionAt: new Date().toISOString(),
    versionMessage: version?.text('message') ?? '',
  };
  keep(call, next);
  return json(single(call, next, 'storage'));
}

/** `DELETE /custom-content/{id}`: to the trash; `purge=true` takes a trashed item away for good. */
export function removeCustomContent(call: Call): Reply {
  const { item, mayWrite } = visibleCustomContent(call, idParam(call));
  if (!mayWrite) throw notFound();
  const purge = call.query.flag('purge');
  if (purge !== (item.status === 'trashed')) throw notFound();
  if (purge) deleteCustomContentRow(call.db, item.id);
  else putCustomContent(call.db, { ...item, status: 'trashed' });
  return nothing();
}
