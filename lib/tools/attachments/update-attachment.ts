import { z } from 'zod';
import { UserError } from '#errors';
import { updateAttachmentProperties } from '#lib/confluence';
import type { ChangeWarning, FieldDiff } from '#lib/wire';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { counted, oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { defineStateWrite, type PlannedWrite, undoBy } from '../state-write.ts';
import { attachmentSource } from './attachment-view.ts';
import { usesOf } from './delete-attachment.ts';
import { attachmentAt, type FoundAttachment, filesOf, findAttachment } from './find-attachment.ts';

type Properties = { filename: string; comment: string; media_type: string; page: string };
type UpdateRequest = {
  id: string;
  /** The page it is on when this is sent. */
  pageId: string;
  version: number;
  /** When that version was made, ISO 8601. */
  when: string;
  container: 'page' | 'blogpost';
  changed: Partial<Properties>;
  old: Partial<Properties>;
};

const input = z.object({
  attachment: text,
  filename: text.optional(),
  comment: z.string().trim().max(255).optional(),
  media_type: text.optional(),
  move_to: text.optional(),
});

const names: Record<keyof Properties, string> = {
  filename: 'File name',
  comment: 'Comment',
  media_type: 'Media type',
  page: 'On page',
};

const propertiesOf = (file: FoundAttachment): Properties => ({
  filename: file.filename,
  comment: file.comment,
  media_type: file.media_type,
  page: file.page.id,
});

function checkName(given: string): string {
  const name = oneLine(given);
  if (name !== '' && name.length <= 255 && !/[\\/:*?"<>|]/.test(name)) return name;
  throw new UserError('invalid_input', `filename: "${name}" cannot be the name of a file.`, {
    next: 'Use 1 to 255 characters, none of \\ / : * ? " < > |.',
  });
}

function checkType(given: string): string {
  if (/^[\w.+-]+\/[\w.+-]+$/.test(given)) return given.toLowerCase();
  throw new UserError('invalid_input', `media_type: "${oneLine(given)}" is no media type.`, {
    next: 'Give one such as text/csv.',
  });
}

async function refuseTaken(ctx: Context, page: Document, filename: string, id: string): Promise<void> {
  const [other] = await filesOf(ctx, page, filename);
  if (other === undefined || other.id === id) return;
  throw new UserError('conflict', `"${page.title}" has a file "${filename}" already.`, {
    next: 'Choose another name, or delete that file first.',
    data: { attachment: other.id },
  });
}

function warningsFor(file: FoundAttachment, changed: Partial<Properties>): ChangeWarning[] {
  const uses = usesOf(file);
  if (uses === 0 || (changed.filename === undefined && changed.page === undefined)) return [];
  return [
    {
      code: 'still_used',
      message: `"${file.page.title}" shows or links "${file.filename}" in ${counted(uses, 'place')} by its name: that breaks. An edit_page afterwards can put it right.`,
      mustConfirm: false,
    },
  ];
}

async function plan(
  ctx: Context,
  o: z.output<typeof input>,
): Promise<PlannedWrite<UpdateRequest> | NoChange> {
  const file = await findAttachment(ctx, o.attachment);
  const to =
    o.move_to === undefined ? file.page : await resolveDocument(ctx, o.move_to, ['page', 'blog_post']);
  const old = propertiesOf(file);
  const wanted: Properties = {
    filename: o.filename === undefined ? old.filename : checkName(o.filename),
    comment: o.comment ?? old.comment,
    media_type: o.media_type === undefined ? old.media_type : checkType(o.media_type),
    page: to.id,
  };
  const differs = (Object.keys(names) as (keyof Properties)[]).filter((name) => wanted[name] !== old[name]);
  if (differs.length === 0) {
    return {
      noChange: true,
      text: `"${oneLine(file.filename)}" on "${oneLine(file.page.title)}" is so already. No change was proposed.`,
      sources: [attachmentSource(file)],
    };
  }
  await refuseTaken(ctx, to, wanted.filename, file.id);
  const pick = (from: Properties) => Object.fromEntries(differs.map((name) => [name, from[name]]));
  const shown = (name: keyof Properties, from: Properties, page: Document): string | null =>
    name === 'page' ? page.title : from[name] || null;
  const fields: FieldDiff[] = differs.map((name) => ({
    label: names[name],
    before: shown(name, old, file.page),
    after: shown(name, wanted, to),
  }));
  const verb = differs.includes('page') ? 'Move' : differs.includes('filename') ? 'Rename' : 'Change';
  const others = to.spaceId === file.page.spaceId ? {} : { otherSpaces: [to.spaceId] };
  return {
    title:
      verb === 'Move'
        ? `Move "${file.filename}" from "${file.page.title}" to "${to.title}"`
        : verb === 'Rename'
          ? `Rename "${file.filename}" on "${file.page.title}" to "${wanted.filename}"`
          : `Change "${file.filename}" on "${file.page.title}"`,
    target: { ...file.target, ...others },
    input: {
      attachment: file.id,
      // What nobody asked for is left as it is then, whatever others make of it meanwhile.
      ...(o.filename === undefined ? {} : { filename: wanted.filename }),
      ...(o.comment === undefined ? {} : { comment: wanted.comment }),
      ...(o.media_type === undefined ? {} : { media_type: wanted.media_type }),
      ...(o.move_to === undefined ? {} : { move_to: to.id }),
    },
    request: {
      id: file.id,
      pageId: file.page.id,
      version: file.version ?? 1,
      when: file.updated_at ?? new Date().toISOString(),
      container: to.kind === 'page' ? 'page' : 'blogpost',
      changed: pick(wanted),
      old: pick(old),
    },
    before: { ...old, version: file.version },
    after: pick(wanted),
    diff: { fields, body: null },
    warnings: warningsFor(file, pick(wanted)),
    undo: { possible: true },
    baseVersion: file.version,
  };
}

export const updateAttachment: WriteOperation = defineStateWrite<typeof input, UpdateRequest>({
  name: 'update_attachment',
  input,
  plan,
  async read(ctx, { id }) {
    const file = await attachmentAt(ctx, id);
    return file === null ? null : { ...propertiesOf(file), version: file.version };
  },
  async send(ctx, { id, pageId, version, when, container, changed }) {
    const { filename, comment, media_type: mediaType, page } = changed;
    await updateAttachmentProperties(ctx.confluence, {
      id: pageId,
      attachmentId: id,
      body: {
        id,
        type: 'attachment',
        status: 'current',
        // The version that is there: properties make no new one.
        version: { number: version, when: new Date(when), minorEdit: false },
        ...(filename === undefined ? {} : { title: filename }),
        ...(mediaType === undefined ? {} : { metadata: { mediaType } }),
        ...(comment === undefined ? {} : { extensions: { comment } }),
        ...(page === undefined ? {} : { container: { id: page, type: container } }),
      },
    });
    return { targetId: id, version };
  },
  inverse(ctx, { request, proposal }) {
    const { page, ...rest } = request.old;
    const back = { attachment: request.id, ...rest, ...(page === undefined ? {} : { move_to: page }) };
    return undoBy(ctx, updateAttachment, back, proposal);
  },
  done: 'The file was read back and is as approved.',
});
