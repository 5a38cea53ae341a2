import type { KeyCeiling, KeyTier, SurfaceName, WritePolicy } from '#lib/wire';

/** The usual sets of rights; `custom`: tiers and write policy are chosen one by one. */
export type Preset = 'read' | 'propose' | 'all' | 'custom';

export const presets: Readonly<Record<Preset, { words: string; hint: string }>> = {
  read: { words: 'Read only', hint: 'Search and read what you may see.' },
  propose: {
    words: 'Read and propose writes',
    hint: 'Creates and changes, each after your approval in Confab. Deletes nothing.',
  },
  all: { words: 'All, still asking', hint: 'Deleting too, each after your approval in Confab.' },
  custom: { words: 'Choose one by one', hint: 'Tiers, and what becomes of writes.' },
};

type Rights = { methods: readonly KeyTier[]; writes: WritePolicy };

const rightsOf: Readonly<Record<Exclude<Preset, 'custom'>, Rights>> = {
  read: { methods: ['read'], writes: 'deny' },
  propose: { methods: ['read', 'write'], writes: 'approve' },
  all: { methods: ['read', 'write', 'destructive'], writes: 'approve' },
};

/** A key as it stands in the form. Empty lists are no limit. */
export type KeyDraft = {
  name: string;
  preset: Preset;
  methods: readonly KeyTier[];
  writes: WritePolicy;
  /** A span such as `90d`, `never`, or `at` a time of its own. */
  ends: string;
  /** Local time as the browser's field gives it: `2027-01-31T12:00:00`. */
  endsAt: string;
  spaces: readonly string[];
  tags: readonly string[];
  operations: readonly string[];
  /** Empty: the connected one. */
  site: string;
  surface: SurfaceName;
  headerOnly: boolean;
  manageKeys: boolean;
};

/** The presets that a ceiling leaves whole. */
export function presetsUnder(ceiling: KeyCeiling): Preset[] {
  const all = Object.keys(presets) as Preset[];
  return all.filter((preset) => {
    if (preset === 'custom') return true;
    const { methods, writes } = rightsOf[preset];
    return (
      methods.every((tier) => ceiling.tiers.includes(tier)) &&
      (writes === 'deny' || ceiling.writes !== 'deny')
    );
  });
}

export function emptyDraft(ceiling: KeyCeiling, ends: string): KeyDraft {
  const left = presetsUnder(ceiling);
  return {
    name: '',
    preset: left.includes('propose') ? 'propose' : (left[0] ?? 'custom'),
    methods: ceiling.tiers.filter((tier) => tier !== 'destructive'),
    writes: ceiling.writes === 'deny' ? 'deny' : 'approve',
    ends,
    endsAt: '',
    spaces: [],
    tags: [],
    operations: [],
    site: '',
    surface: 'router',
    headerOnly: ceiling.headerOnly,
    manageKeys: false,
  };
}

/** How many limits stand under "Limits". */
export function limitCount(draft: KeyDraft, ceiling: KeyCeiling): number {
  return [
    draft.spaces.length > 0,
    draft.tags.length > 0,
    draft.operations.length > 0,
    draft.site !== '',
    draft.surface !== 'router',
    draft.headerOnly && !ceiling.headerOnly,
    draft.manageKeys,
  ].filter(Boolean).length;
}

const orNothing = (list: readonly string[]) => (list.length === 0 ? undefined : list);

/**
 * What `POST /api/keys` takes. What is left out is as the operator limits it.
 * @throws RangeError where the time of its own is none.
 */
export function keyBody(draft: KeyDraft): { name: string; expires_at?: string | null; config: object } {
  const rights = draft.preset === 'custom' ? draft : rightsOf[draft.preset];
  const expires: Readonly<Record<string, () => string | null>> = {
    never: () => null,
    at: () => new Date(draft.endsAt).toISOString(),
  };
  return {
    name: draft.name,
    expires_at: (expires[draft.ends] ?? (() => draft.ends))(),
    config: {
      methods: rights.methods,
      writes: rights.writes,
      spaces: orNothing(draft.spaces),
      tags: orNothing(draft.tags),
      operations: orNothing(draft.operations),
      site: draft.site === '' ? undefined : draft.site,
      surface: draft.surface,
      require_api_token_auth: draft.headerOnly,
      manage_keys: draft.manageKeys,
    },
  };
}
