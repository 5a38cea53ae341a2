import type { Operation } from '../operation.ts';
import { createSmartLink } from './create-smart-link.ts';

/** The operations of the tag `smart_links`. */
export const smartLinksOperations: readonly Operation[] = [createSmartLink];
