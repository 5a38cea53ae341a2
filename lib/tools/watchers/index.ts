import type { Operation } from '../operation.ts';
import { listWatchers } from './list-watchers.ts';
import { addWatcher, removeWatcher } from './watch-write.ts';

/** The operations of the tag `watchers`. */
export const watchersOperations: readonly Operation[] = [listWatchers, addWatcher, removeWatcher];
