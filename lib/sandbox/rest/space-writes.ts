import type { App } from '../app.ts';
import {
  deleteSpace,
  findSpaceByKey,
  insertContent,
  insertSpace,
  insertVersion,
  insertWatch,
  listContents,
  nextId,
  purgeContent,
} from '../db/index.ts';
import { badRequest } from '../http/problem.ts';
import { giveAccess, type SpaceGrant } from '../space-access.ts';
import type { Space } from '../types.ts';
import type { Call } from './route.ts';

/** What a new space is made from. */
export type NewSpace = { key: string; name: string; description: string; grants: readonly SpaceGrant[] };

/** Makes a space with an empty homepage; its maker watches it. 400 for a key that is taken (also by a space nobody sees) or malformed. */
export function makeSpace(call: Call, wanted: NewSpace): Space {
  const { key, name, description, grants } = wanted;
  if (!/^[A-Za-z0-9]{1,255}$/.test(key))
    throw badRequest(`Invalid space key: '${key}'. Keys are 1 to 255 letters and digits.`);
  if (name.trim() === '' || name.length > 200) throw badRequest("'name' must have 1 to 200 characters.");
  if (findSpaceByKey(call.db, call.site.cloudId, key))
    throw badRequest(`A space already exists with key ${key}`);
  const { cloudId } = call.site;
  const { accountId } = call.person;
  const now = new Date().toISOString();
  const id = nextId(call.db);
  const homepageId = nextId(call.db);
  const space: Space = {
    id,
    cloudId,
    key,
    name,
    type: 'global',
    status: 'current',
    description,
    authorId: accountId,
    createdAt: now,
    homepageId,
  };
  const first = { title: name, storage: '', authorId: accountId, createdAt: now };
  call.db.transaction(() => {
    insertSpace(call.db, space);
    insertContent(call.db, {
      ...first,
      id: homepageId,
      cloudId,
      type: 'page',
      spaceId: id,
      parentId: null,
      position: 0,
      status: 'current',
      subtype: null,
      ownerId: accountId,
      version: 1,
      versionBy: accountId,
      versionAt: now,
      versionMessage: '',
    });
    insertVersion(call.db, { ...first, contentId: homepageId, number: 1, message: '' });
    giveAccess(call.db, cloudId, id, grants);
    insertWatch(call.db, { cloudId, kind: 'space', targetId: id, accountId });
  })();
  call.app.index.spacesChanged();
  call.app.index.changed(homepageId);
  return space;
}

/** Removes a space and everything in it for good. */
export function removeSpace(app: App, space: Space): void {
  const contents = listContents(app.db, { cloudId: space.cloudId, spaceIds: [space.id] });
  app.db.transaction(() => {
    for (const content of contents) purgeContent(app.db, content.id);
    deleteSpace(app.db, space);
  })();
  app.index.spacesChanged();
  for (const content of contents) app.index.changed(content.id);
}
