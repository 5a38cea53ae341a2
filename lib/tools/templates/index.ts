import type { Operation } from '../operation.ts';
import { getTemplate } from './get-template.ts';
import { listTemplates } from './list-templates.ts';
import { createTemplate, deleteTemplate, updateTemplate } from './template-operations.ts';

/** The operations of the tag `templates`. */
export const templatesOperations: readonly Operation[] = [
  listTemplates,
  getTemplate,
  createTemplate,
  updateTemplate,
  deleteTemplate,
];
