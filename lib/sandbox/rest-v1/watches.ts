import {
  deleteWatch,
  findContent,
  findPerson,
  findSpace,
  findSpaceByKey,
  insertWatch,
  isOfSite,
  isWatching,
  labelsOfSite,
  watchersOf,
} from '../db/index.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { notFound, Problem } from '../http/problem.ts';
import { type Call, param, type Route } from '../rest/route.ts';
import type { Person, Watch } from '../types.ts';
import { visibleContent, visibleSpace } from './find.ts';
import { listed } from './paging.ts';

/** A watcher in the long form of the document, in which hardly anything is optional. */
function watcherJson(person: Person): object {
  return {
    type: 'known',
    accountId: person.accountId,
    accountType: 'atlassian',
    email: person.email,
    publicName: person.name,
    displayName: person.name,
    profilePicture: { path: '/wiki/aa-avatar/avatar.svg', width: 48, height: 48, isDefault: true },
    timeZone: person.timeZone,
    operations: null,
    isExternalCollaborator: person.isGuest,
    externalCollaborator: person.isGuest,
    isGuest: person.isGuest,
    personalSpace: null,
  };
}

const people = (call: Call, ids: readonly string[]): Person[] =>
  ids.flatMap((id) => findPerson(call.db, id) ?? []);

function pageWatchers(call: Call): Reply {
  const { id, cloudId } = visibleContent(call);
  const watchers = people(call, watchersOf(call.db, { cloudId, kind: 'content', targetId: id }));
  return listed(
    call,
    watchers,
    (person) => ({ type: 'page', watcher: watcherJson(person), contentId: Number(id) }),
    { limit: 200, most: 200, each: 2 },
  );
}

function spaceWatchers(call: Call, space: { id: string; key: string; cloudId: string }): Reply {
  const watchers = people(
    call,
    watchersOf(call.db, { cloudId: space.cloudId, kind: 'space', targetId: space.id }),
  );
  return listed(
    call,
    watchers,
    (person) => ({ type: 'space', watcher: watcherJson(person), spaceKey: space.key }),
    { limit: 200, most: 200, each: 2 },
  );
}

const refused = () => new Problem(403, 'Only an admin may see or change the watches of others.');

/** The person of `accountId`, or the caller; others are for admins. */
function watcherOf(call: Call, mayActForOthers: boolean): string {
  const accountId = call.query.text('accountId') ?? call.person.accountId;
  if (accountId === call.person.accountId) return accountId;
  if (!mayActForOthers) throw refused();
  if (
    findPerson(call.db, accountId)?.accountId !== accountId ||
    !isOfSite(call.db, call.site.cloudId, accountId)
  )
    throw notFound(`No user found with account id : ${accountId}`);
  return accountId;
}

/** What is watched and by whom; 403, not 404, for what the caller does not see (so the document). */
const targets: Record<Watch['kind'], (call: Call) => Watch> = {
  content: (call) => {
    const content = findContent(call.db, call.site.cloudId, param(call, 'contentId'));
    if (!content || !call.access.canView(content))
      throw new Problem(403, 'User not permitted to view the content.');
    const admin = call.person.isAdmin || call.access.canAdminister({ id: content.spaceId });
    return {
      cloudId: call.site.cloudId,
      kind: 'content',
      targetId: content.id,
      accountId: watcherOf(call, admin),
    };
  },
  space: (call) => {
    const space = findSpaceByKey(call.db, call.site.cloudId, param(call, 'spaceKey'));
    if (!space || !call.access.canViewSpace(space))
      throw new Problem(403, 'User not permitted to view the space.');
    const admin = call.person.isAdmin || call.access.canAdminister(space);
    return {
      cloudId: call.site.cloudId,
      kind: 'space',
      targetId: space.id,
      accountId: watcherOf(call, admin),
    };
  },
  label: (call) => {
    const name = param(call, 'labelName').toLowerCase();
    if (!labelsOfSite(call.db, call.site.cloudId).some((label) => label.name === name))
      throw new Problem(403, `No label exists for the specified labelName : ${name}`);
    return {
      cloudId: call.site.cloudId,
      kind: 'label',
      targetId: name,
      accountId: watcherOf(call, call.person.isAdmin),
    };
  },
};

// Protects against forged requests of browsers; the spelling differs within the document.
function requireHeader(call: Call): void {
  const sent = call.request.headers['x-atlassian-token'];
  if (sent !== 'no-check' && sent !== 'nocheck') throw new Problem(403, 'XSRF check failed');
}

function watchRoutesOf(kind: Watch['kind'], path: string, classicRead: string): Route[] {
  const reading = { scopes: ['read:watcher:confluence'], classic: [classicRead] };
  const writing = { scopes: ['write:watcher:confluence'], classic: ['write:confluence-content'] };
  const change = (write: typeof insertWatch) => (call: Call) => {
    requireHeader(call);
    const watch = targets[kind](call);
    write(call.db, watch);
    if (kind === 'content') call.app.index.changed(watch.targetId);
    return nothing();
  };
  return [
    {
      method: 'GET',
      path,
      ...reading,
      handle: (call) => json({ watching: isWatching(call.db, targets[kind](call)) }),
    },
    { method: 'POST', path, ...writing, handle: change(insertWatch) },
    { method: 'DELETE', path, ...writing, handle: change(deleteWatch) },
  ];
}

const root = '/wiki/rest/api';
const listing = ['read:watcher:confluence', 'read:user:confluence'];
const summary = 'read:confluence-content.summary';

export const watchRoutes: Route[] = [
  {
    method: 'GET',
    path: `${root}/content/{id}/notification/child-created`,
    scopes: listing,
    classic: [summary],
    handle: pageWatchers,
  },
  {
    method: 'GET',
    path: `${root}/content/{id}/notification/created`,
    scopes: listing,
    classic: [summary],
    handle: (call) => {
      const space = findSpace(call.db, visibleContent(call).spaceId);
      if (!space) throw notFound();
      return spaceWatchers(call, space);
    },
  },
  {
    method: 'GET',
    path: `${root}/space/{spaceKey}/watch`,
    scopes: listing,
    handle: (call) => spaceWatchers(call, visibleSpace(call, param(call, 'spaceKey'))),
  },
  ...watchRoutesOf('content', `${root}/user/watch/content/{contentId}`, summary),
  ...watchRoutesOf('space', `${root}/user/watch/space/{spaceKey}`, summary),
  ...watchRoutesOf('label', `${root}/user/watch/label/{labelName}`, summary),
];
