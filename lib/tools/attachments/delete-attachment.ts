import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { deleteAttachment } from '#lib/confluence';
import { links } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import { text } from '../inputs.ts';
import type { Context, WriteOperation } from '../operation.ts';
import { counted } from '../render.ts';
import { defineStateWrite, type Sent, type State } from '../state-write.ts';
import { sizeText } from './attachment-view.ts';
import { attachmentAt, type FoundAttachment, findAttachment } from './find-attachment.ts';

type DeleteRequest = { ids: string[] };

const input = z.object({ attachments: z.array(text).min(1).max(50) });
const why =
  'the files go to the trash of the space, and Confluence’s API cannot take them out. An administrator of the space can, in Confluence.';

/** How often a page's text shows or links one of its own files. */
export function usesOf(file: FoundAttachment): number {
  return links(file.page.body ?? '').filter(
    (link) => link.kind === 'attachment' && link.page === null && link.filename === file.filename,
  ).length;
}

async function states(ctx: Context, ids: readonly string[]): Promise<State> {
  const found: Record<string, unknown> = {};
  for (const id of ids) {
    const file = await attachmentAt(ctx, id);
    found[id] = file === null ? null : { filename: file.filename, version: file.version, page: file.page.id };
  }
  return found;
}

async function send(ctx: Context, { ids }: DeleteRequest): Promise<Sent> {
  const failed: string[] = [];
  for (const [index, id] of ids.entries()) {
    try {
      await deleteAttachment(ctx.confluence, { id });
    } catch (error) {
      // Part of it is done: the rest is told by reading back.
      if (index === failed.length || !(error instanceof ConfabError)) throw error;
      failed.push(id);
    }
  }
  return { targetId: ids[0] ?? null, url: null, receipt: { failed } };
}

export const deleteAttachmentOperation: WriteOperation = defineStateWrite<typeof input, DeleteRequest>({
  name: 'delete_attachment',
  input,
  async plan(ctx, o) {
    const files: FoundAttachment[] = [];
    for (const given of new Set(o.attachments)) {
      const file = await findAttachment(ctx, given);
      if (!files.some((one) => one.id === file.id)) files.push(file);
    }
    const [first] = files;
    if (first === undefined) throw new UserError('invalid_input', 'attachments: Name a file.');
    const ids = files.map((file) => file.id);
    const others = [...new Set(files.map((file) => file.page.spaceId))].filter(
      (id) => id !== first.page.spaceId,
    );
    const shown: ChangeWarning[] = files.flatMap((file) => {
      const uses = usesOf(file);
      if (uses === 0) return [];
      return {
        code: 'still_used',
        message: `"${file.page.title}" still shows or links "${file.filename}" in ${counted(uses, 'place')}: a broken picture or link is left there.`,
        mustConfirm: false,
      };
    });
    return {
      title:
        files.length === 1
          ? `Delete "${first.filename}" from "${first.page.title}"`
          : `Delete ${files.length} files`,
      target: { ...first.target, ...(others.length === 0 ? {} : { otherSpaces: others }) },
      input: { attachments: ids },
      request: { ids },
      before: await states(ctx, ids),
      after: Object.fromEntries(ids.map((id) => [id, null])),
      diff: {
        fields: files.map((file) => ({
          label: `${file.filename} on ${file.page.title}`,
          before: `version ${file.version ?? 1}, ${sizeText(file.size)}`,
          after: null,
        })),
        body: null,
      },
      warnings: shown,
      undo: { possible: false, why },
    };
  },
  read: (ctx, { ids }) => states(ctx, ids),
  send,
  inverse: async () => ({ impossible: why }),
  done: 'The files are not on the page any more; they are in the trash of the space.',
});
