import { InternalError } from '#errors';
import type { WriteOperation } from '../operation.ts';

const never = (): Promise<never> => {
  throw new InternalError('internal', 'This touches only our own store and is never proposed.');
};

type Unused = Pick<WriteOperation, 'preview' | 'rebase' | 'apply' | 'verify' | 'settle' | 'inverse'>;

/** For a write that runs at once because it touches only our own store: nothing of a proposal applies. */
export const neverProposed: Unused = {
  preview: never,
  rebase: never,
  apply: never,
  verify: never,
  settle: never,
  inverse: never,
};
