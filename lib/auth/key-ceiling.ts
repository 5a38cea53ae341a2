import { env } from '#env';
import { UserError } from '#errors';
import { type KeyCeiling, type WritePolicy, writePolicies } from '#lib/wire';
import { excessOf, type Held, type KeyConfig, keyConfigSchema } from './key-config.ts';

const dayMs = 86_400_000;

/** What whoever runs this installation allows keys and grants at most. */
export function keyCeiling(): KeyCeiling {
  return env().keyCeiling;
}

/** Names in both lists, as the first writes them; null is every name. */
function inBoth(own: readonly string[] | null, most: readonly string[] | null): string[] | null {
  if (own === null) return most === null ? null : [...most];
  if (most === null) return [...own];
  const allowed = new Set(most.map((name) => name.toLowerCase()));
  return own.filter((name) => allowed.has(name.toLowerCase()));
}

const lower = (a: WritePolicy, b: WritePolicy): WritePolicy =>
  writePolicies.indexOf(a) < writePolicies.indexOf(b) ? a : b;

function tightened(config: KeyConfig, ceiling: KeyCeiling): KeyConfig {
  return {
    ...config,
    methods: config.methods.filter((tier) => ceiling.tiers.includes(tier)),
    tags: inBoth(config.tags, ceiling.tags),
    spaces: inBoth(config.spaces, ceiling.spaces),
    writes: lower(config.writes, ceiling.writes),
    require_api_token_auth: config.require_api_token_auth || ceiling.headerOnly,
  };
}

/** The last moment, on a whole second, at which a right made at `from` may end; null: none. */
function latestEnd(from: number, ceiling: KeyCeiling): number | null {
  return ceiling.maxDays === null ? null : Math.floor((from + ceiling.maxDays * dayMs) / 1000) * 1000;
}

/**
 * A key or grant as it may be used now: what its owner set, and never more than the operator allows today, so
 * that lowering the ceiling reaches what was made before.
 */
export function underCeiling(right: Held & { createdAt: number }, ceiling: KeyCeiling = keyCeiling()): Held {
  const latest = latestEnd(right.createdAt, ceiling);
  const ends = [right.expiresAt, latest].filter((at) => at !== null);
  return {
    config: tightened(right.config, ceiling),
    expiresAt: ends.length === 0 ? null : Math.min(...ends),
  };
}

/** The widest right that may be made now. */
export function widest(now: number, ceiling: KeyCeiling = keyCeiling()): Held {
  const all = keyConfigSchema.parse({ writes: 'trust', manage_keys: true });
  const config = tightened({ ...all, methods: [...ceiling.tiers] }, ceiling);
  return { config, expiresAt: latestEnd(now, ceiling) };
}

/** What a person's key is where they ask for nothing: reading and proposing, as far as the ceiling lets it. */
export function usual(now: number, ceiling: KeyCeiling = keyCeiling()): Held {
  const config = tightened(keyConfigSchema.parse({}), ceiling);
  const methods = config.methods.length === 0 ? [...ceiling.tiers] : config.methods;
  return { config: { ...config, methods }, expiresAt: latestEnd(now, ceiling) };
}

type Field = NonNullable<ReturnType<typeof excessOf>>;

function allowed(field: Field, ceiling: KeyCeiling): string {
  const words: Partial<Record<Field, string>> = {
    methods: ceiling.tiers.join(', '),
    tags: ceiling.tags?.join(', ') ?? 'all',
    spaces: ceiling.spaces?.join(', ') ?? 'all',
    writes: ceiling.writes,
    require_api_token_auth: 'true',
    expires_at: `${ceiling.maxDays} days from now`,
  };
  return words[field] ?? 'less';
}

/** @throws UserError `forbidden` naming the first field that goes beyond what the operator allows. */
export function assertUnderCeiling(asked: Held, now: number, ceiling: KeyCeiling = keyCeiling()): void {
  const field = excessOf(asked, widest(now, ceiling));
  if (field === null) return;
  const most = allowed(field, ceiling);
  throw new UserError('forbidden', `${field}: whoever runs this installation allows at most ${most}.`, {
    next: 'Ask for no more than that, or leave it out.',
    data: { field, allowed: most },
  });
}
