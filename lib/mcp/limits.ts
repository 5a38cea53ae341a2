import { z } from 'zod';
import { UserError } from '#errors';
import type { KeyLimits } from '#lib/auth';
import type { Call } from './deps.ts';

/** Only what is needed of `GET /wiki/api/v2/spaces`. */
const spacesSchema = z.object({
  results: z.array(z.object({ id: z.coerce.string(), key: z.string().nullish() })).nullish(),
});

const rememberMs = 5 * 60 * 1000;

/** Space key -> id by connection; one per process, because Next gives route handlers separate module instances. */
const slot = globalThis as { __confabSpaceIds?: Map<string, { ids: string[]; at: number }> };

/**
 * The numeric ids of the spaces a key is limited to, which its owner wrote as keys or ids. A space that
 * does not exist or that the person cannot see is left out: it allows nothing.
 * @throws UserError `needs_connection`, `reconnect`, `missing_scope`; AtlassianError.
 */
export async function resolveSpaces(call: Call, spaces: readonly string[]): Promise<string[]> {
  const ids = spaces.filter((name) => /^\d+$/.test(name));
  const keys = spaces.filter((name) => !/^\d+$/.test(name));
  if (keys.length === 0) return ids;
  const { connection, confluence } = await call.deps.openConnection(call.principal.user.id, {
    signal: call.signal,
  });
  slot.__confabSpaceIds ??= new Map();
  const name = JSON.stringify([connection.id, connection.site.id, [...keys].sort()]);
  const known = slot.__confabSpaceIds.get(name);
  if (known !== undefined && Date.now() - known.at < rememberMs) return [...ids, ...known.ids];
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  const found = await confluence.sendRequest({
    url: '/wiki/api/v2/spaces',
    method: 'GET',
    searchParams: { keys: [...new Set(keys.flatMap((key) => [key, key.toUpperCase()]))], limit: 250 },
    schema: spacesSchema,
  });
  const resolved = (found.results ?? [])
    .filter(({ key }) => wanted.has((key ?? '').toLowerCase()))
    .map(({ id }) => id);
  if (slot.__confabSpaceIds.size > 1000) slot.__confabSpaceIds.clear();
  slot.__confabSpaceIds.set(name, { ids: resolved, at: Date.now() });
  return [...ids, ...resolved];
}

/** The key's limits with its spaces as ids, as operations take them. */
export async function callLimits(call: Call): Promise<KeyLimits> {
  const { limits } = call.principal;
  return limits.spaces === null ? limits : { ...limits, spaces: await resolveSpaces(call, limits.spaces) };
}

/** @throws UserError `forbidden` when the key names another site than the one its owner is connected to. */
export async function requireKeySite(call: Call): Promise<void> {
  const { site } = call.principal.key.config;
  if (site === null) return;
  const connected = (await call.deps.connectionView(call.principal.user.id))?.site ?? null;
  // Without a connection the operation itself asks for one.
  if (connected === null) return;
  const named = site.toLowerCase().replace(/\/+$/, '');
  const names = [connected.id, connected.name, connected.url, new URL(connected.url).host].map((name) =>
    name.toLowerCase(),
  );
  if (names.includes(named)) return;
  throw new UserError('forbidden', `This key works on ${site}, but you are connected to ${connected.name}.`, {
    next: `Choose ${site} under Settings, Connections, or use another key.`,
  });
}
