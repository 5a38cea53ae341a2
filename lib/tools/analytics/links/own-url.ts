import { UserError } from '#errors';
import type { ReferenceTarget } from '#lib/content';
import { readReference } from '../../resolve/reference.ts';

/** What an address leads to: something of this site, the web, or nothing that can be tested. */
export type Address =
  | { kind: 'own'; target: ReferenceTarget }
  /** A file of a page, by the page's id. */
  | { kind: 'file'; pageId: string; filename: string }
  | { kind: 'web'; url: string }
  /** A view of this site that is no content (search, profile), a mail address, an image in the text itself. */
  | { kind: 'other' }
  | { kind: 'bad' };

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function isOwn(url: URL, site: URL): boolean {
  if (loopback.has(url.hostname) && loopback.has(site.hostname)) return url.port === site.port;
  return url.host === site.host;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function contentOf(url: URL, siteUrl: string): Address {
  const file = /\/download\/(?:attachments|thumbnails)\/(\d+)\/([^/]+)$/.exec(url.pathname);
  if (file?.[1] && file[2]) return { kind: 'file', pageId: file[1], filename: decoded(file[2]) };
  const hash = decoded(url.hash.slice(1));
  const anchor = hash === '' || /^(comment-|_?!|\?)/.test(hash) ? null : hash;
  try {
    const found = readReference(url.href, siteUrl);
    if (found.kind === 'id') return { kind: 'own', target: { kind: 'content', id: found.id, anchor } };
    if (found.kind === 'home') return { kind: 'own', target: { kind: 'space', space: found.spaceKey } };
    if (found.kind === 'comment') {
      const { contentId } = found;
      return contentId === null
        ? { kind: 'other' }
        : { kind: 'own', target: { kind: 'content', id: contentId, anchor: null } };
    }
    return { kind: 'own', target: { kind: 'page', title: found.title, space: found.space, anchor } };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'other' };
    throw error;
  }
}

/** Reads an address as a page has it; relative ones belong to the site. */
export function readAddress(text: string, siteUrl: string): Address {
  if (text === '') return { kind: 'bad' };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return { kind: 'other' };
  const site = new URL(siteUrl);
  const url = URL.parse(text, `${site.href.replace(/\/$/, '')}/wiki/`);
  if (url === null || url.hostname === '') return { kind: 'bad' };
  return isOwn(url, site) ? contentOf(url, siteUrl) : { kind: 'web', url: url.href };
}
