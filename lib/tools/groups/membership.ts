import {
  addUserToGroupByGroupId,
  getGroupMembershipsForUser,
  removeMemberFromGroupByGroupId,
} from '#lib/confluence';
import type { Context, NoChange, Outcome, Proposal, WriteOperation } from '../operation.ts';
import { oneLine, sourceOf } from '../render.ts';
import { type Group, resolveGroup } from '../resolve/group.ts';
import { type Person, resolvePerson } from '../resolve/person.ts';
import { refuseReach } from '../spaces-limit.ts';
import { personSource } from '../users/search-users.ts';

/** True when the person is in the group, by the person's own list of groups. */
export async function isMember(ctx: Context, accountId: string, groupId: string): Promise<boolean> {
  for (let start = 0; start < 2000; start += 200) {
    const found = await getGroupMembershipsForUser(ctx.confluence, { accountId, start, limit: 200 });
    if ((found.results ?? []).some((group) => group.id === groupId)) return true;
    if (typeof (found._links as { next?: unknown } | undefined)?.next !== 'string') return false;
  }
  return false;
}

type MembershipOperation = 'add_user_to_group' | 'remove_user_from_group';
type MembershipRequest = { groupId: string; groupName: string; accountId: string; personName: string };

const requestOf = (proposal: Proposal): MembershipRequest => proposal.request as MembershipRequest;
const adds = (proposal: Proposal): boolean => proposal.operation === 'add_user_to_group';

function proposalFor(
  operation: MembershipOperation,
  group: Group,
  person: Pick<Person, 'accountId' | 'name'>,
  title?: string,
): Proposal {
  const adding = operation === 'add_user_to_group';
  const request: MembershipRequest = {
    groupId: group.id,
    groupName: group.name,
    accountId: person.accountId,
    personName: person.name,
  };
  return {
    operation,
    input: { group: group.id, user: person.accountId },
    title:
      title ??
      (adding
        ? `Add ${oneLine(person.name)} to the group "${group.name}"`
        : `Remove ${oneLine(person.name)} from the group "${group.name}"`),
    target: { kind: 'group', id: group.id, title: group.name, space: null, url: null },
    baseVersion: null,
    request,
    diff: {
      fields: [
        {
          label: `${person.name} in "${group.name}"`,
          before: adding ? 'not a member' : 'member',
          after: adding ? 'member' : 'not a member',
        },
      ],
      body: null,
    },
    warnings: [
      adding
        ? {
            code: 'grants_access',
            message: `${person.name} gets access to everything this group opens, in Confluence and in other products that use it.`,
            mustConfirm: false,
          }
        : {
            code: 'takes_access',
            message: `${person.name} loses the access this group gives, in Confluence and in other products that use it.`,
            mustConfirm: false,
          },
    ],
    editable: null,
    undo: { possible: true },
  };
}

const leaving = {
  code: 'own_access',
  message: 'This is your own membership: you may not be able to come back by yourself, nor to undo it.',
  mustConfirm: true,
};

function outcomeOf(proposal: Proposal): Outcome {
  const { groupId, groupName, accountId } = requestOf(proposal);
  return { targetId: groupId, title: groupName, url: null, version: null, receipt: { accountId } };
}

/** Everything add and remove share; each is the inverse of the other. */
export function membershipWrite(operation: MembershipOperation): Pick<
  WriteOperation,
  'rebase' | 'apply' | 'verify' | 'settle' | 'inverse'
> & {
  preview(ctx: Context, o: { group: string; user: string }): Promise<Proposal | NoChange>;
} {
  const done = (ctx: Context, proposal: Proposal) => {
    const { accountId, groupId } = requestOf(proposal);
    return isMember(ctx, accountId, groupId).then((member) => member === adds(proposal));
  };
  return {
    async preview(ctx, o) {
      refuseReach(ctx, 'Who is in a group counts');
      const group = await resolveGroup(ctx, o.group);
      const person = await resolvePerson(ctx, o.user);
      const member = await isMember(ctx, person.accountId, group.id);
      if (member !== (operation === 'add_user_to_group')) {
        const proposal = proposalFor(operation, group, person);
        if (!member || person.accountId !== ctx.connection.account.id) return proposal;
        return { ...proposal, warnings: [...proposal.warnings, leaving] };
      }
      return {
        noChange: true,
        text: `${oneLine(person.name)} is ${member ? 'already' : 'not'} in the group "${oneLine(group.name)}". No change was proposed.`,
        sources: [
          sourceOf({ id: group.id, type: 'group', title: group.name, url: null }),
          personSource(person),
        ],
      };
    },
    async rebase(ctx, proposal) {
      if (!(await done(ctx, proposal))) return { kind: 'current' };
      return {
        kind: 'conflict',
        message: 'Someone else has done this meanwhile; nothing is left to do.',
        yours: null,
        theirs: null,
      };
    },
    async apply(ctx, proposal) {
      const { groupId, accountId } = requestOf(proposal);
      if (adds(proposal)) await addUserToGroupByGroupId(ctx.confluence, { groupId, accountId });
      else await removeMemberFromGroupByGroupId(ctx.confluence, { groupId, accountId });
      return outcomeOf(proposal);
    },
    async verify(ctx, proposal) {
      const ok = await done(ctx, proposal);
      const { personName, groupName } = requestOf(proposal);
      const state = adds(proposal) ? 'in' : 'no longer in';
      return {
        ok,
        summary: ok
          ? `${personName} is ${state} "${groupName}".`
          : `${personName} is not ${state} "${groupName}"; the group may be managed elsewhere.`,
        version: null,
        details: [],
      };
    },
    async settle(ctx, proposal) {
      return (await done(ctx, proposal))
        ? { kind: 'applied', outcome: outcomeOf(proposal) }
        : { kind: 'not_applied' };
    },
    async inverse(ctx, proposal) {
      const { groupId, groupName, accountId, personName } = requestOf(proposal);
      if (!(await done(ctx, proposal)))
        return { impossible: 'The membership has been changed back already.' };
      const opposite = adds(proposal) ? 'remove_user_from_group' : 'add_user_to_group';
      return proposalFor(
        opposite,
        { id: groupId, name: groupName },
        { accountId, name: personName },
        `Undo: ${proposal.title}`,
      );
    },
  };
}
