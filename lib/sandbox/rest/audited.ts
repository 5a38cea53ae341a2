import {
  type Affected,
  findContent,
  findGroup,
  findPerson,
  findSpace,
  findSpaceByKey,
  insertAudit,
} from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import type { Call } from './route.ts';

type Entry = { category: string; summary: string; object: Affected; associated?: Affected[] };
type Rule = { method: RegExp; path: RegExp; entry: (call: Call, parts: string[]) => Entry };

const page = (call: Call, id: string): Affected => ({
  name: findContent(call.db, call.site.cloudId, id)?.title ?? id,
  objectType: 'Page',
});
const space = (call: Call, keyOrId: string): Affected => ({
  name: (findSpaceByKey(call.db, call.site.cloudId, keyOrId) ?? findSpace(call.db, keyOrId))?.name ?? keyOrId,
  objectType: 'Space',
});
const group = (call: Call, id: string): Affected => ({
  name: findGroup(call.db, call.site.cloudId, id)?.name ?? id,
  objectType: 'Group',
});
const person = (call: Call, id: string): Affected => ({
  name: findPerson(call.db, id)?.name ?? id,
  objectType: 'User',
});

function sent(call: Call): JsonBody {
  return new JsonBody(call.request.body.length === 0 ? {} : JsonBody.parse(call.request.body));
}

const asked = (call: Call, name: string): string => call.query.text(name) ?? '';

/** What Confluence keeps in its audit log of what can be done through REST: rights, groups, spaces, restrictions, exports. */
const rules: readonly Rule[] = [
  {
    method: /^POST$/,
    path: /^\/wiki\/rest\/api\/group\/userByGroupId$/,
    entry: (call) => ({
      category: 'Users and groups',
      summary: 'User added to group',
      object: person(call, sent(call).text('accountId') ?? ''),
      associated: [group(call, asked(call, 'groupId'))],
    }),
  },
  {
    method: /^DELETE$/,
    path: /^\/wiki\/rest\/api\/group\/userByGroupId$/,
    entry: (call) => ({
      category: 'Users and groups',
      summary: 'User removed from group',
      object: person(call, asked(call, 'accountId')),
      associated: [group(call, asked(call, 'groupId'))],
    }),
  },
  {
    method: /^(?:POST|PUT)$/,
    path: /^\/wiki\/rest\/api\/content\/(\d+)\/restriction(?:\/.*)?$/,
    entry: (call, [id = '']) => ({
      category: 'Pages',
      summary: 'Page restriction added',
      object: page(call, id),
    }),
  },
  {
    method: /^DELETE$/,
    path: /^\/wiki\/rest\/api\/content\/(\d+)\/restriction(?:\/.*)?$/,
    entry: (call, [id = '']) => ({
      category: 'Pages',
      summary: 'Page restriction removed',
      object: page(call, id),
    }),
  },
  {
    method: /^POST$/,
    path: /^\/wiki\/(?:rest\/api\/space(?:\/_private)?|api\/v2\/spaces)$/,
    entry: (call) => ({
      category: 'Spaces',
      summary: 'Space created',
      object: { name: sent(call).text('name') ?? '', objectType: 'Space' },
    }),
  },
  {
    method: /^PUT$/,
    path: /^\/wiki\/rest\/api\/space\/([^/]+)$/,
    entry: (call, [key = '']) => ({
      category: 'Spaces',
      summary: 'Space configuration updated',
      object: space(call, key),
    }),
  },
  {
    method: /^DELETE$/,
    path: /^\/wiki\/rest\/api\/space\/([^/]+)$/,
    entry: (call, [key = '']) => ({
      category: 'Spaces',
      summary: 'Space deleted',
      object: space(call, key),
    }),
  },
  {
    method: /^POST$/,
    path: /^\/wiki\/rest\/api\/space\/([^/]+)\/permission(?:\/.*)?$/,
    entry: (call, [key = '']) => ({
      category: 'Permissions',
      summary: 'Space permission added',
      object: space(call, key),
    }),
  },
  {
    method: /^DELETE$/,
    path: /^\/wiki\/rest\/api\/space\/([^/]+)\/permission\/.*$/,
    entry: (call, [key = '']) => ({
      category: 'Permissions',
      summary: 'Space permission removed',
      object: space(call, key),
    }),
  },
  {
    method: /^POST$/,
    path: /^\/wiki\/api\/v2\/spaces\/(\d+)\/role-assignments$/,
    entry: (call, [id = '']) => ({
      category: 'Permissions',
      summary: 'Space role assignments changed',
      object: space(call, id),
    }),
  },
  {
    method: /^DELETE$/,
    path: /^\/wiki\/api\/v2\/(?:pages|blogposts)\/(\d+)$/,
    entry: (call, [id = '']) => ({ category: 'Pages', summary: 'Page deleted', object: page(call, id) }),
  },
  {
    method: /^(?:POST|DELETE)$/,
    path: /^\/wiki\/api\/v2\/admin-key$/,
    entry: (call) => ({
      category: 'Security',
      summary: call.request.method === 'POST' ? 'Admin key enabled' : 'Admin key disabled',
      object: person(call, call.person.accountId),
    }),
  },
  {
    method: /^GET$/,
    path: /^\/wiki\/rest\/api\/audit\/export$/,
    entry: (call) => ({
      category: 'Import and export',
      summary: 'Audit log exported',
      object: { name: call.site.name, objectType: 'Site' },
    }),
  },
];

/**
 * Runs a request and, when it is of a kind that Confluence audits and succeeds, adds it to the audit log. What is
 * about to be removed is named before.
 */
export function audited<T>(call: Call, run: () => T): T {
  for (const { method, path, entry } of rules) {
    const match = method.test(call.request.method) ? path.exec(call.path) : null;
    if (match === null) continue;
    const parts = match.slice(1);
    const before = call.request.method === 'DELETE' ? entry(call, parts) : null;
    const answer = run();
    const { associated = [], ...rest } = before ?? entry(call, parts);
    insertAudit(call.db, {
      cloudId: call.site.cloudId,
      at: Date.now(),
      authorId: call.person.accountId,
      remoteAddress: '127.0.0.1',
      description: '',
      associated,
      ...rest,
    });
    return answer;
  }
  return run();
}
