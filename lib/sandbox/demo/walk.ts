/** Walks the demo for its tests. */
import { buildDemo } from './index.ts';
import type { DemoComment, DemoNode, DemoPage, DemoSpace } from './types.ts';

/** The demo under test. */
export const demo = buildDemo();
/** All spaces of both sites. */
export const spaces = demo.sites.flatMap((site) => site.spaces);

type Found = { space: DemoSpace; page: DemoPage; post: boolean };

function below(space: DemoSpace, page: DemoPage, post: boolean): Found[] {
  return [{ space, page, post }, ...(page.children ?? []).flatMap((child) => below(space, child, post))];
}

const nodePages = (node: DemoNode): DemoPage[] => [
  ...(node.pages ?? []),
  ...(node.nodes ?? []).flatMap(nodePages),
];
/** Folders, whiteboards, databases and Smart Links with the space they are in. */
const nodes = demo.sites.flatMap((site) =>
  (site.things?.nodes ?? []).flatMap(({ under, node }) =>
    site.spaces
      .filter((space) => below(space, space.homepage, false).some(({ page }) => page.id === under))
      .map((space) => ({ space, node })),
  ),
);

/** All pages and blog posts. */
export const contents = spaces.flatMap((space) => [
  ...below(space, space.homepage, false),
  ...(space.topPages ?? []).flatMap((page) => below(space, page, false)),
  ...(space.blogPosts ?? []).flatMap((post) => below(space, post, true)),
  ...nodes
    .filter((one) => one.space === space)
    .flatMap(({ node }) => nodePages(node).flatMap((page) => below(space, page, false))),
]);
/** Pages alone. */
export const pages = contents.filter((one) => !one.post);
/** Comments without replies. */
export const comments: DemoComment[] = contents.flatMap((one) => one.page.comments ?? []);
/** Templates of sites and spaces. */
export const templates = demo.sites.flatMap((site) => [
  ...(site.templates ?? []),
  ...site.spaces.flatMap((space) => space.templates ?? []),
]);

/** Storage of the current version. */
export const current = (page: DemoPage) => page.versions.at(-1)?.storage ?? '';
/** Every body with a name for messages: versions, comments, replies, templates. */
export const bodies: [where: string, storage: string][] = [
  ...contents.flatMap(({ space, page }) =>
    page.versions.map((version, index): [string, string] => [
      `${space.key}/${page.title} v${index + 1}`,
      version.storage,
    ]),
  ),
  ...comments.flatMap((comment): [string, string][] => [
    [`comment ${comment.id}`, comment.body],
    ...(comment.replies ?? []).map((reply): [string, string] => [`reply ${reply.id}`, reply.body]),
  ]),
  ...templates.map((template): [string, string] => [`template ${template.name}`, template.storage]),
];
/** All bodies in one text. */
export const everything = bodies.map(([, storage]) => storage).join('\n');

/** The page of that title; throws when there is none. */
export function pageOf(spaceKey: string, title: string): DemoPage {
  const found = contents.find((one) => one.space.key === spaceKey && one.page.title === title);
  if (!found) throw new Error(`No page ${spaceKey}/${title}`);
  return found.page;
}
