import type { Intent, Step } from './intents.ts';
import { onPage } from './plans.ts';
import { endingIn, itemsIn, pageIn, resultOf, type Turn } from './reading.ts';
import { linked } from './say.ts';
import { bare, isExact, pageRef } from './slots.ts';

function removeIfMember(turn: Turn, group: string, person: string): Step {
  const members = resultOf(turn, 'list_group_members');
  if (members === undefined) return { call: 'list_group_members', input: { group, limit: 200 } };
  const items = itemsIn(members.text);
  const is = items.some((item) => item.title.toLowerCase() === person.toLowerCase());
  const list =
    items.length === 0
      ? members.text
      : `In the group “${group}”:\n\n${items.map((item) => `- ${linked(item.title, item.url)}`).join('\n')}`;
  if (!is) return { say: `${list}\n\n${person} is not in it, so there is nobody to remove.` };
  return {
    call: 'remove_user_from_group',
    input: { group, user: person },
    before: `${list}\n\n${person} is in it. I prepared the removal; it runs only after you press Apply.`,
  };
}

/** The last change of this chat that was applied and not undone. */
function lastApplied(turn: Turn): { id: string; title: string } | null {
  const gone = new Set(
    turn.all.flatMap((result) => (result.name === 'undo_change' ? [JSON.stringify(result.input)] : [])),
  );
  for (const result of turn.all.toReversed()) {
    const ending = endingIn(result.text);
    if (
      (ending?.kind === 'applied' || ending?.kind === 'alarm') &&
      result.name !== 'undo_change' &&
      ![...gone].some((text) => text.includes(ending.changeId))
    ) {
      return { id: ending.changeId, title: ending.title };
    }
  }
  return null;
}

export const manageIntents: readonly Intent[] = [
  {
    id: 'remove-if-member',
    matches: [
      /^(?:check )?who(?:'s| is| are) in (?:the )?(?<group>.+?) group[.,;] if (?<person>.+?) is (?:in it|a member|in there),? (?:please )?remove (?:him|her|them)\b/i,
    ],
    plan: (slots, turn) => removeIfMember(turn, bare(slots.group), bare(slots.person)),
  },
  {
    id: 'remove-from-group',
    matches: [/^remove (?<person>.+?) from (?:the )?(?<group>.+?) group$/i],
    plan: (slots, turn) => removeIfMember(turn, bare(slots.group), bare(slots.person)),
  },
  {
    id: 'add-label',
    matches: [
      /^(?:add|put|set) (?:the |a )?labels? (?<label>.+?) (?:to|on) (?<page>.+)$/i,
      /^label (?<page>.+?) (?:as|with) (?<label>.+)$/i,
    ],
    plan: (slots, turn) => {
      const labels = (slots.label ?? '')
        .split(/,| and /)
        .map(bare)
        .filter((label) => label !== '');
      return onPage(
        turn,
        pageRef(slots.page),
        'add_label',
        (id) => ({ ids: [id], labels }),
        (page) => `I prepared adding ${labels.map((label) => `“${label}”`).join(', ')} to ${page}.`,
      );
    },
  },
  {
    id: 'remove-label',
    matches: [/^(?:remove|delete|take) (?:the )?labels? (?<label>.+?) (?:from|off) (?<page>.+)$/i],
    plan: (slots, turn) => {
      const labels = (slots.label ?? '')
        .split(/,| and /)
        .map(bare)
        .filter((label) => label !== '');
      return onPage(
        turn,
        pageRef(slots.page),
        'remove_label',
        (id) => ({ ids: [id], labels }),
        (page) => `I prepared removing ${labels.map((label) => `“${label}”`).join(', ')} from ${page}.`,
      );
    },
  },
  {
    id: 'move-page',
    matches: [/^move (?<page>.+?) (?:under|below|to|into) (?<target>.+)$/i],
    plan: (slots, turn) => {
      const [page, target] = [pageRef(slots.page), pageRef(slots.target)];
      const reads = turn.results
        .filter((result) => result.name === 'read_page')
        .flatMap((result) => pageIn(result.text) ?? []);
      const wanted = [page, target].filter((ref) => !isExact(ref));
      const next = wanted[reads.length];
      if (next !== undefined) return { call: 'read_page', input: { page: next, format: 'outline' } };
      const idOf = (ref: string): string => (isExact(ref) ? ref : (reads[wanted.indexOf(ref)]?.id ?? ref));
      return {
        call: 'move_page',
        input: { pages: [idOf(page)], target: idOf(target) },
        before: `I prepared moving “${page}” below “${target}”.`,
      };
    },
  },
  {
    id: 'delete-page',
    matches: [/^(?:delete|trash) (?<page>.+)$/i],
    unless: /\blabels?\b|\bcomments?\b|\bspace\b|\ball\b|\bpages\b/i,
    plan: (slots, turn) =>
      onPage(
        turn,
        pageRef(slots.page),
        'delete_page',
        (id) => ({ pages: [id] }),
        (page) => `I prepared moving ${page} to the trash. Nothing happens before you press Apply.`,
      ),
  },
  {
    id: 'restore-page',
    matches: [/^restore (?<page>(?:the )?(?:page )?.+?)(?: from (?:the )?trash)?$/i],
    unless: /\bsection\b|\bversion\b/i,
    plan: (slots) => ({
      call: 'restore_page',
      input: { id: pageRef(slots.page) },
      before: 'I prepared bringing the page back from the trash.',
    }),
  },
  {
    id: 'undo',
    matches: [
      /^(?:undo|revert|take back)(?: that| this| it| the last change| your last change| the change| last change)?$/i,
    ],
    plan: (_slots, turn) => {
      const last = lastApplied(turn);
      if (last === null)
        return {
          say: 'Nothing was written in this chat that could be undone. Earlier changes are listed under Settings, Activity.',
        };
      return {
        call: 'undo_change',
        input: { change_ids: [last.id] },
        before: `I prepared undoing: ${last.title}.`,
      };
    },
  },
];
