import { type KeyCeiling, type KeyTier, type WritePolicy, writePolicies } from '#lib/wire';
import type { KeyConfig } from './types.ts';

/** What each tier lets a client do. */
export const tierWords: Readonly<Record<KeyTier, string>> = {
  read: 'Read: search and read what you may see',
  write: 'Write: create and change; deletes nothing',
  destructive: 'Destructive: delete, remove people, archive',
};

/** What becomes of a write, from the safest. */
export const policyWords: Readonly<Record<WritePolicy, string>> = {
  approve: 'I approve each write in Confab',
  trust: 'Trust this client (destructive ones are still approved here)',
  deny: 'No writes at all',
};

/** The write policies a ceiling leaves, the usual one first. */
export function policiesUnder(most: WritePolicy): WritePolicy[] {
  const order = Object.keys(policyWords) as WritePolicy[];
  return order.filter((policy) => writePolicies.indexOf(policy) <= writePolicies.indexOf(most));
}

const shortPolicies: Record<WritePolicy, string> = {
  approve: 'writes are approved here',
  trust: 'trusted with writes',
  deny: 'no writes',
};

const mostNamed = 3;

/** A few names, or how many there are. */
function named(what: string, names: readonly string[] | null): string | null {
  if (names === null) return null;
  if (names.length === 0) return `no ${what}`;
  return names.length <= mostNamed ? `${what} ${names.join(', ')}` : `${names.length} ${what}`;
}

/** The limits of a key or grant in one line. */
export function limitWords(config: KeyConfig): string {
  const { methods, writes, site, surface } = config;
  const mayWrite = methods.some((tier) => tier !== 'read');
  return [
    methods.length === 0 ? 'nothing' : methods.join(', '),
    mayWrite ? shortPolicies[writes] : null,
    named('spaces', config.spaces),
    named('topics', config.tags),
    named('operations', config.operations),
    site === null ? null : `only ${site}`,
    surface === 'router' ? null : `surface ${surface}`,
    config.require_api_token_auth ? 'header only' : null,
    config.manage_keys ? 'may make keys' : null,
  ]
    .filter((word) => word !== null)
    .join(' · ');
}

/** What the operator has set, one sentence each; empty where nothing is limited. */
export function ceilingWords(ceiling: KeyCeiling): string[] {
  const { tiers, tags, spaces, writes, maxDays, headerOnly } = ceiling;
  const policy: Record<WritePolicy, string | null> = {
    trust: null,
    approve: 'Every write is approved in Confab.',
    deny: 'No writes.',
  };
  return [
    tiers.length === 3 ? null : `At most: ${tiers.join(', ')}.`,
    policy[writes],
    spaces === null ? null : `Spaces: ${spaces.join(', ')}.`,
    tags === null ? null : `Topics: ${tags.join(', ')}.`,
    maxDays === null ? null : `Ends within ${maxDays} ${maxDays === 1 ? 'day' : 'days'}.`,
    headerOnly ? 'Keys go into the Authorization header, never into a URL.' : null,
  ].filter((line) => line !== null);
}

/** Words separated by commas or white space; null where there are none: no limit. */
export function listOf(form: FormData, name: string): string[] | null {
  const items = String(form.get(name) ?? '')
    .split(/[\s,]+/)
    .filter(Boolean);
  return items.length === 0 ? null : items;
}
