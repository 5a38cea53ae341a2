import type { Document } from '../documents.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A nested list of links to pages in storage format: children below their parents, by title. */
export function indexStorage(pages: readonly Document[], keyOf: (page: Document) => string): string {
  const known = new Set(pages.map((page) => page.id));
  const below = Map.groupBy(pages, (page) =>
    page.parentId !== null && known.has(page.parentId) ? page.parentId : '',
  );
  const list = (parent: string, depth: number): string => {
    const kids = (below.get(parent) ?? []).toSorted((a, b) => order.compare(a.title, b.title));
    if (kids.length === 0 || depth > 30) return '';
    const items = kids.map((page) => {
      const link = `<ac:link><ri:page ri:content-title="${escaped(page.title)}" ri:space-key="${escaped(keyOf(page))}"/><ac:link-body>${escaped(page.title)}</ac:link-body></ac:link>`;
      return `<li><p>${link}</p>${list(page.id, depth + 1)}</li>`;
    });
    return `<ul>${items.join('')}</ul>`;
  };
  return list('', 0);
}
