import type { Operation } from '../operation.ts';
import { createCustomContent } from './create-custom-content.ts';
import { listCustomContent } from './list-custom-content.ts';
import { updateCustomContent } from './update-custom-content.ts';

/** The operations of the tag `custom_content`. */
export const customContentOperations: readonly Operation[] = [
  listCustomContent,
  createCustomContent,
  updateCustomContent,
];
