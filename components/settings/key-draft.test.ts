import { expect, test } from 'vitest';
import type { KeyCeiling } from '#lib/wire';
import { expiryChoices, usualExpiry } from './expiry-choices.ts';
import { emptyDraft, keyBody, limitCount, presetsUnder } from './key-draft.ts';
import { ceilingWords, limitWords, policiesUnder } from './limit-words.ts';

const open: KeyCeiling = {
  tiers: ['read', 'write', 'destructive'],
  tags: null,
  spaces: null,
  writes: 'trust',
  maxDays: null,
  headerOnly: false,
};
const closed: KeyCeiling = {
  tiers: ['read', 'write'],
  tags: ['pages'],
  spaces: ['ENG'],
  writes: 'deny',
  maxDays: 7,
  headerOnly: true,
};

test('the presets say what they do to the server', () => {
  const draft = { ...emptyDraft(open, '90d'), name: 'k' };
  const config = (preset: typeof draft.preset) => keyBody({ ...draft, preset }).config;
  expect(config('read')).toMatchObject({ methods: ['read'], writes: 'deny' });
  expect(config('propose')).toMatchObject({ methods: ['read', 'write'], writes: 'approve' });
  expect(config('all')).toMatchObject({ methods: ['read', 'write', 'destructive'], writes: 'approve' });
  expect(config('custom')).toMatchObject({ methods: ['read', 'write'], writes: 'approve' });
});

test('every limit goes along; what is not limited is left out', () => {
  const draft = emptyDraft(open, '30d');
  expect(JSON.parse(JSON.stringify(keyBody({ ...draft, name: 'k' })))).toEqual({
    name: 'k',
    expires_at: '30d',
    config: {
      methods: ['read', 'write'],
      writes: 'approve',
      surface: 'router',
      require_api_token_auth: false,
      manage_keys: false,
    },
  });
  const full = {
    ...draft,
    ends: 'at',
    endsAt: '2030-01-31T12:00:07',
    spaces: ['ENG'],
    tags: ['pages'],
    operations: ['read_page'],
    site: 'https://x.atlassian.net',
    surface: 'all' as const,
    headerOnly: true,
    manageKeys: true,
  };
  expect(limitCount(draft, open)).toBe(0);
  expect(limitCount(full, open)).toBe(7);
  expect(keyBody(full)).toMatchObject({
    expires_at: new Date('2030-01-31T12:00:07').toISOString(),
    config: {
      spaces: ['ENG'],
      tags: ['pages'],
      operations: ['read_page'],
      site: 'https://x.atlassian.net',
      surface: 'all',
      require_api_token_auth: true,
      manage_keys: true,
    },
  });
  expect(keyBody({ ...draft, ends: 'never' }).expires_at).toBeNull();
});

test('a ceiling leaves what it allows', () => {
  expect(presetsUnder(open)).toEqual(['read', 'propose', 'all', 'custom']);
  expect(presetsUnder(closed)).toEqual(['read', 'custom']);
  expect(emptyDraft(closed, '7d')).toMatchObject({ preset: 'read', headerOnly: true, writes: 'deny' });
  expect(policiesUnder('approve')).toEqual(['approve', 'deny']);
  expect(expiryChoices(7).map(({ value }) => value)).toEqual(['1d', '7d']);
  expect(expiryChoices(30).map(({ value }) => value)).toEqual(['1d', '30d']);
  expect(expiryChoices(null).map(({ value }) => value)).toEqual(['1d', '30d', '90d', '365d']);
  expect(usualExpiry(null)).toBe('90d');
  expect(usualExpiry(7)).toBe('7d');
  expect(usualExpiry(1)).toBe('1d');
  expect(ceilingWords(open)).toEqual([]);
  expect(ceilingWords(closed)).toHaveLength(6);
});

test('a key in one line', () => {
  const config = {
    methods: ['read' as const, 'write' as const],
    operations: ['a', 'b', 'c', 'd'],
    tags: null,
    spaces: ['ENG'],
    site: null,
    surface: 'all' as const,
    writes: 'trust' as const,
    require_api_token_auth: true,
    manage_keys: false,
  };
  expect(limitWords(config)).toBe(
    'read, write · trusted with writes · spaces ENG · 4 operations · surface all · header only',
  );
});
