import type { Operation } from '../operation.ts';
import { addSpacePermission } from './add-space-permission.ts';
import { checkPermission } from './check-permission.ts';
import { getRestrictions } from './get-restrictions.ts';
import { listSpacePermissions } from './list-space-permissions.ts';
import { removeSpacePermission } from './remove-space-permission.ts';
import { setRestrictions } from './set-restrictions.ts';

/** The operations of the tag `permissions`. */
export const permissionsOperations: readonly Operation[] = [
  getRestrictions,
  setRestrictions,
  checkPermission,
  listSpacePermissions,
  addSpacePermission,
  removeSpacePermission,
];
