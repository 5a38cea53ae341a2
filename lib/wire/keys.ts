/** From the least to the most an operation may do. */
export const keyTiers = ['read', 'write', 'destructive'] as const;
export type KeyTier = (typeof keyTiers)[number];

/** From the least to the most a key may do with writes. */
export const writePolicies = ['deny', 'approve', 'trust'] as const;
export type WritePolicy = (typeof writePolicies)[number];

/** How a set of operations is shown to an MCP client. */
export const surfaceNames = ['router', 'all', 'entities'] as const;
export type SurfaceName = (typeof surfaceNames)[number];

/** The groups that operations belong to, in the order of the catalogue. */
export const operationTags = [
  'search',
  'pages',
  'blog_posts',
  'spaces',
  'hierarchy',
  'comments',
  'labels',
  'attachments',
  'versions',
  'properties',
  'tasks',
  'templates',
  'whiteboards',
  'databases',
  'folders',
  'smart_links',
  'custom_content',
  'users',
  'groups',
  'permissions',
  'watchers',
  'analytics',
  'audit',
  'governance',
  'bulk',
  'connection',
  'changes',
] as const;

/** What whoever runs this installation allows at most: keys and grants can only tighten it. */
export type KeyCeiling = {
  tiers: readonly KeyTier[];
  /** Null: all. */
  tags: readonly string[] | null;
  /** Keys or ids of spaces; null: all. */
  spaces: readonly string[] | null;
  writes: WritePolicy;
  /** The longest a key may live; null: for ever. */
  maxDays: number | null;
  /** True: no key is taken from a URL. */
  headerOnly: boolean;
};

/** What keys and grants may use: what their makers choose from. */
export type KeyChoices = {
  operations: { name: string; title: string; tag: string; tier: KeyTier }[];
  /** Of the person's Confluence; null where it cannot be asked. */
  spaces: { key: string; name: string }[] | null;
  /** True: there are more spaces than are listed. */
  moreSpaces: boolean;
  /** Sites of the person's connection. */
  sites: { id: string; name: string; url: string }[];
};

/** The steps of a connection test, in their order. */
export const testSteps = ['reach', 'authenticate', 'initialize', 'tools', 'connection', 'read'] as const;
export type TestStep = (typeof testSteps)[number];

/** What a connection test tells as it goes on. */
export type TestEvent =
  | { kind: 'started'; step: TestStep }
  | {
      kind: 'ended';
      step: TestStep;
      /** `noted`: done, with something the person should know. `skipped`: the key's limits leave it out. */
      outcome: 'done' | 'noted' | 'skipped' | 'failed';
      /** What happened, in a sentence. */
      words: string;
      /** What to do next, where there is something to do. */
      next: string | null;
      /** Milliseconds it took. */
      ms: number;
    }
  | { kind: 'finished'; ok: boolean; url: string };
