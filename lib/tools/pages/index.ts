import type { Operation } from '../operation.ts';
import { archivePagesOperation } from './archive-pages.ts';
import { copyPageOperation } from './copy-page.ts';
import { copyPageTree } from './copy-page-tree.ts';
import { createPage } from './create-page.ts';
import { deletePage } from './delete-page.ts';
import { deletePageTreeOperation } from './delete-page-tree.ts';
import { editPage } from './edit-page.ts';
import { getContentStateOperation } from './get-content-state.ts';
import { listPages } from './list-pages.ts';
import { movePage } from './move-page.ts';
import { publishDraft } from './publish-draft.ts';
import { purgePage } from './purge-page.ts';
import { readPage } from './read-page.ts';
import { restorePage } from './restore-page.ts';
import { setContentStateOperation } from './set-content-state.ts';
import { updatePageOperation } from './update-page.ts';

/** The operations of the tag `pages`. */
export const pagesOperations: readonly Operation[] = [
  readPage,
  listPages,
  createPage,
  editPage,
  updatePageOperation,
  movePage,
  deletePage,
  restorePage,
  copyPageOperation,
  copyPageTree,
  archivePagesOperation,
  deletePageTreeOperation,
  purgePage,
  publishDraft,
  getContentStateOperation,
  setContentStateOperation,
];
