import {
  ancestorsOf,
  attachmentsOf,
  commentsOf,
  findContent,
  findPerson,
  findSpace,
  labelsOf,
  recordView,
} from '../db/index.ts';
import type { Reply } from '../http/message.ts';
import { escapeHtml } from '../render/escape.ts';
import { storageToHtml } from '../render/html.ts';
import { renderContext } from '../rest/render-context.ts';
import type { Comment, Content } from '../types.ts';
import { bar, pathOf, shownTime, sidebar } from './frame.ts';
import { avatar, page } from './layout.ts';
import type { View } from './site.ts';

/** A page or blog post as people read it, which counts as a view; undefined when it is not there or not for them. */
export function contentPage(view: View, id: string): Reply | undefined {
  const content = findContent(view.db, view.site.cloudId, id);
  const space = content && findSpace(view.db, content.spaceId);
  if (!content || !space || !view.access.canView(content)) return undefined;
  if (content.status === 'current') recordView(view.db, content.id, view.person.accountId);
  const ancestors = ancestorsOf(view.db, content);
  const crumbs = [
    `<a href="${view.site.path}/spaces/${encodeURIComponent(space.key)}">${escapeHtml(space.name)}</a>`,
    ...ancestors.map((one) => `<a href="${pathOf(view, space, one)}">${escapeHtml(one.title)}</a>`),
  ].join(' / ');
  const open = new Set([...ancestors.map((one) => one.id), content.id]);
  const labels = labelsOf(view.db, 'content', content.id);
  const files = attachmentsOf(view.db, content.id);
  const author = findPerson(view.db, content.authorId)?.name ?? 'Unknown';
  const editor = findPerson(view.db, content.versionBy)?.name ?? 'Unknown';
  const notice =
    content.status === 'current'
      ? ''
      : `<p class="panel note">This page is ${escapeHtml(content.status)}.</p>`;
  const body = `${bar(view)}<div class="shell">${sidebar(view, space, open, content.id)}<main class="main"><article class="doc">
<header><nav class="muted" aria-label="Breadcrumb">${crumbs}</nav><h1>${escapeHtml(content.title)}</h1>
<div class="byline muted">${avatar(author)}<span>By ${escapeHtml(author)}. Version ${content.version}, ${shownTime(view, content.versionAt)} by ${escapeHtml(editor)}${content.versionMessage ? ` (${escapeHtml(content.versionMessage)})` : ''}</span></div>
${labels.length > 0 ? `<ul class="labels" aria-label="Labels">${labels.map((label) => `<li>${escapeHtml(label.name)}</li>`).join('')}</ul>` : ''}</header>
${notice}<div class="body">${storageToHtml(content.storage, renderContext(view, content))}</div>
${files.length > 0 ? `<section><h2>Attachments</h2><ul>${files.map((file) => `<li><a href="${view.site.path}/download/attachments/${content.id}/${encodeURIComponent(file.filename)}">${escapeHtml(file.filename)}</a> <span class="muted">${file.size.toLocaleString('en-GB')} bytes</span></li>`).join('')}</ul></section>` : ''}
</article>${comments(view, content)}</main></div>`;
  return page(`${content.title} - ${space.name}`, body);
}

function comments(view: View, content: Content): string {
  const all = commentsOf(view.db, content.id);
  if (all.length === 0) return '';
  const one = (comment: Comment): string => {
    const name = findPerson(view.db, comment.authorId)?.name ?? 'Unknown';
    const replies = all.filter((other) => other.parentId === comment.id);
    const about = comment.selection ? ` on <mark>${escapeHtml(comment.selection)}</mark>` : '';
    const resolved = comment.resolution === 'resolved' ? ' <span class="lozenge green">resolved</span>' : '';
    return `<div class="comment"><p class="muted"><strong>${escapeHtml(name)}</strong>${about}, ${shownTime(view, comment.createdAt)}${resolved}</p>${storageToHtml(comment.body, renderContext(view, content))}${replies.map(one).join('')}</div>`;
  };
  return `<section class="comments"><h2>Comments</h2>${all
    .filter((comment) => comment.parentId === null)
    .map(one)
    .join('')}</section>`;
}
