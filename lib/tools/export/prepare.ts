import { mentions, toRich } from '#lib/content';
import type { RichNode } from '#lib/wire';
import { type ExportPage, type ExportSet, fileFolder, relative, titleKey } from './source.ts';

type Element = Exclude<RichNode, string>;

/** Macros of which only the content counts. */
const transparent = new Set([
  'excerpt',
  'details',
  'section',
  'column',
  'align',
  'table-filter',
  'table-plus',
  'scroll-ignore',
  'ui-steps',
  'ui-step',
  'html',
  'div',
  'bodied-extension',
]);
/** Macros that draw nothing. */
const invisible = new Set(['anchor', 'scroll-ignore-inline', 'placeholder', '']);
const panelKinds = new Set(['info', 'note', 'tip', 'warning', 'panel', 'success', 'error']);

const blockTags = /^(p|h[1-6]|ul|ol|table|panel|pre|layout|blockquote|expand|hr|image|task)$/;
const isBlock = (node: RichNode): boolean => typeof node !== 'string' && blockTags.test(node.tag);

export type Prepared = { content: RichNode[]; notShown: Map<string, number> };

type Work = {
  page: ExportPage;
  count: (what: string) => void;
  href: (child: ExportPage) => string;
  below: readonly ExportPage[];
};

function childList(work: Work): RichNode[] {
  if (work.below.length === 0) return [];
  return [
    {
      tag: 'ul',
      kids: work.below.map((child) => ({
        tag: 'li',
        kids: [{ tag: 'a', at: { href: work.href(child) }, kids: [child.document.title] }],
      })),
    },
  ];
}

function fileList(work: Work): RichNode[] {
  return work.page.files.length === 0
    ? []
    : [{ tag: 'ul', kids: work.page.files.map((file) => ({ tag: 'li', kids: [file.name] })) }];
}

/** A macro as far as it can be shown outside Confluence. */
function macro(node: Element, work: Work): RichNode[] {
  const kind = node.at?.kind ?? '';
  const kids = node.kids ?? [];
  if (kind === 'toc') return [node];
  if (kind === 'children' && work.below.length > 0) return childList(work);
  if (kind === 'attachments' && work.page.files.length > 0) return fileList(work);
  if (invisible.has(kind)) return kids.some(isBlock) ? shown(kids.filter(isBlock), work) : [];
  const body = shown(kids.filter(isBlock), work);
  if (panelKinds.has(kind) && body.length > 0) {
    const known = kind === 'success' ? 'tip' : kind === 'error' ? 'warning' : kind;
    return [{ ...node, tag: 'panel', at: { ...node.at, kind: known }, kids: body }];
  }
  if (transparent.has(kind) && body.length > 0) return body;
  work.count(`macro "${kind}"`);
  return [{ ...node, kids: [...kids.filter((kid) => typeof kid === 'string'), ...body] }];
}

function shown(nodes: readonly RichNode[], work: Work): RichNode[] {
  return nodes.flatMap((node): RichNode[] => {
    if (typeof node === 'string') return [node];
    if (node.tag === 'macro') return macro(node, work);
    return node.kids === undefined ? [node] : [{ ...node, kids: shown(node.kids, work) }];
  });
}

export type Addresses = {
  /** Ending of the files that pages become, for links between them; null: they link to Confluence. */
  ending: string | null;
  /** What stands for a file in `href`: its name, for those who draw it, or its address in the archive. */
  file: 'name' | 'address';
};

/** Where links and images of a page lead in the archive, or in Confluence for what is not in it. */
export function addressesOf(set: ExportSet, page: ExportPage, o: Addresses) {
  return {
    people: set.people,
    relative: true,
    pageUrl: (title: string, space: string | null): string => {
      const key = space ?? page.space.key;
      const target = set.byTitle.get(titleKey(key, title));
      return target === undefined || o.ending === null
        ? (target?.document.url ?? set.webUrl(title, key))
        : relative(page.path, `${target.path}.${o.ending}`);
    },
    fileUrl: (name: string): string | null => {
      const file = page.files.find((one) => one.name === name);
      if (file === undefined || file.bytes === null) return null;
      return o.file === 'name' ? name : relative(page.path, `${fileFolder(page)}/${name}`);
    },
  };
}

/** A page's body as a tree that can be drawn anywhere, and what of it cannot be shown. */
export function prepare(set: ExportSet, page: ExportPage, o: Addresses): Prepared {
  const notShown = new Map<string, number>();
  const count = (what: string) => notShown.set(what, (notShown.get(what) ?? 0) + 1);
  const addresses = addressesOf(set, page, o);
  const below = set.pages.filter((one) => page.children.includes(one.document.id));
  const href = (child: ExportPage) =>
    o.ending === null ? child.document.url : relative(page.path, `${child.path}.${o.ending}`);
  const content = shown(toRich(page.document.body ?? '', addresses), { page, count, href, below });
  for (const file of page.files)
    if (file.bytes === null) count(`file "${file.name}": ${file.why ?? 'missing'}`);
  return { content, notShown };
}

/** Everyone a set of bodies mentions. */
export const mentionedIn = (pages: readonly { body: string | null }[]): string[] => [
  ...new Set(pages.flatMap(({ body }) => mentions(body ?? ''))),
];

/** `macro "jira" (2 times)`, for the answer. */
export const countedList = (notShown: ReadonlyMap<string, number>): string[] =>
  [...notShown].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`));
