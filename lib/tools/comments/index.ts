import type { Operation } from '../operation.ts';
import { createCommentReply } from './create-comment-reply.ts';
import { createFooterCommentOperation } from './create-footer-comment.ts';
import { createInlineCommentOperation } from './create-inline-comment.ts';
import { deleteComment } from './delete-comment.ts';
import { getComment } from './get-comment.ts';
import { listComments } from './list-comments.ts';
import { resolveInlineComment } from './resolve-inline-comment.ts';
import { updateComment } from './update-comment.ts';

/** The operations of the tag `comments`. */
export const commentsOperations: readonly Operation[] = [
  listComments,
  getComment,
  createFooterCommentOperation,
  createInlineCommentOperation,
  createCommentReply,
  updateComment,
  resolveInlineComment,
  deleteComment,
];
