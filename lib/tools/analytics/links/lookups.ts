import { ConfabError } from '#errors';
import {
  convertContentIdsToContentTypes,
  createBulkUserLookup,
  getBlogPosts,
  getPageAttachments,
  getPages,
  getSpaces,
  pages as pagesOf,
} from '#lib/confluence';
import { type Anchors, anchorsOf, ContentError } from '#lib/content';
import { contentNumber, orNull } from '../../ids.ts';
import type { Context } from '../../operation.ts';
import { type Space, spaceOf } from '../../resolve/space.ts';
import { eachOf } from '../../scan/index.ts';
import { spaceAllowed } from '../../spaces-limit.ts';
import type { ScannedPage } from './scanned.ts';

/** A page or post that a link leads to. `type` is Atlassian's word for other content. */
export type Target = { id: string; type: string; title: string; status: string; spaceId: string | null };
/** `null`: asked for and not visible. `undefined` from a map: not asked, because the quota ran out. */
export type Titled = { kind: 'page' | 'blog_post'; spaceId: string; title: string };

const everyStatus = ['current', 'archived', 'trashed'];
const rank = (one: Target): number => everyStatus.indexOf(one.status);
const titleKey = (one: Titled): string => `${one.kind} ${one.spaceId} ${one.title.trim().toLowerCase()}`;
/** Files are compared as people see them: composed and decomposed letters are the same. */
export const fileKey = (name: string): string => name.normalize('NFC').trim().toLowerCase();

function chunks<T>(all: readonly T[], size: number): T[][] {
  const found: T[][] = [];
  for (let at = 0; at < all.length; at += size) found.push(all.slice(at, at + size));
  return found;
}

type Raw = { id?: unknown; title?: unknown; status?: unknown; spaceId?: unknown };
const targetOf = (raw: Raw, type: string): Target => ({
  id: String(raw.id),
  type,
  title: String(raw.title ?? ''),
  status: String(raw.status ?? 'current'),
  spaceId: raw.spaceId === undefined || raw.spaceId === null ? null : String(raw.spaceId),
});

/**
 * What links lead to, asked of Confluence once for each target, many at a time where the API allows it. Pages that were
 * read anyway are not asked about again. Where the quota runs out, the rest stays unknown and `stopped` says so.
 */
export class Lookups {
  readonly spaces = new Map<string, Space | null>();
  readonly contents = new Map<string, Target | null>();
  readonly files = new Map<string, Set<string> | null>();
  readonly people = new Map<string, boolean>();
  readonly anchors = new Map<string, Anchors>();
  readonly #titles = new Map<string, Target | null>();
  stopped: string | null = null;
  readonly #ctx: Context;

  constructor(ctx: Context, scanned: ReadonlyMap<string, ScannedPage>) {
    this.#ctx = ctx;
    for (const { id, title, spaceId, anchors } of scanned.values()) {
      const target: Target = { id, type: 'page', title, status: 'current', spaceId };
      this.contents.set(id, target);
      this.#titles.set(titleKey({ kind: 'page', spaceId, title }), target);
      this.anchors.set(id, anchors);
    }
  }

  titled(one: Titled): Target | null | undefined {
    return this.#titles.get(titleKey(one));
  }

