import type { Operation } from '../operation.ts';
import { compareVersions } from './compare-versions.ts';
import { getVersion } from './get-version.ts';
import { listVersions } from './list-versions.ts';
import { restoreVersion } from './restore-version.ts';

/** The operations of the tag `versions`. */
export const versionsOperations: readonly Operation[] = [
  listVersions,
  getVersion,
  compareVersions,
  restoreVersion,
];
