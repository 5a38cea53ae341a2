import type { Operation } from '../operation.ts';
import { getUser } from './get-user.ts';
import { listUserGroups } from './list-user-groups.ts';
import { searchUsers } from './search-users.ts';

/** The operations of the tag `users`. */
export const usersOperations: readonly Operation[] = [searchUsers, getUser, listUserGroups];
