import type { Operation } from '../operation.ts';
import { findContentByProperty } from './find-content-by-property.ts';
import { listContentProperties } from './list-content-properties.ts';
import {
  createContentProperty,
  deleteContentProperty,
  updateContentProperty,
} from './property-operations.ts';

/** The operations of the tag `properties`. */
export const propertiesOperations: readonly Operation[] = [
  listContentProperties,
  createContentProperty,
  updateContentProperty,
  deleteContentProperty,
  findContentByProperty,
];
