import { env } from '#env';

export const bundleNames = ['reader', 'editor', 'extras', 'admin'] as const;

/** A set of permissions a person chooses as one. */
export type BundleName = (typeof bundleNames)[number];

export type Bundle = {
  name: BundleName;
  title: string;
  /** What it allows, in plain words. */
  allows: string;
  /** Bundles without which its operations do not work. */
  needs: readonly BundleName[];
  /** Granular OAuth scopes; each scope is in one bundle only. */
  scopes: readonly string[];
};

const granular = (...names: string[]): string[] => names.map((name) => `${name}:confluence`);

/**
 * Every granular scope that an operation asks for, sorted by what a person would allow together. What takes
 * a change back is in the bundle of the change.
 */
export const bundles: Readonly<Record<BundleName, Bundle>> = {
  reader: {
    name: 'reader',
    title: 'Read',
    allows:
      'Search and read spaces, pages, blog posts, comments, attachments, labels, tasks, templates, versions and page views, and look up people and groups.',
    needs: [],
    scopes: granular(
      'read:page',
      'read:space',
      'read:content',
      'read:content-details',
      'read:content.metadata',
      'read:hierarchical-content',
      'read:folder',
      'read:comment',
      'read:attachment',
      'read:label',
      'read:task',
      'read:template',
      'read:analytics.content',
      'read:user',
      'read:group',
    ),
  },
  editor: {
    name: 'editor',
    title: 'Write',
    allows:
      'Create, change, move, archive and delete pages, blog posts, folders, comments, labels, attachments and tasks, and restore versions. Each change is shown to you first.',
    needs: ['reader'],
    scopes: granular(
      'write:page',
      'delete:page',
      'write:content',
      'delete:content',
      'write:folder',
      'delete:folder',
      'write:comment',
      'delete:comment',
      'write:attachment',
      'delete:attachment',
      'write:label',
      'write:task',
    ),
  },
  extras: {
    name: 'extras',
    title: 'Further content',
    allows:
      'Create, read and delete whiteboards, databases, Smart Links in the page tree and content of apps; change templates; see and change who watches something.',
    needs: ['reader'],
    scopes: granular(
      'write:template',
      'read:watcher',
      'write:watcher',
      'read:whiteboard',
      'write:whiteboard',
      'delete:whiteboard',
      'read:custom-content',
      'write:custom-content',
      'delete:custom-content',
      'read:database',
      'write:database',
      'delete:database',
      'read:embed',
      'write:embed',
      'delete:embed',
    ),
  },
  admin: {
    name: 'admin',
    title: 'Administer',
    allows:
      'Create, change and delete spaces; see and change permissions, restrictions and group members; read the audit log, classification levels and data policies.',
    needs: ['reader'],
    scopes: granular(
      'read:space-details',
      'write:space',
      'delete:space',
      'read:space.permission',
      'write:space.permission',
      'read:content.permission',
      'write:content.restriction',
      'write:group',
      'read:audit-log',
      'read:configuration',
    ),
  },
};

/** The bundles with those they need, in the order of the list. */
export function withNeeded(names: readonly BundleName[]): BundleName[] {
  const wanted = new Set(names.flatMap((name) => [name, ...bundles[name].needs]));
  return bundleNames.filter((name) => wanted.has(name));
}

/** All scopes of some bundles and of those they need. */
export function scopesOfBundles(names: readonly BundleName[]): string[] {
  return withNeeded(names).flatMap((name) => bundles[name].scopes);
}

/** The bundle a scope belongs to; null for one that no operation asks for. */
export function bundleOf(scope: string): BundleName | null {
  return bundleNames.find((name) => bundles[name].scopes.includes(scope)) ?? null;
}

/** Which of some names are bundles. */
export function bundlesNamed(names: readonly string[]): BundleName[] {
  return bundleNames.filter((name) => names.includes(name));
}

/** What is asked for when a person says nothing else: to read and write; on the practice site, where nothing can be harmed, everything. */
export function usualBundles(): BundleName[] {
  return env().confluence === 'sandbox' ? [...bundleNames] : ['reader', 'editor'];
}

/** Some scopes in words: which bundles they allow as a whole, in part (with what is missing), and not at all. */
export function grantedInWords(scopes: readonly string[]): string {
  const part: Record<'whole' | 'partly' | 'not', string[]> = { whole: [], partly: [], not: [] };
  for (const name of bundleNames) {
    const { title, scopes: all } = bundles[name];
    const missing = all.filter((scope) => !scopes.includes(scope));
    if (missing.length === 0) part.whole.push(title);
    else if (missing.length === all.length) part.not.push(title);
    else part.partly.push(`${title} (lacks ${missing.join(', ')})`);
  }
  return [
    `Allowed: ${part.whole.join(', ') || 'no bundle as a whole'}`,
    ...(part.partly.length === 0 ? [] : [`partly: ${part.partly.join('; ')}`]),
    ...(part.not.length === 0 ? [] : [`not allowed: ${part.not.join(', ')}`]),
  ].join('; ');
}
