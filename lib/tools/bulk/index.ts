import { exportPage, exportSpace } from '../export/index.ts';
import type { Operation } from '../operation.ts';
import { addContentToPages } from './add-content-to-pages.ts';
import { addLabelToPages } from './add-label-to-pages.ts';
import { archiveStalePages } from './archive-stale-pages.ts';
import { copySpaceStructure } from './copy-space-structure.ts';
import { createPageTree } from './create-page-tree.ts';
import { createReviewRequest } from './create-review-request.ts';
import { createTableOfContents } from './create-table-of-contents.ts';
import { getLongTaskOperation } from './get-long-task.ts';
import { removeUserAccess } from './remove-user-access.ts';
import { replaceTextInPages } from './replace-text-in-pages.ts';

/** The operations of the tag `bulk`. */
export const bulkOperations: readonly Operation[] = [
  replaceTextInPages,
  addContentToPages,
  addLabelToPages,
  archiveStalePages,
  createPageTree,
  copySpaceStructure,
  createTableOfContents,
  createReviewRequest,
  exportPage,
  exportSpace,
  getLongTaskOperation,
  removeUserAccess,
];
