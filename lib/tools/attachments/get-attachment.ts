import { z } from 'zod';
import { UserError } from '#errors';
import { getAttachmentById } from '#lib/confluence';
import { inAllowedSpaces } from '../content-space.ts';
import { defineRead } from '../define.ts';
import { attachmentId, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import {
  attachmentLine,
  attachmentOf,
  attachmentShape,
  attachmentSource,
  type RawAttachment,
} from './attachment-view.ts';

export const getAttachment = defineRead({
  name: 'get_attachment',
  input: z.object({ attachment: text }),
  output: attachmentShape,
  async run(ctx, o) {
    const raw = (await orNull(getAttachmentById(ctx.confluence, { id: attachmentId(o.attachment) }))) as
      | (RawAttachment & { pageId?: string; blogPostId?: string })
      | null;
    if (raw === null || (await inAllowedSpaces(ctx, [raw])).length === 0) {
      throw new UserError('not_found', `No attachment "${o.attachment}" is visible to you.`, {
        next: 'list_attachments shows the files of a page.',
      });
    }
    const file = attachmentOf(ctx, raw);
    return {
      text: attachmentLine(file),
      data: file,
      sources: [attachmentSource(file)],
      label: `File "${file.filename}"`,
      untrusted: true,
    };
  },
});
