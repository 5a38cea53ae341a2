import { childrenOf, findContent } from '../db/index.ts';
import { escapeHtml } from '../render/escape.ts';
import type { Content, Space } from '../types.ts';
import { avatar, badge } from './layout.ts';
import type { View } from './site.ts';

/** The bar on top of every page for people. */
export function bar(view: View): string {
  const { site, person, query } = view;
  const text = escapeHtml(query.get('text') ?? '');
  const here = encodeURIComponent(site.path);
  return `<header class="bar"><a class="home" href="${site.path}"><img src="/avatar.svg" alt="" width="24" height="24">${escapeHtml(site.name)}</a>${badge}
<form class="search" action="${site.path}/search" role="search"><input type="search" name="text" value="${text}" placeholder="Search" aria-label="Search"></form>
<a href="/login?continue=${here}" title="${escapeHtml(person.name)}: switch person" aria-label="Signed in as ${escapeHtml(person.name)}. Switch person">${avatar(person.name)}</a></header>`;
}

/** Path of a page or post on this server. */
export function pathOf(view: View, space: Space, content: Pick<Content, 'id' | 'type'>): string {
  return `${view.site.path}/spaces/${encodeURIComponent(space.key)}/${content.type === 'page' ? 'pages' : content.type === 'blogpost' ? 'blog' : content.type}/${content.id}`;
}

/** The page tree of a space, open along the way to the current page. */
export function sidebar(
  view: View,
  space: Space,
  openIds: ReadonlySet<string>,
  currentId: string | undefined,
): string {
  const home = space.homepageId ? findContent(view.db, view.site.cloudId, space.homepageId) : undefined;
  const roots = home && view.access.canView(home) ? [home] : [];
  return `<aside class="side"><nav aria-label="Pages of ${escapeHtml(space.name)}"><h2><a href="${view.site.path}/spaces/${encodeURIComponent(space.key)}">${escapeHtml(space.name)}</a></h2>${branch(view, space, roots, openIds, currentId)}</nav></aside>`;
}

function branch(
  view: View,
  space: Space,
  nodes: Content[],
  open: ReadonlySet<string>,
  currentId: string | undefined,
): string {
  if (nodes.length === 0) return '';
  const items = nodes.map((node) => {
    const isRoot = node.id === space.homepageId;
    const children =
      isRoot || open.has(node.id)
        ? childrenOf(view.db, node.id).filter((one) => one.status === 'current' && view.access.canView(one))
        : [];
    const current = node.id === currentId ? ' aria-current="page"' : '';
    return `<li><a href="${pathOf(view, space, node)}"${current}>${escapeHtml(node.title)}</a>${branch(view, space, children, open, currentId)}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

/** A moment in the reader's own time zone. */
export function shownTime(view: View, iso: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: view.person.timeZone,
  }).format(new Date(iso));
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(text)}</time>`;
}
