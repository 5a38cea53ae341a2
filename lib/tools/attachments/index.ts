import type { Operation } from '../operation.ts';
import { deleteAttachmentOperation } from './delete-attachment.ts';
import { downloadAttachmentOperation } from './download-attachment.ts';
import { getAttachment } from './get-attachment.ts';
import { listAttachments } from './list-attachments.ts';
import { updateAttachment } from './update-attachment.ts';
import { uploadAttachment } from './upload-attachment.ts';

/** The operations of the tag `attachments`. */
export const attachmentsOperations: readonly Operation[] = [
  listAttachments,
  getAttachment,
  downloadAttachmentOperation,
  uploadAttachment,
  updateAttachment,
  deleteAttachmentOperation,
];
