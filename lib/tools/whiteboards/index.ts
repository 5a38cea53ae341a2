import type { Operation } from '../operation.ts';
import { createWhiteboard } from './create-whiteboard.ts';

/** The operations of the tag `whiteboards`. */
export const whiteboardsOperations: readonly Operation[] = [createWhiteboard];
