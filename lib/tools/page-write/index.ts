/** What all writes of a page body share: one versioned PUT, its rebase, check, settling and inverse. */
export { applyPut, settlePut, verifyPut } from './apply.ts';
export { inversePut } from './inverse.ts';
export {
  checkSize,
  checkTitle,
  documentTarget,
  type PutChange,
  putProposal,
  type Representation,
  storageAt,
  versionMessage,
} from './put.ts';
export { rebasePut } from './rebase.ts';
