import type { Space } from '../../resolve/space.ts';
import { readAddress } from './own-url.ts';
import type { ScannedPage } from './scanned.ts';

/** Which pages other pages refer to, by id and by space and title. A page's references to itself do not count. */
export type Incoming = { has(page: { id: string; title: string; spaceId: string }): boolean };

const titleKey = (spaceKey: string, title: string): string =>
  `${spaceKey.toLowerCase()} ${title.trim().toLowerCase()}`;

/** Reads the references of all pages once. `spaces`: those of the pages, by id, for titles without a space key. */
export function incomingOf(
  pages: Iterable<ScannedPage>,
  spaces: ReadonlyMap<string, Space>,
  siteUrl: string,
): Incoming {
  const ids = new Set<string>();
  const titles = new Set<string>();
  const keyOf = (spaceId: string): string => spaces.get(spaceId)?.key ?? `id ${spaceId}`;
  for (const page of pages) {
    const own = titleKey(keyOf(page.spaceId), page.title);
    for (const { target } of page.references) {
      const address = target.kind === 'url' ? readAddress(target.url, siteUrl) : null;
      const found = address === null ? target : address.kind === 'own' ? address.target : null;
      if (found?.kind === 'content' && found.id !== page.id) ids.add(found.id);
      if (found?.kind !== 'page') continue;
      const key = titleKey(found.space ?? keyOf(page.spaceId), found.title);
      if (key !== own) titles.add(key);
    }
  }
  return { has: ({ id, title, spaceId }) => ids.has(id) || titles.has(titleKey(keyOf(spaceId), title)) };
}
