import type { Operation } from '../operation.ts';
import { archiveSpace } from './archive-space.ts';
import { createSpace } from './create-space.ts';
import { deleteSpace } from './delete-space.ts';
import { getSpace } from './get-space.ts';
import { listSpaceContent } from './list-space-content.ts';
import { listSpaces } from './list-spaces.ts';
import { updateSpace } from './update-space.ts';

/** The operations of the tag `spaces`. */
export const spacesOperations: readonly Operation[] = [
  listSpaces,
  getSpace,
  createSpace,
  updateSpace,
  archiveSpace,
  deleteSpace,
  listSpaceContent,
];
