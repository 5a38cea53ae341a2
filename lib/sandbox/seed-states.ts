import { type Db, listContents, putState, setCustomStatesAllowed, spacesOfSite } from './db/index.ts';

/** Titles of pages that carry a status on the demo site. */
const marked: Record<string, { id: number; name: string; color: string }> = {
  'API Guidelines': { id: 3, name: 'Verified', color: '#8777d9' },
  'Deploying the Billing Engine': { id: 3, name: 'Verified', color: '#8777d9' },
  'Q3 Billing Engine PRD': { id: 2, name: 'Ready for review', color: '#57d9a3' },
  'API Changelog': { id: 1, name: 'In progress', color: '#2684ff' },
};

/** Space whose administrators allow the space's own states only. */
const strict = 'CLI';

/** Puts statuses on some pages of a fresh site. */
export function seedStates(db: Db, cloudId: string, now: number): void {
  const at = new Date(now - 5 * 86_400_000).toISOString();
  for (const page of listContents(db, { cloudId, type: 'page', statuses: ['current'] })) {
    const state = marked[page.title];
    if (state !== undefined) putState(db, page.id, 'current', state, at);
  }
  for (const space of spacesOfSite(db, cloudId))
    if (space.key === strict) setCustomStatesAllowed(db, space.id, false);
}
