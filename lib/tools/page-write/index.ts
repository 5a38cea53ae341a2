/** What all writes of a page body share: edits, one versioned PUT, its rebase, check, settling and inverse. */
export { applyPut } from './apply.ts';
export {
  baseVersionOf,
  editableOf,
  editedStorage,
  editShape,
  type GivenEdit,
  titleOfEdits,
  withText,
} from './edits.ts';
export { inversePut } from './inverse.ts';
export {
  checkSize,
  checkTitle,
  documentTarget,
  type PutChange,
  type PutRequest,
  putProposal,
  type Representation,
  storageAt,
  versionMessage,
} from './put.ts';
export { putWrite } from './put-write.ts';
export { wholeBody } from './whole-body.ts';
