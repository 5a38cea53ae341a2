import {
  addViews,
  attachLabel,
  type Db,
  ensureLabel,
  insertAttachment,
  insertComment,
  insertContent,
  insertGroup,
  insertPerson,
  insertRestriction,
  insertSite,
  insertSpace,
  insertVersion,
} from './db/index.ts';
import type { Demo, DemoPage, DemoSite, DemoSpace } from './demo/types.ts';
import { seededBody } from './seed-body.ts';
import { seedEngagement } from './seed-engagement.ts';
import { seedRoleMode, seedSpaceAccess, seedWatches } from './seed-spaces.ts';
import { seedStates } from './seed-states.ts';
import { seedThings } from './seed-things.ts';
import type { ContentType } from './types.ts';

type Who = { people?: string[]; groups?: string[] } | undefined;
type Seeding = { db: Db; now: number; site: DemoSite; account: (key: string) => string; space: DemoSpace };

/** Puts a demo into an empty database in one transaction; `now` (epoch ms) is the moment its ages count from. */
export function seed(db: Db, demo: Demo, now: number): void {
  const accounts = new Map(demo.people.map((person) => [person.key, person.accountId]));
  const account = (key: string): string => {
    const id = accounts.get(key);
    if (!id) throw new Error(`The demo names a person "${key}" who is not in its list of people.`);
    return id;
  };
  db.transaction(() => {
    for (const person of demo.people)
      insertPerson(db, {
        accountId: person.accountId,
        key: person.key,
        name: person.name,
        email: person.email,
        timeZone: person.timeZone,
        apiToken: person.apiToken ?? null,
        canSignIn: person.canSignIn ?? false,
        isAdmin: person.key === 'ada',
        isGuest: person.guest ?? false,
      });
    for (const site of demo.sites) {
      const { cloudId, name, path } = site;
      insertSite(db, { cloudId, name, path }, site.people.map(account));
      seedRoleMode(db, site);
      for (const group of site.groups)
        insertGroup(db, { id: group.id, cloudId, name: group.name }, group.members.map(account));
      for (const space of site.spaces) seedSpace({ db, now, site, account, space });
      seedThings({
        db,
        site,
        account,
        timeOf: (daysAgo) => new Date(now - daysAgo * 86_400_000).toISOString(),
        page(spaceId, page, parentId, position) {
          const space = site.spaces.find((one) => one.id === spaceId);
          if (space) seedPage({ db, now, site, account, space }, page, 'page', parentId, position);
        },
      });
      seedEngagement(db, site, now, account);
      seedStates(db, cloudId, now);
    }
  })();
}

function timeOf(seeding: Seeding, daysAgo: number): string {
  return new Date(seeding.now - daysAgo * 86_400_000).toISOString();
}

/** People and groups of the demo as subjects of the database. */
function subjects(seeding: Seeding, who: Who): { subjectType: 'user' | 'group'; subjectId: string }[] {
  const groupId = (name: string): string => {
    const group = seeding.site.groups.find((one) => one.name === name || one.id === name);
    if (!group) throw new Error(`The demo names a group "${name}" that ${seeding.site.name} does not have.`);
    return group.id;
  };
  return [
    ...(who?.people ?? []).map((key) => ({ subjectType: 'user' as const, subjectId: seeding.account(key) })),
    ...(who?.groups ?? []).map((name) => ({ subjectType: 'group' as const, subjectId: groupId(name) })),
  ];
}

function seedSpace(seeding: Seeding): void {
  const { db, site, space, account } = seeding;
  const createdAt = timeOf(seeding, space.createdAt);
  insertSpace(db, {
    id: space.id,
    cloudId: site.cloudId,
    key: space.key,
    name: space.name,
    type: space.type,
    status: space.status ?? 'current',
    description: space.description ?? '',
    authorId: seeding.account(space.author),
    createdAt,
    homepageId: space.homepage.id,
  });
  const spaceSeeding = { db, site, space, account, subjects: (who: Who) => subjects(seeding, who) };
  seedSpaceAccess(spaceSeeding);
  seedWatches(spaceSeeding);
  for (const name of space.labels ?? [])
    attachLabel(db, ensureLabel(db, site.cloudId, 'team', name), 'space', space.id, createdAt);
  seedPage(seeding, space.homepage, 'page', null, 0);
  for (const [index, top] of (space.topPages ?? []).entries())
    seedPage(seeding, top, 'page', null, index + 1);
  for (const [index, post] of (space.blogPosts ?? []).entries())
    seedPage(seeding, post, 'blogpost', null, index);
}

