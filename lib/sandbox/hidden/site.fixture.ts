/** A site with one of everything that Ben must not see, told apart by a word that stands in each title and body. */
import type { Demo, DemoNode, DemoPage, DemoSite } from '../demo/types.ts';
import { tinyDemo } from '../tiny-demo.ts';

/** Stands in every hidden title, body, file name, label and key. */
export const marker = 'zyxhidden';

const made = { author: 'ada', at: 10 };
const words = (what: string) => `<p>${marker} ${what}</p>`;
const version = (storage: string) => ({ ...made, storage });

function secretPage(id: string, more: Partial<DemoPage> = {}): DemoPage {
  const task = `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${marker} task</ac:task-body></ac:task></ac:task-list>`;
  const macro = `<ac:structured-macro ac:name="info" ac:macro-id="m-${id}"><ac:rich-text-body>${words('macro')}</ac:rich-text-body></ac:structured-macro>`;
  return {
    id,
    title: `${marker} page ${id}`,
    versions: [version(words('first')), version(`${words('body')}${task}${macro}`)],
    labels: [`${marker}-label`],
    views: [{ at: 1, count: 3, distinct: 1 }],
    comments: [
      {
        ...made,
        id: `${id}1`,
        body: words('remark'),
        replies: [{ ...made, id: `${id}2`, body: words('reply') }],
      },
      { ...made, id: `${id}3`, body: words('inline'), inline: { ref: `r-${id}`, text: `${marker} body` } },
    ],
    attachments: [
      { ...made, id: `${id}4`, filename: `${marker}.png`, mediaType: 'image/png', content: marker },
    ],
    ...more,
  };
}

const node = (id: string, type: DemoNode['type'], more: Partial<DemoNode> = {}): DemoNode => ({
  ...made,
  id,
  type,
  title: `${marker} ${type}`,
  ...more,
});

/** Ids of what is hidden: in the space HR, on a page only Ada may read and below it, and Ada's own draft. */
export const secret = {
  space: '1008',
  key: 'HR',
  pages: ['200100', '200200', '100300', '100310', '100600'],
  post: '200900',
  draft: '100600',
  folder: ['210100', '220100'],
  whiteboard: ['210200', '220200'],
  database: ['210300', '220300'],
  embed: ['210400', '220400'],
  item: ['230100', '230200'],
  template: '240100',
} as const;

function things(site: DemoSite): NonNullable<DemoSite['things']> {
  const below = (page: string, first: string) => [
    { under: page, node: node(`${first}0100`, 'folder') },
    { under: page, node: node(`${first}0200`, 'whiteboard') },
    { under: page, node: node(`${first}0300`, 'database') },
    { under: page, node: node(`${first}0400`, 'embed', { url: `https://${marker}.example/` }) },
  ];
  const property = { key: `${marker}-key`, value: { [marker]: 1 }, ...made };
  const item = { ...made, type: 'ac:app:risk', title: `${marker} risk`, storage: words('risk') };
  return {
    nodes: [...(site.things?.nodes ?? []), ...below('200100', '21'), ...below('100300', '22')],
    properties: [
      ...['200200', '100310', '200900', '210100', '210200', '210300', '210400'].map((id) => ({
        ...property,
        on: 'content' as const,
        id,
      })),
      { ...property, on: 'attachment', id: 'att2002004' },
      { ...property, on: 'comment', id: '2002001' },
      { ...property, on: 'customContent', id: '230100' },
      { ...property, on: 'space', id: '1008' },
    ],
    customTypes: ['ac:app:risk'],
    customContent: [
      { ...item, id: '230100', spaceId: '1008', container: { type: 'page', id: '200200' } },
      { ...item, id: '230200', spaceId: '1001', container: { type: 'page', id: '100310' } },
    ],
    blueprints: [],
  };
}

/** The tiny site with all of that, and a guest who was given nothing. */
export function hiddenDemo(): Demo {
  const demo = tinyDemo({ things: true });
  const site = demo.sites[0];
  const [engineering, people] = site?.spaces ?? [];
  if (!site || !engineering || !people) throw new Error('The tiny site has lost its spaces.');
  demo.people.push({
    key: 'gia',
    accountId: '712020:gia',
    name: 'Gia Guest',
    email: 'gia@halden.example',
    timeZone: 'UTC',
    apiToken: 'sandbox-token-gia',
    guest: true,
  });
  site.people.push('gia');
  Object.assign(people, {
    name: `${marker} people`,
    description: marker,
    labels: [`${marker}-team`],
    homepage: secretPage('200100', { children: [secretPage('200200')] }),
    blogPosts: [secretPage('200900')],
    templates: [
      {
        id: secret.template,
        name: `${marker} form`,
        description: marker,
        storage: words('form'),
        labels: [],
      },
    ],
  });
  const limited = secretPage('100300', {
    readRestriction: { people: ['ada'] },
    children: [secretPage('100310')],
  });
  const draft = secretPage(secret.draft, { status: 'draft', comments: [] });
  const kept = (engineering.homepage.children ?? []).filter((page) => page.id !== '100300');
  engineering.homepage.children = [...kept, limited, draft];
  site.things = things(site);
  return demo;
}
