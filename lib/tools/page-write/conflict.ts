import { UserError } from '#errors';
import { type Conflict, conflictWords } from '#lib/content';
import type { Document } from '../documents.ts';

const MOST = 3;

/** Where two versions clash, for a sentence: `Rate limits > table > row "Burst", and 2 more places`. */
export function placesOf(conflicts: Conflict[]): string {
  const places = [...new Set(conflicts.map(({ where }) => where))].filter((one) => one !== '');
  const more = places.length - MOST;
  const tail = more > 0 ? `; and ${more} more ${more === 1 ? 'place' : 'places'}` : '';
  return `${places.slice(0, MOST).join('; ')}${tail}`;
}

/** What stands in the disputed places in each version: one line each. */
function sidesOf(conflicts: Conflict[]): string {
  return conflictWords(conflicts, MOST)
    .map(({ where, yours, theirs }) => `${where}: there now ${theirs}, yours ${yours}.`)
    .join('\n');
}

/** The refusal of a change that was made on an older version, where somebody changed the same place since. */
export function clashError(
  current: Pick<Document, 'title' | 'version'>,
  baseVersion: number,
  conflicts: Conflict[],
): UserError {
  return new UserError(
    'conflict',
    `"${current.title}" was changed in the same place since version ${baseVersion}; it is at version ${current.version} now.\n${sidesOf(conflicts)}`,
    {
      next: 'Read it again and repeat the change on the new version.',
      data: { version: current.version, conflicts: conflictWords(conflicts, 10) },
    },
  );
}
