import type { Operation } from '../operation.ts';
import { getAdminKey, setAdminKey } from './admin-key.ts';
import { getClassificationLevel } from './get-classification-level.ts';
import { getDataPolicies } from './get-data-policies.ts';
import { listClassificationLevels } from './list-classification-levels.ts';
import { setClassificationLevel } from './set-classification-level.ts';

/** The operations of the tag `governance`. */
export const governanceOperations: readonly Operation[] = [
  listClassificationLevels,
  getClassificationLevel,
  setClassificationLevel,
  getDataPolicies,
  getAdminKey,
  setAdminKey,
];
