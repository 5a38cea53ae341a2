import { UserError } from '#errors';
import { type Confluence, getSpaceById, getSpaces, pages } from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import { memoryOf } from '../memory.ts';
import { nearest, plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export type Space = {
  id: string;
  key: string;
  name: string;
  type: string;
  status: string;
  homepageId: string | null;
  url: string | null;
  createdAt: string | null;
};

type RawSpace = Awaited<ReturnType<typeof getSpaceById>>;

/** A space of an answer in our own shape; null where id or key is missing. */
export function spaceOf(confluence: Confluence, raw: RawSpace): Space | null {
  if (!raw.id || !raw.key) return null;
  const webui = (raw._links as { webui?: unknown } | null | undefined)?.webui;
  return {
    id: String(raw.id),
    key: raw.key,
    name: raw.name ?? raw.key,
    type: raw.type ?? 'global',
    status: raw.status ?? 'current',
    homepageId: raw.homepageId ? String(raw.homepageId) : null,
    url: confluence.webUrl(typeof webui === 'string' ? webui : `/spaces/${encodeURIComponent(raw.key)}`),
    createdAt: iso(raw.createdAt),
  };
}

/** For naming spaces: kept as long as the connection's memory. */
const named = new WeakMap<object, Map<string, Space>>();
/** The whole list: read anew for every call, since spaces come and go. */
const listed = new WeakMap<Confluence, Promise<Space[]>>();

function spacesKnown(ctx: Pick<Context, 'confluence'>): Map<string, Space> {
  const memory = memoryOf(ctx.confluence);
  const found = named.get(memory) ?? new Map<string, Space>();
  named.set(memory, found);
  return found;
}

async function readAll(ctx: Pick<Context, 'confluence'>): Promise<Space[]> {
  const spaces: Space[] = [];
  for await (const page of pages((cursor) => getSpaces(ctx.confluence, { limit: 250, cursor }))) {
    for (const raw of page.results ?? []) {
      const space = spaceOf(ctx.confluence, raw as RawSpace);
      if (space !== null) {
        spaces.push(space);
        spacesKnown(ctx).set(space.id, space);
      }
    }
    if (spaces.length >= 5000) break;
  }
  return spaces;
}

/** Every space the person sees and the limits allow (at most 5,000), read once per call. */
export async function allSpaces(ctx: Pick<Context, 'confluence' | 'limits'>): Promise<Space[]> {
  const reading = listed.get(ctx.confluence) ?? readAll(ctx);
  listed.set(ctx.confluence, reading);
  return (await reading).filter((space) => spaceAllowed(ctx, space.id));
}

/** The spaces of these ids, as far as they can be seen. Not filtered by limits: for naming what was already allowed. */
export async function spacesById(
  ctx: Pick<Context, 'confluence'>,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, Space>> {
  const byId = spacesKnown(ctx);
  const wanted = [
    ...new Set(ids.filter((id): id is string => typeof id === 'string' && /^\d+$/.test(id))),
  ].filter((id) => !byId.has(id));
  for (let at = 0; at < wanted.length; at += 250) {
    const found = await getSpaces(ctx.confluence, {
      ids: wanted.slice(at, at + 250).map(contentNumber),
      limit: 250,
    });
    for (const raw of found.results ?? []) {
      const space = spaceOf(ctx.confluence, raw as RawSpace);
      if (space !== null) byId.set(space.id, space);
    }
  }
  return byId;
}

/** The space with this id, or null. */
export async function spaceById(ctx: Pick<Context, 'confluence'>, id: string | null): Promise<Space | null> {
  return id === null ? null : ((await spacesById(ctx, [id])).get(id) ?? null);
}

async function byIdOrKey(ctx: Pick<Context, 'confluence'>, text: string): Promise<Space | null> {
  if (/^\d{1,18}$/.test(text)) {
    const raw = await orNull(getSpaceById(ctx.confluence, { id: contentNumber(text) }));
    const space = raw === null ? null : spaceOf(ctx.confluence, raw);
    if (space !== null) return space;
  }
  if (!/^[A-Za-z0-9~_.:-]{1,255}$/.test(text)) return null;
  const keys = [...new Set([text, text.toUpperCase()])];
  const found = (await getSpaces(ctx.confluence, { keys, limit: 25 })).results ?? [];
  const spaces = found
    .map((raw) => spaceOf(ctx.confluence, raw as RawSpace))
    .filter((space): space is Space => space !== null);
  const hit =
    spaces.find((space) => space.key === text) ??
    spaces.find((space) => space.key.toLowerCase() === text.toLowerCase()) ??
    null;
  if (hit !== null) spacesKnown(ctx).set(hit.id, hit);
  return hit;
}

const bare = (text: string): string =>
  plain(text)
    .replace(/^(the|space|our|der|die|das|el|la) /, '')
    .replace(/ (space|spaces|wiki|bereich|espacio)$/, '');

/** Names that fit, the best kind of fit only: equal, then equal without "the ... space", then containing. */
function byName(spaces: readonly Space[], text: string): Space[] {
  const wanted = plain(text);
  const loose = bare(text);
  const fits: ((space: Space) => boolean)[] = [
    (space) => plain(space.name) === wanted,
    (space) => bare(space.name) === loose || plain(space.key) === loose,
    (space) => loose.length > 2 && ` ${plain(space.name)} `.includes(` ${loose} `),
    (space) => loose.length > 3 && plain(space.name).startsWith(loose),
  ];
  for (const fit of fits) {
    const found = spaces.filter(fit);
    const current = found.filter((space) => space.status === 'current');
    if (found.length > 0) return current.length > 0 ? current : found;
  }
  return [];
}

function spaceOfUrl(text: string): string {
  return /\/(?:spaces|display)\/([^/?#]+)/.exec(text)?.[1] ?? text;
}

/**
 * The space a person means: id, key, name (`Engineering`, `the Product Ops space`) or link.
 * @throws UserError not_found with near names, ambiguous with candidates.
 */
export async function resolveSpace(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  given: string,
): Promise<Space> {
  const text = spaceOfUrl(given.trim());
  const direct = await byIdOrKey(ctx, text);
  if (direct !== null && spaceAllowed(ctx, direct.id)) return direct;
  const spaces = await allSpaces(ctx);
  const found = byName(spaces, text);
  if (found.length === 1 && found[0]) return found[0];
  const show = (list: readonly Space[]) =>
    list.map((space) => `${space.name} (key ${space.key}, id ${space.id})`).join('; ');
  if (found.length > 1) {
    throw new UserError(
      'ambiguous',
      `Several spaces are called like "${given}": ${show(found.slice(0, 8))}.`,
      {
        next: 'Say which one, by its key.',
        data: { candidates: found.slice(0, 8).map(({ id, key, name }) => ({ id, key, name })) },
      },
    );
  }
  const near = nearest(bare(text), spaces, (space) => space.name, 3);
  throw new UserError(
    'not_found',
    `No space "${given}" is visible to you.${near.length > 0 ? ` Near: ${show(near)}.` : ''}`,
    {
      next: 'List the spaces with list_spaces.',
      data: { near: near.map(({ id, key, name }) => ({ id, key, name })) },
    },
  );
}
