import type { Operation } from '../operation.ts';
import { createFolder } from './create-folder.ts';

/** The operations of the tag `folders`. */
export const foldersOperations: readonly Operation[] = [createFolder];
