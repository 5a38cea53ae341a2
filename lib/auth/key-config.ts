import { z } from 'zod';
import { type KeyTier, keyTiers, surfaceNames, writePolicies } from '#lib/wire';

const names = (what: string) =>
  z
    .array(z.string().trim().min(1).max(255))
    .min(1, `Name at least one ${what}, or leave it out for no limit.`)
    .max(200)
    .transform((list) => [...new Set(list)])
    .nullable();

/** `write` alone deletes nothing: destructive operations need `destructive`. */
const methods = z
  .array(z.enum(keyTiers))
  .min(1, 'Name at least one of read, write, destructive.')
  .transform((list) => keyTiers.filter((tier) => list.includes(tier)));

/** What a key may do, as the API and the command line take it. An unknown name is an error, not a wider key. */
export const keyConfigSchema = z.strictObject({
  methods: methods.default(['read', 'write']),
  /** Operation names; null: all. */
  operations: names('operation').default(null),
  tags: names('tag').default(null),
  /** Keys or ids, as given; resolved when the key is used. */
  spaces: names('space').default(null),
  /** Cloud id, name or URL of the one site this key works on; null: the connected one. */
  site: z.string().trim().min(1).max(255).nullable().default(null),
  surface: z.enum(surfaceNames).default('router'),
  writes: z.enum(writePolicies).default('approve'),
  /** True: the key is refused in the path of a URL. */
  require_api_token_auth: z.boolean().default(false),
  /** True: the key may make, list and revoke its owner's keys. */
  manage_keys: z.boolean().default(false),
});
export type KeyConfig = z.output<typeof keyConfigSchema>;
export type KeyConfigInput = z.input<typeof keyConfigSchema>;

/** Limits as the operations take them; spaces are still as the owner wrote them. */
export type KeyLimits = {
  tiers: readonly KeyTier[];
  operations: readonly string[] | null;
  tags: readonly string[] | null;
  spaces: readonly string[] | null;
};

/** A key that denies writes reads and nothing else, whatever its tiers say. */
export function limitsOf(config: KeyConfig): KeyLimits {
  const tiers = config.writes === 'deny' ? config.methods.filter((tier) => tier === 'read') : config.methods;
  return { tiers, operations: config.operations, tags: config.tags, spaces: config.spaces };
}

/** What a key or grant may do, and until when: milliseconds since 1970, null for ever. */
export type Held = { config: KeyConfig; expiresAt: number | null };

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function within(asked: readonly string[] | null, held: readonly string[] | null): boolean {
  return held === null || (asked?.every((name) => held.some((own) => same(own, name))) ?? false);
}

/** The first field in which `asked` goes beyond `most`; null: it stays within. */
export function excessOf(asked: Held, most: Held): keyof KeyConfig | 'expires_at' | null {
  const { config } = asked;
  const own = most.config;
  const excess: Partial<Record<keyof KeyConfig | 'expires_at', boolean>> = {
    methods: !within(config.methods, own.methods),
    operations: !within(config.operations, own.operations),
    tags: !within(config.tags, own.tags),
    spaces: !within(config.spaces, own.spaces),
    site: own.site !== null && (config.site === null || !same(config.site, own.site)),
    writes: writePolicies.indexOf(config.writes) > writePolicies.indexOf(own.writes),
    require_api_token_auth: own.require_api_token_auth && !config.require_api_token_auth,
    manage_keys: config.manage_keys && !own.manage_keys,
    expires_at: most.expiresAt !== null && (asked.expiresAt === null || asked.expiresAt > most.expiresAt),
  };
  const fields = Object.keys(excess) as (keyof typeof excess)[];
  return fields.find((name) => excess[name]) ?? null;
}
