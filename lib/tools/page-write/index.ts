/** What all writes of a page body share: edits, one versioned PUT, its rebase, check, settling and inverse. */
export { applyPut } from './apply.ts';
export { type BodyCheck, checkBody, requireWritten } from './check.ts';
export { clashError, placesOf } from './conflict.ts';
export { editShape, type GivenEdit } from './edit-shape.ts';
export { titleOfEdits } from './edit-titles.ts';
export { baseVersionOf, editableOf, editedStorage, idleText, withText } from './edits.ts';
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
