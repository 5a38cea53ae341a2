import { type Ask, get, v1, v2 } from './ask.ts';

const storage = (value: string) => ({ representation: 'storage', value });
const write = (method: string, path: string, body?: unknown): Ask => ({
  method,
  path,
  ...(body === undefined ? {} : { body }),
});

/** Copies, archive, tree deletion, long tasks, content states and blog posts, in an order that works. */
export const pagesAsks: Ask[] = [
  write('POST', `${v1}/content/100200/copy`, {
    destination: { type: 'parent_page', value: '100400' },
    pageTitle: 'Guidelines copied',
    copyAttachments: true,
    copyLabels: true,
    copyPermissions: true,
    copyProperties: true,
    copyCustomContents: true,
  }),
  write('POST', `${v1}/content/100200/copy`, {
    destination: { type: 'space', value: 'HR' },
    pageTitle: 'Guidelines of HR',
  }),
  write('POST', `${v1}/content/100200/pagehierarchy/copy`, {
    destinationPageId: '100400',
    titleOptions: { prefix: 'Copy of ' },
  }),
  get(`${v1}/longtask`),
  get(`${v1}/longtask/9000002`),
  write('POST', `${v1}/content/archive`, { pages: [{ id: 100210 }] }),
  write('DELETE', `${v1}/content/100300/pageTree`),
  get(`${v1}/content/100400/state`),
  get(`${v1}/content/100400/state/available`),
  write('PUT', `${v1}/content/100400/state?status=current`, { name: 'In review', color: '#ff7452' }),
  get(`${v1}/content/100400/state?status=current`),
  get(`${v1}/content/100400/state/available`),
  get(`${v1}/content-states`),
  get(`${v1}/space/ENG/state`),
  get(`${v1}/space/ENG/state/settings`),
  get(`${v1}/space/ENG/state/content?state-id=1000&expand=version`),
  write('DELETE', `${v1}/content/100400/state?status=current`),
  write('POST', `${v2}/blogposts`, { spaceId: '1001', title: 'Notes', body: storage('<p>a</p>') }),
  write('POST', `${v2}/blogposts?private=true`, {
    spaceId: '1001',
    status: 'draft',
    body: storage('<p>a</p>'),
  }),
  write('PUT', `${v2}/blogposts/100900`, {
    id: '100900',
    status: 'current',
    title: 'Week 12, corrected',
    body: storage('<p>News</p>'),
    version: { number: 2 },
  }),
  write('DELETE', `${v2}/blogposts/100900`),
  get(`${v2}/blogposts?status=trashed`),
  write('PUT', `${v2}/blogposts/100900`, {
    id: '100900',
    status: 'current',
    title: 'Week 12, corrected',
    body: storage('<p>News</p>'),
    version: { number: 3 },
  }),
];
