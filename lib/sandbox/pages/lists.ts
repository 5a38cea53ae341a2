import { runCql } from '../cql/evaluate.ts';
import { findContent, findSpaceByKey, listContents, spacesOfSite } from '../db/index.ts';
import type { Reply } from '../http/message.ts';
import { escapeHtml } from '../render/escape.ts';
import { excerptOf } from '../rest-v1/excerpt.ts';
import { contentPage } from './content-page.ts';
import { bar, pathOf, shownTime, sidebar } from './frame.ts';
import { page } from './layout.ts';
import type { View } from './site.ts';

/** All spaces the reader may see. */
export function spacesPage(view: View): Reply {
  const rows = spacesOfSite(view.db, view.site.cloudId)
    .filter((space) => view.access.canViewSpace(space))
    .map(
      (space) =>
        `<tr><td><a href="${view.site.path}/spaces/${encodeURIComponent(space.key)}">${escapeHtml(space.name)}</a></td><td><code>${escapeHtml(space.key)}</code></td><td>${escapeHtml(space.description)}</td></tr>`,
    );
  return page(
    `Spaces - ${view.site.name}`,
    `${bar(view)}<main class="wide"><h1>Spaces</h1><table class="grid"><thead><tr><th>Name</th><th>Key</th><th>About</th></tr></thead><tbody>${rows.join('')}</tbody></table></main>`,
  );
}

/** A space: its homepage, or its tree and blog when it has none. */
export function spacePage(view: View, key: string): Reply | undefined {
  const space = findSpaceByKey(view.db, view.site.cloudId, key);
  if (!space || !view.access.canViewSpace(space)) return undefined;
  const home = space.homepageId ? findContent(view.db, view.site.cloudId, space.homepageId) : undefined;
  if (home && view.query.get('show') !== 'blog' && view.access.canView(home))
    return contentPage(view, home.id);
  const posts = listContents(view.db, {
    cloudId: view.site.cloudId,
    type: 'blogpost',
    spaceIds: [space.id],
    statuses: ['current'],
  })
    .filter((post) => view.access.canView(post))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(
      (post) =>
        `<li><h2><a href="${pathOf(view, space, post)}">${escapeHtml(post.title)}</a></h2><span class="muted">${shownTime(view, post.createdAt)}</span></li>`,
    );
  return page(
    space.name,
    `${bar(view)}<div class="shell">${sidebar(view, space, new Set(), undefined)}<main class="main"><h1>${escapeHtml(space.name)}</h1><p>${escapeHtml(space.description)}</p><ul class="results">${posts.join('')}</ul></main></div>`,
  );
}

const most = 50;

/** Search over everything the reader may see. */
export function searchPage(view: View): Reply {
  const text = view.query.get('text')?.trim() ?? '';
  const rows: string[] = [];
  if (text !== '') {
    const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    const documents = view.app.index.documents(view.site.cloudId);
    const found = runCql(`siteSearch ~ "${quoted}" AND type in (page, blogpost)`, documents, {
      person: view.person,
      now: Date.now(),
    });
    for (const document of found.documents) {
      const content = findContent(view.db, view.site.cloudId, document.id);
      if (!content || !view.access.canView(content)) continue;
      const excerpt = excerptOf(document.text, found.words, 'highlight')
        .replaceAll('@@@hl@@@', '<mark>')
        .replaceAll('@@@endhl@@@', '</mark>');
      rows.push(
        `<li><h2><a href="${pathOf(view, document.space, content)}">${escapeHtml(content.title)}</a></h2><p class="muted">${escapeHtml(document.space.name)}, ${shownTime(view, content.versionAt)}</p><p>${excerpt}</p></li>`,
      );
      if (rows.length === most) break;
    }
  }
  const none = text === '' ? 'Type some words above.' : 'Nothing found.';
  return page(
    `Search - ${view.site.name}`,
    `${bar(view)}<main class="wide"><h1>Search</h1>${rows.length > 0 ? `<ul class="results">${rows.join('')}</ul>` : `<p>${none}</p>`}</main>`,
  );
}
