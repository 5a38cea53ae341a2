import type { Route } from '../rest/route.ts';
import { spaceRoles } from '../space-roles.ts';

const storage = { representation: 'storage', value: '<p>x</p>' };
const ben = '712020:ben';
const restriction = [
  { operation: 'read', restrictions: { user: [{ type: 'known', accountId: ben }], group: [] } },
];

function form(): FormData {
  const made = new FormData();
  made.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
  made.append('minorEdit', 'true');
  return made;
}

const title = 'Of Ben';
const template = { name: title, templateType: 'page', body: { storage } };

/** Writes whose body, not their address, names something hidden. */
export const bodyWrites: { method: string; path: string; body: unknown }[] = [
  ...['pages', 'blogposts', 'folders', 'whiteboards', 'databases', 'embeds'].map((kind) => ({
    path: `api/v2/${kind}`,
    body: { spaceId: '1008', title, body: storage },
  })),
  ...['pages', 'folders', 'whiteboards', 'databases', 'embeds'].map((kind) => ({
    path: `api/v2/${kind}`,
    body: { spaceId: '1001', parentId: '100300', title, body: storage },
  })),
  ...[
    { pageId: '200200' },
    { pageId: '100600' },
    { blogPostId: '200900' },
    { spaceId: '1008' },
    { customContentId: '230100' },
  ].map((on) => ({
    path: 'api/v2/custom-content',
    body: { ...on, type: 'ac:app:risk', title, body: storage },
  })),
  ...[
    { pageId: '200200' },
    { pageId: '100600' },
    { blogPostId: '200900' },
    { parentCommentId: '2002001' },
    { attachmentId: 'att2002004' },
  ].map((on) => ({ path: 'api/v2/footer-comments', body: { ...on, body: storage } })),
  ...[{ pageId: '100310' }, { parentCommentId: '2002003' }].map((on) => ({
    path: 'api/v2/inline-comments',
    body: {
      ...on,
      body: storage,
      inlineCommentProperties: {
        textSelection: 'body',
        textSelectionMatchCount: 1,
        textSelectionMatchIndex: 0,
      },
    },
  })),
  { path: 'api/v2/spaces', body: { name: title, key: 'OFBEN', copySpaceAccessConfiguration: '1008' } },
  { path: 'rest/api/content/archive', body: { pages: [{ id: 200200 }] } },
  ...['200200', '100300'].map((value) => ({
    path: 'rest/api/content/100200/copy',
    body: { destination: { type: 'parent_page', value }, pageTitle: title },
  })),
  {
    path: 'rest/api/content/100200/copy',
    body: { destination: { type: 'space', value: 'HR' }, pageTitle: title },
  },
  {
    path: 'rest/api/content/100200/pagehierarchy/copy',
    body: { destinationPageId: '100310', titleOptions: { prefix: 'N ' } },
  },
  { path: 'rest/api/template', body: { ...template, space: { key: 'HR' } } },
  {
    path: 'rest/api/template',
    method: 'PUT',
    body: { ...template, templateId: '240100', space: { key: 'HR' } },
  },
  ...['200100', '100310'].flatMap((to) => [
    { path: `rest/api/content/100210/move/append/${to}`, method: 'PUT', body: {} },
    {
      path: 'api/v2/pages/100210',
      method: 'PUT',
      body: {
        id: '100210',
        status: 'current',
        title,
        body: storage,
        parentId: to,
        version: { number: 2 },
      },
    },
    {
      path: 'rest/api/content/100200/child/attachment/att400100',
      method: 'PUT',
      body: { type: 'attachment', version: { number: 1 }, container: { id: to } },
    },
  ]),
].map((one) => ({ method: 'POST', ...one }));

/** A body that fits the end of a path, as a caller with every right would send it. */
const bodies: { end: RegExp; body: (id: string) => unknown }[] = [
  { end: /\/classification-level/, body: () => ({ id: 'level', status: 'current' }) },
  { end: /\/properties$/, body: () => ({ key: 'k', value: 1 }) },
  { end: /\/properties\/\d+$/, body: () => ({ key: 'zyxhidden-key', value: 1, version: { number: 2 } }) },
  { end: /\/title$/, body: () => ({ status: 'current', title: 'X' }) },
  {
    end: /\/(?:pages|blogposts|custom-content)\/\d+$/,
    body: (id) => ({
      id,
      type: 'ac:app:risk',
      status: 'current',
      title: 'X',
      body: storage,
      version: { number: 3 },
    }),
  },
  { end: /-comments\/\d+$/, body: () => ({ version: { number: 2 }, body: storage }) },
  {
    end: /\/role-assignments$/,
    body: () => [{ principal: { principalType: 'USER', principalId: ben }, roleId: spaceRoles.admin.id }],
  },
  {
    end: /\/space\/HR\/permission$/,
    body: () => ({ subject: { type: 'user', identifier: ben }, operation: { key: 'read', target: 'space' } }),
  },
  { end: /\/space\/HR$/, body: () => ({ name: 'X' }) },
  { end: /\/label$/, body: () => [{ prefix: 'global', name: 'x' }] },
  { end: /\/state$/, body: () => ({ name: 'Mine', color: '#ff7452' }) },
  { end: /\/child\/attachment(?:\/att\d+\/data)?$/, body: form },
  { end: /\/child\/attachment\/att\d+$/, body: () => ({ type: 'attachment', version: { number: 1 } }) },
  { end: /\/restriction$/, body: () => restriction },
  {
    end: /\/permission\/check$/,
    body: () => ({ subject: { type: 'user', identifier: ben }, operation: 'read' }),
  },
  {
    end: /\/pagehierarchy\/copy$/,
    body: () => ({ destinationPageId: '100200', titleOptions: { prefix: 'N ' } }),
  },
  { end: /\/copy$/, body: () => ({ destination: { type: 'parent_page', value: '100200' }, pageTitle: 'X' }) },
  { end: /\/version$/, body: () => ({ operationKey: 'restore', params: { versionNumber: 1 } }) },
];

/** What to send to a path; undefined where nothing is sent. */
export function bodyOf(route: Route, path: string): unknown[] {
  if (route.method === 'DELETE') return [undefined];
  const id = path.split('/').at(-1) ?? '';
  const found = bodies.find(({ end }) => end.test(path));
  return [found?.body(id)];
}
