import { type Anchors, anchorsOf, ContentError, type Reference, references } from '#lib/content';
import type { Document } from '../../documents.ts';
import type { Context } from '../../operation.ts';
import { type Completeness, type Scope, scanPages } from '../../scan/index.ts';

/** A page whose body was read, with all it refers to. */
export type ScannedPage = {
  id: string;
  title: string;
  url: string;
  spaceId: string;
  references: Reference[];
  anchors: Anchors;
};

export type Scanned = {
  pages: Map<string, ScannedPage>;
  /** Pages whose body is not well-formed, so that nothing can be said about them. */
  unreadable: { title: string; url: string }[];
  completeness: Completeness;
};

/** What a page refers to, or null where its body is not well-formed. */
export function scannedOf(page: Document): ScannedPage | null {
  const { id, title, url, spaceId } = page;
  try {
    const body = page.body ?? '';
    return { id, title, url, spaceId, references: references(body), anchors: anchorsOf(body) };
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

/** Reads the bodies of a scope and keeps what they refer to, not the bodies. */
export async function scanReferences(ctx: Context, scope: Scope, maxPages: number): Promise<Scanned> {
  const pages = new Map<string, ScannedPage>();
  const unreadable: Scanned['unreadable'] = [];
  const completeness = await scanPages(ctx, { scope, maxPages, bodies: true }, (page) => {
    const found = scannedOf(page);
    if (found === null) unreadable.push({ title: page.title, url: page.url });
    else pages.set(page.id, found);
  });
  return { pages, unreadable, completeness };
}
