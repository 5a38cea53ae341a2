import type { Operation } from '../operation.ts';
import { addUserToGroup } from './add-user-to-group.ts';
import { listGroupMembers } from './list-group-members.ts';
import { listGroups } from './list-groups.ts';
import { removeUserFromGroup } from './remove-user-from-group.ts';

/** The operations of the tag `groups`. */
export const groupsOperations: readonly Operation[] = [
  listGroups,
  listGroupMembers,
  addUserToGroup,
  removeUserFromGroup,
];