function seedPage(
  seeding: Seeding,
  page: DemoPage,
  type: ContentType,
  parentId: string | null,
  position: number,
): void {
  const { db, site, account } = seeding;
  const first = page.versions[0];
  const last = page.versions.at(-1);
  if (!first || !last) throw new Error(`The demo page "${page.title}" has no version.`);
  insertContent(db, {
    id: page.id,
    cloudId: site.cloudId,
    type,
    spaceId: seeding.space.id,
    parentId,
    position,
    status: page.status ?? 'current',
    title: page.title,
    storage: seededBody(page.id, last.storage),
    subtype: null,
    authorId: account(first.author),
    ownerId: account(first.author),
    createdAt: timeOf(seeding, first.at),
    version: page.versions.length,
    versionBy: account(last.author),
    versionAt: timeOf(seeding, last.at),
    versionMessage: last.message ?? '',
  });
  page.versions.forEach((version, index) => {
    insertVersion(db, {
      contentId: page.id,
      number: index + 1,
      title: version.title ?? page.title,
      storage: seededBody(page.id, version.storage),
      authorId: account(version.author),
      createdAt: timeOf(seeding, version.at),
      message: version.message ?? '',
    });
  });
  for (const name of page.labels ?? [])
    attachLabel(
      db,
      ensureLabel(db, site.cloudId, 'global', name),
      'content',
      page.id,
      timeOf(seeding, last.at),
    );
  for (const subject of subjects(seeding, page.readRestriction))
    insertRestriction(db, { contentId: page.id, operation: 'read', ...subject });
  for (const subject of subjects(seeding, page.updateRestriction))
    insertRestriction(db, { contentId: page.id, operation: 'update', ...subject });
  for (const view of page.views ?? [])
    addViews(db, {
      contentId: page.id,
      day: timeOf(seeding, view.at).slice(0, 10),
      count: view.count,
      distinctCount: view.distinct,
    });
  seedComments(seeding, page);
  seedAttachments(seeding, page);
  for (const [index, child] of (page.children ?? []).entries())
    seedPage(seeding, child, type, page.id, index);
}

function seedComments(seeding: Seeding, page: DemoPage): void {
  const { db, account } = seeding;
  for (const comment of page.comments ?? []) {
    const kind = comment.inline ? 'inline' : 'footer';
    const shared = { contentId: page.id, kind, version: 1 } as const;
    insertComment(db, {
      ...shared,
      id: comment.id,
      parentId: null,
      authorId: account(comment.author),
      createdAt: timeOf(seeding, comment.at),
      body: seededBody(comment.id, comment.body),
      resolution: comment.resolved ? 'resolved' : 'open',
      resolvedBy: comment.resolved ? account(comment.author) : null,
      resolvedAt: comment.resolved ? timeOf(seeding, comment.at) : null,
      markerRef: comment.inline?.ref ?? null,
      selection: comment.inline?.text ?? null,
    });
    for (const reply of comment.replies ?? [])
      insertComment(db, {
        ...shared,
        id: reply.id,
        parentId: comment.id,
        authorId: account(reply.author),
        createdAt: timeOf(seeding, reply.at),
        body: seededBody(reply.id, reply.body),
        resolution: 'open',
        resolvedBy: null,
        resolvedAt: null,
        markerRef: null,
        selection: null,
      });
  }
}

function seedAttachments(seeding: Seeding, page: DemoPage): void {
  for (const file of page.attachments ?? []) {
    const bytes = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
    insertAttachment(
      seeding.db,
      {
        id: file.id.startsWith('att') ? file.id : `att${file.id}`,
        contentId: page.id,
        filename: file.filename,
        mediaType: file.mediaType,
        authorId: seeding.account(file.author),
        createdAt: timeOf(seeding, file.at),
        comment: file.comment ?? '',
        version: 1,
        fileId: `file-${file.id}`,
      },
      bytes,
    );
  }
}
