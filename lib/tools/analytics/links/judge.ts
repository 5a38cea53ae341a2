import { hasAnchor, type Reference, type ReferenceTarget } from '#lib/content';
import { nearest } from '../../near.ts';
import { fileKey, type Lookups, type Target, type Titled } from './lookups.ts';
import { readAddress } from './own-url.ts';
import type { ScannedPage } from './scanned.ts';

export const reasons = [
  'not_visible',
  'archived',
  'trashed',
  'space_not_visible',
  'anchor_missing',
  'file_missing',
  'person_unknown',
  'web_gone',
  'web_error',
  'bad_address',
] as const;
export type Reason = (typeof reasons)[number];

export type Verdict =
  | { state: 'good' }
  | { state: 'broken'; reason: Reason; why: string }
  /** Nothing can be said; `why` is the same for all of a kind, so that they can be counted. */
  | { state: 'unchecked'; why: string };

export const good: Verdict = { state: 'good' };
const broken = (reason: Reason, why: string): Verdict => ({ state: 'broken', reason, why });
export const unchecked = (why: string): Verdict => ({ state: 'unchecked', why });
const outside = unchecked('they lead outside the spaces this access covers');
const unasked = unchecked('Atlassian’s quota was used up before they were looked up');

/** What a link leads to, with addresses of this site read as content. `null`: nothing of Confluence. */
export type Place = {
  target: ReferenceTarget | { kind: 'file'; pageId: string; filename: string };
  page: ScannedPage;
};

/** Reads a reference as a place in Confluence, as a web address, or says what is wrong with it. */
export function placeOf(
  page: ScannedPage,
  { target }: Reference,
  siteUrl: string,
): Place | { web: string } | Verdict {
  if (target.kind !== 'url') return { target, page };
  const address = readAddress(target.url, siteUrl);
  if (address.kind === 'own') return { target: address.target, page };
  if (address.kind === 'file') return { target: address, page };
  if (address.kind === 'web') return { web: address.url };
  return address.kind === 'other' ? good : broken('bad_address', 'this is no address that can be opened');
}

/** The space id a title is looked for in: the named space's, or the page's own. Undefined: not known yet. */
export function titledIn(
  lookups: Lookups,
  page: ScannedPage,
  target: { kind: Titled['kind']; title: string; space: string | null },
): Titled | null | undefined {
  const { kind, title } = target;
  if (target.space === null) return { kind, title, spaceId: page.spaceId };
  const space = lookups.spaces.get(target.space.toLowerCase());
  return space === undefined ? undefined : space === null ? null : { kind, title, spaceId: space.id };
}

function statusVerdict(found: Target): Verdict {
  if (found.status === 'archived') return broken('archived', `"${found.title}" is archived`);
  if (found.status === 'trashed') return broken('trashed', `"${found.title}" is in the trash`);
  return good;
}

const nobodySees = (what: string) => `no ${what} is visible to you`;

function anchorVerdict(lookups: Lookups, found: Target, anchor: string | null): Verdict {
  if (anchor === null || found.type !== 'page') return good;
  const anchors = lookups.anchors.get(found.id);
  if (anchors === undefined) return unasked;
  if (hasAnchor(anchors, anchor, found.title)) return good;
  if (anchors.open) return unchecked('the page draws in other pages, where the place may be');
  return broken('anchor_missing', `"${found.title}" has no heading or anchor "${anchor}"`);
}

function foundVerdict(lookups: Lookups, found: Target, anchor: string | null): Verdict {
  if (!lookups.mayTell(found.spaceId)) return outside;
  const status = statusVerdict(found);
  return status.state === 'good' ? anchorVerdict(lookups, found, anchor) : status;
}

type Judges = {
  [Kind in Place['target']['kind']]: (
    lookups: Lookups,
    page: ScannedPage,
    target: Extract<Place['target'], { kind: Kind }>,
    titles: readonly string[],
  ) => Verdict;
};

function titledVerdict(
  lookups: Lookups,
  page: ScannedPage,
  target: { kind: Titled['kind']; title: string; space: string | null; anchor: string | null },
  titles: readonly string[],
): Verdict {
  const titled = titledIn(lookups, page, target);
  if (titled === undefined) return unasked;
  if (titled === null) {
    return lookups.mayTell(null)
      ? broken('space_not_visible', nobodySees(`space "${target.space}"`))
      : outside;
  }
  if (!lookups.mayTell(titled.spaceId)) return outside;
  const found = lookups.titled(titled);
  if (found === undefined) return unasked;
  if (found !== null) return foundVerdict(lookups, found, target.anchor);
  const what = target.kind === 'page' ? 'page of that title' : 'blog post of that title';
  const near =
    titled.spaceId === page.spaceId ? nearest(target.title, titles, (one) => one, 1, 0.35)[0] : undefined;
  return broken('not_visible', `${nobodySees(what)}${near === undefined ? '' : `. Near: "${near}"`}`);
}

function fileVerdict(lookups: Lookups, holderId: string, filename: string, own: boolean): Verdict {
  const names = lookups.files.get(holderId);
  if (names === undefined) return unasked;
  if (names?.has(fileKey(filename))) return good;
  return broken(
    'file_missing',
    `no file "${filename}" is on ${own ? 'this page' : 'the page that should hold it'}`,
  );
}

