import {
  contentIdsWithLabel,
  findAttachment,
  findComment,
  findContent,
  findCustomContent,
  labelsOfSite,
  peopleOfSite,
} from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Person } from '../types.ts';
import { rightsOn } from './custom-content-access.ts';
import { labelJson, labelOrder } from './label-shapes.ts';
import { paged, sorted, sortNames } from './paging.ts';

function userJson(person: Person): object {
  return {
    displayName: person.name,
    timeZone: person.timeZone,
    isExternalCollaborator: person.isGuest,
    accountStatus: 'active',
    accountId: person.accountId,
    email: person.email,
    accountType: 'atlassian',
    publicName: person.name,
    profilePicture: { path: '/avatar.svg', isDefault: true },
  };
}

/** `POST /users-bulk`: people by account id; unknown ones are left out. */
function usersBulk(call: Call): Reply {
  const ids = call.body().texts('accountIds');
  if (ids.length < 1 || ids.length > 250) throw badRequest("'accountIds' takes from 1 to 250 ids.");
  const people = peopleOfSite(call.db, call.site.cloudId).filter((person) => ids.includes(person.accountId));
  return {
    ...json({ results: people.map(userJson), _links: { base: call.base } }),
    points: 2 * people.length,
  };
}

/** `POST /content/convert-ids-to-types`: null for what is not there or not visible. */
function convertIds(call: Call): Reply {
  const ids = call.body().texts('contentIds');
  if (ids.length > 100) throw badRequest("'contentIds' takes at most 100 ids.");
  return json({ results: Object.fromEntries(ids.map((id) => [id, typeOf(call, id)])) });
}

function typeOf(call: Call, id: string): string | null {
  const seen = (contentId: string): boolean => {
    const holder = findContent(call.db, call.site.cloudId, contentId);
    return holder !== undefined && call.access.canView(holder);
  };
  const content = findContent(call.db, call.site.cloudId, id);
  if (content) return seen(content.id) ? content.type : null;
  const comment = findComment(call.db, id);
  if (comment) return seen(comment.contentId) ? `${comment.kind}-comment` : null;
  const file = findAttachment(call.db, id);
  if (file) return seen(file.contentId) ? 'attachment' : null;
  const item = findCustomContent(call.db, call.site.cloudId, id);
  return item && rightsOn(call, item).view ? item.type : null;
}

/** `GET /labels`: labels of the site that are on something the caller sees. */
function listLabels(call: Call): Reply {
  const ids = call.query.ids('label-id', 250);
  const prefixes = call.query.list('prefix');
  const sort = call.query.oneOf('sort', sortNames(Object.keys(labelOrder)));
  const labels = labelsOfSite(call.db, call.site.cloudId).filter(
    (label) =>
      (!ids || ids.includes(label.id)) &&
      (!prefixes || prefixes.includes(label.prefix)) &&
      contentIdsWithLabel(call.db, label.id).some((id) => typeOf(call, id) !== null),
  );
  return paged(call, sorted(labels, sort, labelOrder), labelJson);
}

export const lookupRoutes: Route[] = [
  { method: 'POST', path: '/wiki/api/v2/users-bulk', scopes: ['read:user:confluence'], handle: usersBulk },
  {
    method: 'POST',
    path: '/wiki/api/v2/content/convert-ids-to-types',
    scopes: ['read:content.metadata:confluence'],
    handle: convertIds,
  },
  { method: 'GET', path: '/wiki/api/v2/labels', scopes: ['read:label:confluence'], handle: listLabels },
];
