import type { Operation } from '../operation.ts';
import { deleteContent } from './delete-content.ts';
import { getContent } from './get-content.ts';
import { listAncestors } from './list-ancestors.ts';
import { listChildren } from './list-children.ts';
import { listDescendants } from './list-descendants.ts';

/** The operations of the tag `hierarchy`. */
export const hierarchyOperations: readonly Operation[] = [
  listChildren,
  listDescendants,
  listAncestors,
  getContent,
  deleteContent,
];