const judges: Judges = {
  page: titledVerdict,
  blog_post: titledVerdict,
  content: (lookups, _page, target) => {
    const found = lookups.contents.get(target.id);
    if (found === undefined) return unasked;
    // Under a space limit, what is gone and what lies elsewhere look alike.
    if (found === null)
      return lookups.mayTell(null)
        ? broken('not_visible', nobodySees(`content with id ${target.id}`))
        : outside;
    return foundVerdict(lookups, found, target.anchor);
  },
  anchor: (lookups, page, target) => {
    const own: Target = {
      id: page.id,
      type: 'page',
      title: page.title,
      status: 'current',
      spaceId: page.spaceId,
    };
    return anchorVerdict(lookups, own, target.anchor);
  },
  attachment: (lookups, page, target) => {
    if (target.page === null) return fileVerdict(lookups, page.id, target.filename, true);
    const holder = titledVerdict(lookups, page, { kind: 'page', ...target.page, anchor: null }, []);
    if (holder.state !== 'good') return holder;
    const titled = titledIn(lookups, page, { kind: 'page', ...target.page });
    const found = titled ? lookups.titled(titled) : null;
    return found ? fileVerdict(lookups, found.id, target.filename, false) : unasked;
  },
  file: (lookups, page, target) => {
    const holder = judges.content(lookups, page, { kind: 'content', id: target.pageId, anchor: null }, []);
    return holder.state === 'good' ? fileVerdict(lookups, target.pageId, target.filename, false) : holder;
  },
  space: (lookups, _page, target) => {
    const space = lookups.spaces.get(target.space.toLowerCase());
    if (space === undefined) return unasked;
    if (!lookups.mayTell(space?.id ?? null)) return outside;
    return space === null ? broken('space_not_visible', nobodySees(`space "${target.space}"`)) : good;
  },
  person: (lookups, _page, target) => {
    if (target.accountId === null || target.accountId === '')
      return unchecked('they name people in the way of the old editor, which the API cannot look up');
    const known = lookups.people.get(target.accountId);
    if (known === undefined) return unchecked('people could not be looked up');
    return known ? good : broken('person_unknown', 'nobody with this account id is visible to you');
  },
  url: () => good,
};

/** Whether a place is there, by what was looked up. `titles`: of the page's own space, for naming a near one. */
export function judge(lookups: Lookups, { target, page }: Place, titles: readonly string[]): Verdict {
  const one = judges[target.kind] as (
    lookups: Lookups,
    page: ScannedPage,
    target: Place['target'],
    titles: readonly string[],
  ) => Verdict;
  return one(lookups, page, target, titles);
}

/** Asks Confluence about all these places, in the order in which one answer leads to the next question. */
export async function lookUp(lookups: Lookups, places: readonly Place[]): Promise<void> {
  const pick = <Kind extends Place['target']['kind']>(kind: Kind) =>
    places.flatMap(({ page, target }) =>
      target.kind === kind ? [{ page, target: target as Extract<Place['target'], { kind: Kind }> }] : [],
    );
  const files = pick('attachment');
  const titled = [...pick('page'), ...pick('blog_post')];
  const held = files.flatMap(({ page, target }) =>
    target.page === null ? [] : [{ page, target: { kind: 'page' as const, ...target.page, anchor: null } }],
  );
  await lookups.findSpaces([
    ...[...titled, ...held].flatMap(({ target }) => target.space ?? []),
    ...pick('space').map(({ target }) => target.space),
  ]);
  const resolved = [...titled, ...held].map(({ page, target }) => ({
    target,
    at: titledIn(lookups, page, target),
  }));
  await lookups.findTitles(resolved.flatMap(({ at }) => (at && lookups.mayTell(at.spaceId) ? at : [])));
  await lookups.findContents([
    ...pick('content').map(({ target }) => target.id),
    ...pick('file').map(({ target }) => target.pageId),
  ]);
  const anchored = [
    ...resolved.flatMap(({ target, at }) =>
      target.anchor === null || !at ? [] : (lookups.titled(at) ?? []),
    ),
    ...pick('content').flatMap(({ target }) =>
      target.anchor === null ? [] : (lookups.contents.get(target.id) ?? []),
    ),
  ];
  const readable = (one: Target) =>
    one.type === 'page' && one.status === 'current' && lookups.mayTell(one.spaceId);
  await lookups.findAnchors(anchored.filter(readable).map(({ id }) => id));
  const holders = held.flatMap(({ page, target }) => {
    const at = titledIn(lookups, page, target);
    return (at && lookups.titled(at)) || [];
  });
  const linked = pick('file').flatMap(({ target }) => lookups.contents.get(target.pageId) ?? []);
  await lookups.findFiles([
    ...files.filter(({ target }) => target.page === null).map(({ page }) => page.id),
    ...[...holders, ...linked].filter(readable).map(({ id }) => id),
  ]);
  await lookups.findPeople(pick('person').flatMap(({ target }) => target.accountId || []));
}
