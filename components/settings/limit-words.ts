import type { KeyConfig, KeyTier } from './types.ts';

/** What each tier lets a client do. */
export const tierWords: Readonly<Record<KeyTier, string>> = {
  read: 'Read: search and read what you may see',
  write: 'Write: create and change; deletes nothing',
  destructive: 'Destructive: delete, remove people, archive',
};

/** What becomes of a write, from the safest. */
export const policyWords: Readonly<Record<KeyConfig['writes'], string>> = {
  approve: 'I approve each write in Confab',
  trust: 'Trust this client (destructive ones are still approved here)',
  deny: 'No writes at all',
};

const shortPolicies: Record<KeyConfig['writes'], string> = {
  approve: 'writes are approved here',
  trust: 'trusted with writes',
  deny: 'no writes',
};

/** The limits of a key or grant in one line. */
export function limitWords({ methods, writes, spaces, tags }: KeyConfig): string {
  const mayWrite = methods.some((tier) => tier !== 'read');
  return [
    methods.join(', '),
    mayWrite ? shortPolicies[writes] : null,
    spaces === null ? null : `spaces ${spaces.join(', ')}`,
    tags === null ? null : `topics ${tags.join(', ')}`,
  ]
    .filter((word) => word !== null)
    .join(' · ');
}

/** Words separated by commas or white space; null where there are none: no limit. */
export function listOf(form: FormData, name: string): string[] | null {
  const items = String(form.get(name) ?? '')
    .split(/[\s,]+/)
    .filter(Boolean);
  return items.length === 0 ? null : items;
}
