import { z } from 'zod';
import { UserError } from '#errors';
import { downloadAttachment, getAttachmentThumbnailById } from '#lib/confluence';
import { fileText, saveFile } from '#lib/files';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { attachmentLine, attachmentShape, attachmentSource, sizeText } from './attachment-view.ts';
import { type FoundAttachment, findAttachment } from './find-attachment.ts';
import { largestPicture, pictureType } from './picture.ts';

const ways = ['file', 'text', 'image', 'thumbnail'] as const;
type Way = (typeof ways)[number];

const output = z.object({
  attachment: attachmentShape,
  as: z.enum(ways),
  /** Where the person, signed in, downloads it; for a day. */
  url: z.string().optional(),
  expires_at: z.string().optional(),
  text: z.string().optional(),
  total_chars: z.number().optional(),
  truncated: z.boolean().optional(),
  /** The picture itself, for hosts whose model can look at one. */
  image: z.object({ media_type: z.string(), bytes: z.number() }).optional(),
});
type Data = Omit<z.output<typeof output>, 'attachment' | 'as'>;
type Got = { data: Data; text: string; image?: ReadResult['image'] };
type Asked = { version?: number | undefined; max_chars: number };

/** The bytes of a file as attached, of one version. Signed addresses are followed without credentials. */
export async function bytesOf(ctx: Context, file: FoundAttachment, version?: number): Promise<Uint8Array> {
  const bytes = await downloadAttachment(ctx.confluence, {
    id: file.page.id,
    attachmentId: file.id,
    version,
  });
  return new Uint8Array(bytes as ArrayBuffer | Uint8Array<ArrayBuffer>);
}

async function kept(ctx: Context, name: string, mediaType: string, bytes: Uint8Array): Promise<Got> {
  const file = await saveFile(ctx.user.id, { name, mediaType, bytes });
  return {
    data: { url: file.url, expires_at: file.expiresAt },
    text: `Download for the person, signed in to Confab, for a day: ${file.url}`,
  };
}

async function picture(ctx: Context, file: FoundAttachment, bytes: Uint8Array, small: boolean): Promise<Got> {
  const mediaType = pictureType(bytes);
  if (mediaType === null) {
    throw new UserError('not_possible', `"${file.filename}" is no PNG, JPEG, GIF or WebP picture.`, {
      next: 'Read it with as=text, or download it with as=file.',
    });
  }
  if (bytes.byteLength > largestPicture) {
    throw new UserError(
      'too_large',
      `"${file.filename}" has ${sizeText(bytes.byteLength)}; at most 1.5 MB are handed to a model.`,
      { next: small ? 'Download it with as=file.' : 'Take as=thumbnail, or download it with as=file.' },
    );
  }
  const link = await kept(ctx, file.filename, mediaType, bytes);
  return {
    data: { ...link.data, image: { media_type: mediaType, bytes: bytes.byteLength } },
    image: { mediaType, base64: Buffer.from(bytes).toString('base64') },
    text: `A picture (${mediaType}, ${sizeText(bytes.byteLength)}). If you were not given it to look at, do not guess what it shows: give the link.\n${link.text}`,
  };
}

const readers: Record<Way, (ctx: Context, file: FoundAttachment, o: Asked) => Promise<Got>> = {
  async file(ctx, file, o) {
    const got = await kept(ctx, file.filename, file.media_type, await bytesOf(ctx, file, o.version));
    return { ...got, text: `${got.text}\nTo read it here: as=text, or as=image for a picture.` };
  },
  async text(ctx, file, o) {
    const whole = await fileText(file.filename, file.media_type, await bytesOf(ctx, file, o.version));
    const shown = whole.slice(0, o.max_chars).toWellFormed();
    const truncated = shown.length < whole.length;
    const rest = truncated
      ? `\n\n[${shown.length} of ${whole.length} characters. Ask with a larger max_chars, or as=file.]`
      : '';
    return { data: { text: shown, total_chars: whole.length, truncated }, text: `\n${shown}${rest}` };
  },
  image: async (ctx, file, o) => picture(ctx, file, await bytesOf(ctx, file, o.version), false),
  async thumbnail(ctx, file, o) {
    const bytes = await getAttachmentThumbnailById(ctx.confluence, { id: file.id, version: o.version });
    return picture(ctx, file, new Uint8Array(bytes as ArrayBuffer | Uint8Array<ArrayBuffer>), true);
  },
};

export const downloadAttachmentOperation = defineRead({
  name: 'download_attachment',
  input: z.object({
    attachment: text,
    as: z.enum(ways).default('file'),
    version: z.int().min(1).optional(),
    max_chars: z.int().min(1).max(500_000).default(20_000),
  }),
  output,
  async run(ctx, o) {
    const found = await findAttachment(ctx, o.attachment, o.version);
    const file = attachmentShape.parse(found);
    ctx.progress(`Downloading ${file.filename} (${sizeText(file.size)})`);
    const got = await readers[o.as](ctx, found, o);
    return {
      text: `${attachmentLine(file)}\n${got.text}`,
      data: { attachment: file, as: o.as, ...got.data },
      sources: [attachmentSource(file)],
      label: `File "${file.filename}"`,
      untrusted: true,
      ...(got.image === undefined ? {} : { image: got.image }),
    };
  },
});
