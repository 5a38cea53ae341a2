import type { WriteOperation } from '../operation.ts';
import { applyPut, settlePut, verifyPut } from './apply.ts';
import { rebasePut } from './rebase.ts';

/** Everything between the preview of a body write and its undo. */
export const putWrite: Pick<WriteOperation, 'rebase' | 'apply' | 'verify' | 'settle'> = {
  rebase: rebasePut,
  apply: applyPut,
  verify: verifyPut,
  settle: settlePut,
};
