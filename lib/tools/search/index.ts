import type { Operation } from '../operation.ts';
import { listRecentChanges } from './list-recent-changes.ts';
import { searchContent } from './search-content.ts';

/** The operations of the tag `search`. */
export const searchOperations: readonly Operation[] = [searchContent, listRecentChanges];
