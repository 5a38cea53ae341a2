import { type Ask, get, v1, v2 } from './ask.ts';

const body = { representation: 'storage', value: '<p>x</p>' };
const firstProperty = 1_500_000;
/** In the order of the properties of the test site. */
const holders = [
  'pages/100200',
  'blogposts/100900',
  'folders/110100',
  'whiteboards/110200',
  'databases/110300',
  'embeds/110400',
  'attachments/att400200',
  'comments/300200',
  'custom-content/120100',
  'spaces/1001',
];

const propertyAsks = holders.flatMap((holder, index): Ask[] => {
  const root = `${v2}/${holder}/properties`;
  const one = `${root}/${firstProperty + index}`;
  return [
    get(`${root}?key=review`),
    { method: 'POST', path: root, body: { key: 'new', value: [1, { a: null }] } },
    get(`${root}?limit=1`),
    get(one),
    { method: 'PUT', path: one, body: { key: 'review', value: 'x', version: { number: 2 } } },
    { method: 'DELETE', path: one },
  ];
});

const nodeAsks = ['folders', 'whiteboards', 'databases', 'embeds'].flatMap((plural, index): Ask[] => {
  const one = `${v2}/${plural}/${['110100', '110200', '110300', '110400'][index]}`;
  const more = plural === 'embeds' ? { embedUrl: 'https://y.example/' } : {};
  return [
    get(one),
    ...['operations', 'direct-children', 'descendants', 'ancestors'].map((path) => get(`${one}/${path}`)),
    {
      method: 'POST',
      path: `${v2}/${plural}`,
      body: { spaceId: '1001', title: `New ${plural}`, parentId: '100100', ...more },
    },
  ];
});

const template = { name: 'T', templateType: 'page', body: { storage: { ...body } } };

/** Requests about properties, tasks, templates, folders and their kin, custom content. */
export const thingsAsks: Ask[] = [
  ...propertyAsks,
  ...nodeAsks,
  { method: 'POST', path: `${v2}/folders`, body: { spaceId: '1001', title: 'At the top' } },
  { method: 'POST', path: `${v2}/databases?private=true`, body: { spaceId: '1001', title: 'Mine' } },
  get(`${v2}/pages/110110`),
  get(`${v2}/pages/100100/direct-children`),
  get(`${v2}/pages/110110/ancestors`),
  get(
    `${v2}/tasks?body-format=storage&status=incomplete&assigned-to=712020:ben&space-id=1001&page-id=110110`,
  ),
  get(`${v2}/tasks/2000011?body-format=atlas_doc_format`),
  { method: 'PUT', path: `${v2}/tasks/2000011`, body: { status: 'complete' } },
  get(`${v2}/tasks?completed-by=712020:ada&completed-at-from=0`),
  get(`${v2}/custom-content?type=ac:app:risk&body-format=storage`),
  ...['spaces/1001', 'pages/100200', 'blogposts/100900'].map((path) =>
    get(`${v2}/${path}/custom-content?type=ac:app:risk`),
  ),
  get(
    `${v2}/custom-content/120100?body-format=view&include-labels=true&include-properties=true&include-operations=true&include-versions=true`,
  ),
  ...['children', 'labels', 'operations', 'versions?body-format=storage', 'versions/1'].map((path) =>
    get(`${v2}/custom-content/120100/${path}`),
  ),
  {
    method: 'POST',
    path: `${v2}/custom-content`,
    body: { type: 'ac:app:risk', title: 'Below', customContentId: '120100', body },
  },
  get(`${v2}/custom-content/120100/children`),
  {
    method: 'PUT',
    path: `${v2}/custom-content/120100`,
    body: {
      id: '120100',
      type: 'ac:app:risk',
      status: 'current',
      title: 'Risk',
      body: { raw: { value: 'plain', representation: 'raw' } },
      version: { number: 2 },
    },
  },
  { method: 'DELETE', path: `${v2}/custom-content/120100` },
  { method: 'POST', path: `${v1}/template`, body: { ...template, space: { key: 'ENG' } } },
  { method: 'POST', path: `${v1}/template`, body: template },
  get(`${v1}/template/page`),
  get(`${v1}/template/page?spaceKey=ENG&expand=body.storage`),
  get(`${v1}/template/blueprint?spaceKey=ENG&expand=body`),
  get(`${v1}/template/b1?expand=body.storage`),
  {
    method: 'PUT',
    path: `${v1}/template`,
    body: { ...template, templateId: '2000012', space: { key: 'ENG' }, name: 'T2' },
  },
  { method: 'DELETE', path: `${v1}/template/2000012` },
  ...['folders/110100', 'whiteboards/110200', 'databases/110300', 'embeds/110400'].map(
    (path): Ask => ({
      method: 'DELETE',
      path: `${v2}/${path}`,
    }),
  ),
];