  async #each<T>(items: readonly T[], words: string, work: (item: T) => Promise<void>): Promise<void> {
    if (this.stopped !== null) return;
    this.stopped = (await eachOf(this.#ctx, items, words, work)).stopped;
  }

  /** Spaces by key. */
  findSpaces(keys: readonly string[]): Promise<void> {
    const wanted = [...new Set(keys)].filter((key) => !this.spaces.has(key.toLowerCase()));
    return this.#each(chunks(wanted, 100), 'lists of spaces read', async (batch) => {
      const answer = await getSpaces(this.#ctx.confluence, { keys: batch, limit: 250 });
      for (const key of batch) this.spaces.set(key.toLowerCase(), null);
      for (const raw of answer.results ?? []) {
        const space = spaceOf(this.#ctx.confluence, raw as Parameters<typeof spaceOf>[1]);
        if (space !== null) this.spaces.set(space.key.toLowerCase(), space);
      }
    });
  }

  /** Pages and posts by title, of any status. The API finds titles without regard to case. */
  findTitles(all: readonly Titled[]): Promise<void> {
    const wanted = new Map(
      all.filter((one) => this.titled(one) === undefined).map((one) => [titleKey(one), one]),
    );
    return this.#each([...wanted.values()], 'link targets looked up', async (one) => {
      const asked = { title: one.title.trim(), spaceId: [contentNumber(one.spaceId)], limit: 10 };
      const answer =
        one.kind === 'page'
          ? await getPages(this.#ctx.confluence, { ...asked, status: everyStatus })
          : await getBlogPosts(this.#ctx.confluence, { ...asked, status: ['current', 'trashed'] });
      const found = (answer.results ?? [])
        .map((raw) => targetOf(raw, one.kind))
        .sort((a, b) => rank(a) - rank(b));
      this.#titles.set(titleKey(one), found[0] ?? null);
      if (found[0] && one.kind === 'page') this.contents.set(found[0].id, found[0]);
    });
  }

  /** Content by id: pages of any status first, whatever else there is by its type alone. */
  async findContents(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.contents.has(id));
    const others: string[] = [];
    await this.#each(chunks(wanted, 200), 'lists of link targets read', async (batch) => {
      const answer = await getPages(this.#ctx.confluence, {
        id: batch.map(contentNumber),
        status: everyStatus,
        limit: 250,
      });
      for (const raw of answer.results ?? []) this.contents.set(String(raw.id), targetOf(raw, 'page'));
      others.push(...batch.filter((id) => !this.contents.has(id)));
    });
    await this.#each(chunks(others, 100), 'lists of link targets read', async (batch) => {
      const answer = await convertContentIdsToContentTypes(this.#ctx.confluence, {
        body: { contentIds: batch },
      });
      const types = (answer.results ?? {}) as Record<string, unknown>;
      for (const id of batch) {
        const type = types[id];
        const known = typeof type === 'string' && type !== '';
        this.contents.set(
          id,
          known
            ? { id, type, title: '', status: 'current', spaceId: await this.#spaceOfPost(id, type) }
            : null,
        );
      }
    });
  }

  /** A key limited to spaces must know where a post is; of other content the API does not say. */
  async #spaceOfPost(id: string, type: string): Promise<string | null> {
    if (this.#ctx.limits.spaces === null || type !== 'blogpost') return null;
    const answer = await getBlogPosts(this.#ctx.confluence, { id: [contentNumber(id)], limit: 1 });
    const spaceId = answer.results?.[0]?.spaceId;
    return spaceId === undefined || spaceId === null ? null : String(spaceId);
  }

  /** The names of the files of pages; null for a page whose files cannot be seen. */
  findFiles(pageIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(pageIds)].filter((id) => !this.files.has(id));
    return this.#each(wanted, 'pages asked for their files', async (id) => {
      const names = new Set<string>();
      const list = pagesOf((cursor) =>
        getPageAttachments(this.#ctx.confluence, { id: contentNumber(id), limit: 250, cursor }),
      );
      const done = await orNull(
        (async () => {
          for await (const page of list)
            for (const file of page.results ?? []) names.add(fileKey(file.title ?? ''));
          return true;
        })(),
      );
      this.files.set(id, done === null ? null : names);
    });
  }

  /** Whether account ids belong to somebody the directory shows; nothing is known without the scope to read people. */
  findPeople(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.people.has(id));
    return this.#each(chunks(wanted, 250), 'lists of people read', async (batch) => {
      try {
        const answer = await createBulkUserLookup(this.#ctx.confluence, { body: { accountIds: batch } });
        const seen = new Set((answer.results ?? []).map((one) => one.accountId));
        for (const id of batch) this.people.set(id, seen.has(id));
      } catch (error) {
        if (!(error instanceof ConfabError) || error.code !== 'missing_scope') throw error;
        this.#ctx.log.debug({ code: error.code }, 'people could not be looked up');
      }
    });
  }

  /** The places of pages that were not read with the others. */
  findAnchors(pageIds: readonly string[]): Promise<void> {
    const wanted = [...new Set(pageIds)].filter((id) => !this.anchors.has(id));
    return this.#each(chunks(wanted, 50), 'lists of pages read', async (batch) => {
      const answer = await getPages(this.#ctx.confluence, {
        id: batch.map(contentNumber),
        bodyFormat: 'storage',
        limit: 50,
      });
      for (const raw of answer.results ?? []) {
        const body = (raw.body as { storage?: { value?: unknown } } | null | undefined)?.storage?.value;
        if (typeof body !== 'string') continue;
        try {
          this.anchors.set(String(raw.id), anchorsOf(body));
        } catch (error) {
          if (!(error instanceof ContentError)) throw error;
          this.#ctx.log.debug({ page: String(raw.id) }, 'a link target is not well-formed');
        }
      }
    });
  }

  /** Whether the caller may hear about things of this space. */
  mayTell(spaceId: string | null): boolean {
    return this.#ctx.limits.spaces === null || spaceAllowed(this.#ctx, spaceId);
  }
}
