import { ConfabError } from '#errors';
import type { User } from '#lib/auth';
import { connectionView } from '#lib/connections';
import { catalogue, execute } from '#lib/router';
import type { KeyChoices } from '#lib/wire';
import { log } from '#log';
import { json, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const anyRead = { tiers: ['read'], operations: null, tags: null, spaces: null } as const;
const most = 250;

type Spaces = Pick<KeyChoices, 'spaces' | 'moreSpaces'>;

/** The first spaces the person may see; none where Confluence cannot be asked: then they are typed. */
async function spacesOf(user: User, signal: AbortSignal): Promise<Spaces> {
  try {
    const executed = await execute({
      user,
      name: 'list_spaces',
      input: { limit: most, status: 'current' },
      limits: anyRead,
      origin: { kind: 'chat', chatId: null, client: null, fromPageText: false },
      signal,
    });
    if (executed.kind !== 'read') return { spaces: null, moreSpaces: false };
    const { items, has_more } = executed.result.data as {
      items: { key: string; name: string }[];
      has_more: boolean;
    };
    return { spaces: items.map(({ key, name }) => ({ key, name })), moreSpaces: has_more };
  } catch (error) {
    if (!(error instanceof ConfabError)) throw error;
    log.debug({ err: error }, 'spaces to choose from could not be read');
    return { spaces: null, moreSpaces: false };
  }
}

/** What a key's limits can be chosen from: operations of the catalogue, spaces and sites of the person. */
export const GET = withUser(async ({ request, user }) => {
  const view = await connectionView(user.id);
  const spaces =
    view?.status === 'active' ? await spacesOf(user, request.signal) : { spaces: null, moreSpaces: false };
  const operations = catalogue.map(({ name, title, tag, tier }) => ({ name, title, tag, tier }));
  const choices: KeyChoices = { operations, sites: view?.sites ?? [], ...spaces };
  return json(choices);
});
