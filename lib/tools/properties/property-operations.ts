import type { WriteOperation } from '../operation.ts';
import { deletionInput, type Mode, propertyWrite, valueInput } from './property-write.ts';

const all = (): Record<Mode, WriteOperation> => ({
  create: createContentProperty,
  update: updateContentProperty,
  delete: deleteContentProperty,
});

export const createContentProperty = propertyWrite('create', 'create_content_property', valueInput, all);
export const updateContentProperty = propertyWrite('update', 'update_content_property', valueInput, all);
export const deleteContentProperty = propertyWrite('delete', 'delete_content_property', deletionInput, all);
