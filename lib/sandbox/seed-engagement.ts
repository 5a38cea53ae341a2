import {
  type Db,
  insertAudit,
  insertLike,
  insertProperty,
  nextId,
  putViewer,
  setClassification,
} from './db/index.ts';
import { CLASSIFIED, LEVELS, SPACE_DEFAULTS } from './demo/classification.ts';
import { audienceOf, likersOf } from './demo/likes.ts';
import { type DemoReview, REVIEWS } from './demo/reviews.ts';
import type { DemoComment, DemoPage, DemoSite, DemoSpace } from './demo/types.ts';

type Who = { people?: string[]; groups?: string[] } | undefined;
type Seeding = { db: Db; now: number; site: DemoSite; account: (key: string) => string };

const dayMs = 86_400_000;

/** Puts the traces of readers into a fresh site: who viewed and liked what, classification levels, the audit log. */
export function seedEngagement(db: Db, site: DemoSite, now: number, account: (key: string) => string): void {
  const seeding: Seeding = { db, now, site, account };
  for (const space of site.spaces) {
    const readers = among(site, site.people, space.visibleTo);
    const level = levelId(SPACE_DEFAULTS[space.key]);
    if (level !== undefined) setClassification(db, 'space', space.id, level);
    seedPage(seeding, space, space.homepage, readers);
    for (const post of space.blogPosts ?? []) seedPage(seeding, space, post, readers);
  }
  for (const entry of site.audit ?? [])
    insertAudit(db, {
      cloudId: site.cloudId,
      at: Math.round(now - entry.at * dayMs),
      authorId: account(entry.author),
      remoteAddress: '203.0.113.24',
      category: entry.category,
      summary: entry.summary,
      description: '',
      object: { name: entry.object, objectType: objectTypes[entry.category] ?? 'Site' },
      associated: [],
    });
}

const objectTypes: Record<string, string> = {
  Permissions: 'Space',
  'Users and groups': 'User',
  Pages: 'Page',
  Spaces: 'Space',
  'Import and export': 'Space',
  Security: 'User',
  Apps: 'App',
};

/** Those of `people` whom a restriction names; all of them when there is none. */
function among(site: DemoSite, people: readonly string[], who: Who): string[] {
  if (!who?.people?.length && !who?.groups?.length) return [...people];
  const groups = site.groups.filter(({ id, name }) => who.groups?.includes(name) || who.groups?.includes(id));
  const named = new Set([...(who.people ?? []), ...groups.flatMap(({ members }) => members)]);
  return people.filter((key) => named.has(key));
}

function levelId(name: string | undefined): string | undefined {
  return LEVELS.find((level) => level.name === name)?.id;
}

function seedPage(seeding: Seeding, space: DemoSpace, page: DemoPage, above: readonly string[]): void {
  const { db, site } = seeding;
  const readers = among(site, above, page.readRestriction);
  const level = levelId(CLASSIFIED[`${space.key}/${page.title}`]);
  if (level !== undefined) setClassification(db, 'content', page.id, level);
  seedReview(seeding, page, REVIEWS[`${space.key}/${page.title}`]);
  seedViewers(seeding, page, readers);
  const weekly = weeklyViews(page);
  like(seeding, 'content', page.id, likersOf(page.id, readers, weekly));
  for (const comment of page.comments ?? []) seedCommentLikes(seeding, comment, readers, weekly);
  for (const child of page.children ?? []) seedPage(seeding, space, child, readers);
}

function seedCommentLikes(
  seeding: Seeding,
  comment: DemoComment,
  readers: readonly string[],
  weekly: number,
): void {
  for (const { id, author } of [comment, ...(comment.replies ?? [])]) {
    const others = readers.filter((key) => key !== author);
    like(seeding, 'comment', id, likersOf(id, others, weekly));
  }
}

function like(seeding: Seeding, targetType: 'content' | 'comment', targetId: string, keys: string[]): void {
  for (const key of keys) insertLike(seeding.db, { targetType, targetId, accountId: seeding.account(key) });
}

/** Views in a usual week, from the last eight weeks in which the page was viewed at all. */
function weeklyViews(page: DemoPage): number {
  const views = page.views ?? [];
  const newest = Math.min(...views.map(({ at }) => at));
  return views.filter(({ at }) => at < newest + 56).reduce((sum, { count }) => sum + count, 0) / 8;
}

/** Spreads the views over readers: the regular audience every time, others now and then. */
function seedViewers(seeding: Seeding, page: DemoPage, readers: readonly string[]): void {
  const audience = audienceOf(page.id, readers);
  const seen = new Set<string>();
  const newestFirst = (page.views ?? []).toSorted((a, b) => a.at - b.at);
  for (const [index, { at, distinct }] of newestFirst.entries()) {
    const reach = Math.min(audience.length, Math.ceil(distinct * 1.5));
    for (let n = 0; n < Math.min(distinct, reach); n++) {
      const key = audience[(n + index) % reach];
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const lastDay = new Date(seeding.now - at * dayMs).toISOString().slice(0, 10);
      putViewer(seeding.db, { contentId: page.id, accountId: seeding.account(key), lastDay });
    }
  }
}

/** The record of a review, as Confab writes it. */
function seedReview({ db, now, account }: Seeding, page: DemoPage, review: DemoReview | undefined): void {
  if (review === undefined) return;
  const at = new Date(now - review.askedAgo * dayMs).toISOString();
  const by = account(review.askedBy);
  insertProperty(db, {
    id: nextId(db, 'thing'),
    targetType: 'content',
    targetId: page.id,
    key: 'confab-review',
    value: JSON.stringify({
      reviewers: review.reviewers.map(account),
      due: new Date(now + review.dueIn * dayMs).toISOString().slice(0, 10),
      message: review.message,
      requestedBy: by,
      requestedAt: at,
    }),
    version: 1,
    message: '',
    createdBy: by,
    createdAt: at,
    versionBy: by,
    versionAt: at,
  });
}
