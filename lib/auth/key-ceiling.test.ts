import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeDatabase } from '#db';
import { env } from '#env';
import { createKey, demoPeople, keyConfigSchema, makeKey, type User, verifyKey } from '#lib/auth';
import { type KeyCeiling, keyTiers, operationTags, writePolicies } from '#lib/wire';
import { assertUnderCeiling, underCeiling, usual, widest } from './key-ceiling.ts';
import { excessOf, type KeyConfig } from './key-config.ts';

const open: KeyCeiling = env().keyCeiling;
let ada: User;
beforeAll(async () => {
  [ada] = (await demoPeople()) as [User, User];
});
afterEach(() => {
  env().keyCeiling = open;
  vi.useRealTimers();
});
afterAll(closeDatabase);

const names = { findOperation: (name: string) => ({ name }), nearestNames: () => [] };
const dayMs = 86_400_000;

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 }) as fc.Arbitrary<T[]>;
const someTags = fc.option(some(operationTags.slice(0, 5)), { nil: null });
const someSpaces = fc.option(some(['ENG', 'PROD', 'hr', '1001']), { nil: null });
const days = fc.option(fc.integer({ min: 1, max: 400 }), { nil: null });

const ceilings: fc.Arbitrary<KeyCeiling> = fc.record({
  tiers: some(keyTiers),
  tags: someTags,
  spaces: someSpaces,
  writes: fc.constantFrom(...writePolicies),
  maxDays: days,
  headerOnly: fc.boolean(),
});
const configs: fc.Arbitrary<KeyConfig> = fc.record({
  methods: some(keyTiers),
  operations: fc.option(some(['read_page', 'edit_page']), { nil: null }),
  tags: someTags,
  spaces: someSpaces,
  site: fc.constantFrom(null, 'Halden Robotics'),
  surface: fc.constantFrom('router', 'all', 'entities'),
  writes: fc.constantFrom(...writePolicies),
  require_api_token_auth: fc.boolean(),
  manage_keys: fc.boolean(),
});

/** Said once more, in other words than the code's. */
function exceeds(config: KeyConfig, expiresAt: number | null, from: number, ceiling: KeyCeiling): boolean {
  const lists = [
    [config.methods, ceiling.tiers],
    [config.tags, ceiling.tags],
    [config.spaces, ceiling.spaces],
  ] as const;
  const wide = lists.some(
    ([own, most]) =>
      most !== null &&
      (own === null || !own.every((one) => most.some((two) => one.toUpperCase() === two.toUpperCase()))),
  );
  const bold = { deny: 0, approve: 1, trust: 2 };
  return (
    wide ||
    bold[config.writes] > bold[ceiling.writes] ||
    (ceiling.headerOnly && !config.require_api_token_auth) ||
    (ceiling.maxDays !== null && (expiresAt === null || expiresAt > from + ceiling.maxDays * dayMs))
  );
}

test('whatever is asked, under any ceiling: refused, or made within it', () => {
  fc.assert(
    fc.property(ceilings, configs, days, (ceiling, config, life) => {
      const now = Date.now();
      const expiresAt = life === null ? null : now + life * dayMs;
      let refused = false;
      try {
        assertUnderCeiling({ config, expiresAt }, now, ceiling);
      } catch {
        refused = true;
      }
      const inside = !exceeds(config, expiresAt, now, ceiling);
      // A whole second may be lost at the far end, never won.
      const atTheEdge = life !== null && life === ceiling.maxDays;
      expect(refused).toBe(atTheEdge ? refused || !inside : !inside);
      if (!refused) expect(inside).toBe(true);
    }),
  );
});

test('a stored key, under any ceiling that comes later, is used within both', () => {
  fc.assert(
    fc.property(ceilings, configs, days, (ceiling, config, life) => {
      const createdAt = 1_700_000_000_000;
      const expiresAt = life === null ? null : createdAt + life * dayMs;
      const held = underCeiling({ config, createdAt, expiresAt }, ceiling);
      expect(exceeds(held.config, held.expiresAt, createdAt, ceiling)).toBe(false);
      expect(excessOf(held, { config, expiresAt })).toBeNull();
      // Nothing is lost that both allow.
      if (!exceeds(config, expiresAt, createdAt, ceiling))
        expect(held.config.methods).toEqual(config.methods);
    }),
  );
});

test('what is made with nothing asked is allowed, and does not delete', () => {
  fc.assert(
    fc.property(ceilings, (ceiling) => {
      const now = Date.now();
      const held = usual(now, ceiling);
      expect(() => assertUnderCeiling(held, now, ceiling)).not.toThrow();
      expect(held.config.methods.length).toBeGreaterThan(0);
      if (ceiling.tiers.includes('read')) expect(held.config.methods).not.toContain('destructive');
      expect(excessOf(held, widest(now, ceiling))).toBeNull();
    }),
  );
});

