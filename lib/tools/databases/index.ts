import type { Operation } from '../operation.ts';
import { createDatabase } from './create-database.ts';

/** The operations of the tag `databases`. */
export const databasesOperations: readonly Operation[] = [createDatabase];
