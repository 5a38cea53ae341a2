import { canonicalText } from '#canonical';
import { changesOf, database } from '#db';
import type { Proposal } from '#lib/tools';
import type { ChangeWarning } from '#lib/wire';
import { parseChange } from './store.ts';

const mostCompared = 50;

/** What was asked, without what a first run changes by itself. */
const asked = ({ input }: Proposal): string => canonicalText({ ...input, base_version: undefined });

/**
 * A warning when the same change was made in this chat already and stands, or waits there: an answer that is asked for
 * again proposes again what the first one did, and a second Apply would do it twice.
 */
export async function repeatWarning(
  userId: string,
  chatId: string | null,
  proposal: Proposal,
): Promise<ChangeWarning[]> {
  if (chatId === null) return [];
  const made = await changesOf(await database(), {
    userId,
    chatId,
    statuses: ['proposed', 'approved', 'applying', 'applied', 'verified'],
    limit: mostCompared,
  });
  const wanted = asked(proposal);
  const before = made.find(
    (row) => row.operation === proposal.operation && asked(parseChange(row).proposal) === wanted,
  );
  if (before === undefined) return [];
  const waits = before.status === 'proposed';
  return [
    {
      code: 'made_already',
      message: waits
        ? 'The same change waits in this chat already. Applying both does it twice.'
        : 'The same change was applied in this chat already. Applying this one does it a second time.',
      mustConfirm: true,
    },
  ];
}
