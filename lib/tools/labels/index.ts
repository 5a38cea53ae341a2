import type { Operation } from '../operation.ts';
import { addLabel, removeLabel } from './label-operations.ts';
import { listContentByLabel } from './list-content-by-label.ts';
import { listLabels } from './list-labels.ts';

/** The operations of the tag `labels`. */
export const labelsOperations: readonly Operation[] = [listLabels, listContentByLabel, addLabel, removeLabel];