const ceiling: KeyCeiling = {
  tiers: ['read', 'write'],
  tags: ['pages', 'search'],
  spaces: ['ENG'],
  writes: 'approve',
  maxDays: 7,
  headerOnly: true,
};

test('a key under a ceiling: left out is filled, more is refused with what is allowed', async () => {
  env().keyCeiling = ceiling;
  const made = await makeKey(ada, null, { name: 'k', config: {} }, names);
  expect(made.config).toMatchObject({
    methods: ['read', 'write'],
    tags: ['pages', 'search'],
    spaces: ['ENG'],
    writes: 'approve',
    require_api_token_auth: true,
  });
  expect(made.url_with_key).toBeNull();
  const life = Date.parse(made.expires_at ?? '') - Date.now();
  expect(life).toBeGreaterThan(6.99 * dayMs);
  expect(life).toBeLessThanOrEqual(7 * dayMs);
  const more: [Record<string, unknown>, string, string][] = [
    [{ methods: ['read', 'destructive'] }, 'methods', 'read, write'],
    [{ tags: ['groups'] }, 'tags', 'pages, search'],
    [{ tags: null }, 'tags', 'pages, search'],
    [{ spaces: ['HR'] }, 'spaces', 'ENG'],
    [{ writes: 'trust' }, 'writes', 'approve'],
    [{ require_api_token_auth: false }, 'require_api_token_auth', 'true'],
  ];
  for (const [config, field, allowed] of more) {
    await expect(makeKey(ada, null, { name: 'k', config }, names)).rejects.toMatchObject({
      code: 'forbidden',
      data: { field, allowed },
    });
  }
  for (const expires_at of [null, '8d']) {
    await expect(makeKey(ada, null, { name: 'k', config: {}, expires_at }, names)).rejects.toMatchObject({
      message: expect.stringContaining('7 days'),
    });
  }
  await expect(
    createKey(ada, { name: 'k', config: keyConfigSchema.parse({}), expiresAt: null }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});

test('lowering the ceiling reaches keys made before, lifting it gives back', async () => {
  const before = await createKey(ada, {
    name: 'k',
    config: keyConfigSchema.parse({
      methods: ['read', 'write', 'destructive'],
      writes: 'trust',
      spaces: ['HR', 'eng'],
    }),
    expiresAt: null,
  });
  env().keyCeiling = ceiling;
  expect(await verifyKey(before.key)).toMatchObject({
    key: { config: { writes: 'approve', require_api_token_auth: true } },
    limits: { tiers: ['read', 'write'], tags: ['pages', 'search'], spaces: ['eng'] },
  });
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.advanceTimersByTime(7 * dayMs);
  expect(await verifyKey(before.key)).toBeNull();
  env().keyCeiling = open;
  expect((await verifyKey(before.key))?.limits).toMatchObject({ spaces: ['HR', 'eng'], tags: null });
});

test('a key makes keys within its own rights and the ceiling of today', async () => {
  const maker = await createKey(ada, {
    name: 'maker',
    config: keyConfigSchema.parse({ writes: 'trust', manage_keys: true }),
    expiresAt: null,
  });
  env().keyCeiling = ceiling;
  const through = await verifyKey(maker.key);
  const child = await makeKey(ada, through, { name: 'child', config: {} }, names);
  expect(child.config).toMatchObject({ writes: 'approve', spaces: ['ENG'], manage_keys: false });
  for (const config of [{ writes: 'trust' }, { spaces: ['HR'] }, { spaces: null }]) {
    await expect(makeKey(ada, through, { name: 'c', config }, names)).rejects.toMatchObject({
      code: 'forbidden',
    });
  }
});

test('going beyond in any one field is seen in that field', () => {
  const most = {
    config: keyConfigSchema.parse({
      methods: ['read'],
      operations: ['read_page'],
      tags: ['pages'],
      spaces: ['ENG'],
      site: 'Halden Robotics',
      writes: 'approve',
      require_api_token_auth: true,
    }),
    expiresAt: 5000,
  };
  expect(excessOf(most, most)).toBeNull();
  const wider: Partial<KeyConfig>[] = [
    { methods: ['read', 'write'] },
    { operations: null },
    { tags: ['pages', 'groups'] },
    { spaces: ['HR'] },
    { site: null },
    { writes: 'trust' },
    { require_api_token_auth: false },
    { manage_keys: true },
  ];
  for (const part of wider)
    expect(excessOf({ ...most, config: { ...most.config, ...part } }, most)).toBe(Object.keys(part)[0]);
  for (const expiresAt of [null, 6000]) expect(excessOf({ ...most, expiresAt }, most)).toBe('expires_at');
});
