import { z } from 'zod';
import { saveFile } from '#lib/files';
import { sizeText } from '../attachments/attachment-view.ts';
import { itemWith } from '../documents.ts';
import type { Context, ReadResult } from '../operation.ts';
import { counted, day, link, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import { type Completeness, completenessShape, completenessText } from '../scan/index.ts';
import type { Bundle } from './bundle.ts';
import type { ExportFormat, ExportSet } from './source.ts';

/** What an export gives as data. */
export const exportShape = z.object({
  url: z.string(),
  name: z.string(),
  media_type: z.string(),
  size: z.number(),
  expires_at: z.string(),
  format: z.string(),
  pages: z.number(),
  files: z.number(),
  not_shown: z.array(z.object({ id: z.string(), title: z.string(), what: z.array(z.string()) })),
  completeness: completenessShape,
});

const shownLines = 12;

const rightToLeft = /[\u0590-\u08ff]/;

/** Facts about the format that a person should know before passing the file on. */
function remarks(set: ExportSet, format: ExportFormat): string[] {
  const arabic = set.pages.some(
    (page) => rightToLeft.test(page.document.body ?? '') || rightToLeft.test(page.document.title),
  );
  return format === 'pdf' && arabic
    ? [
        'Arabic and Hebrew are drawn from right to left with joined letters; text copied out of such a PDF may come out with other letters.',
      ]
    : [];
}

/** Keeps the file for its person and says what is in it, and what is not. */
export async function exported(
  ctx: Context,
  set: ExportSet,
  made: Bundle,
  o: { format: ExportFormat; words: string; completeness: Completeness },
): Promise<ReadResult> {
  const saved = await saveFile(ctx.user.id, {
    name: made.name,
    mediaType: made.mediaType,
    bytes: made.bytes,
  });
  const gaps = made.notShown.map(({ page, what }) => ({
    id: page.document.id,
    title: page.document.title,
    what,
    url: page.document.url,
  }));
  const lines = gaps
    .slice(0, shownLines)
    .map(
      (gap) =>
        `- ${link(gap.title, gap.url)}: ${gap.what.slice(0, 6).map(oneLine).join('; ')}${gap.what.length > 6 ? '; …' : ''}`,
    );
  const spaces = await spacesById(
    ctx,
    set.pages.map((page) => page.document.spaceId),
  );
  const names = new Map(Object.entries(set.people));
  const sources = set.pages
    .slice(0, 50)
    .map(({ document }) => sourceOf(itemWith(document, spaces.get(document.spaceId) ?? null, names)));
  const text = [
    `Exported ${counted(set.pages.length, 'page')}${o.words === '' ? '' : ` ${o.words}`} as ${o.format === 'pdf' ? 'PDF' : o.format}: ${link(saved.name, saved.url)} (${sizeText(saved.size)}, ${counted(made.files, 'file')}). The link works for you alone, signed in, until ${day(saved.expiresAt)} ${saved.expiresAt.slice(11, 16)} UTC.`,
    completenessText(o.completeness),
    ...remarks(set, o.format),
    ...(gaps.length === 0
      ? []
      : [
          `Not shown in the file, on ${counted(gaps.length, 'page')}:\n${lines.join('\n')}${gaps.length > shownLines ? `\n- and on ${gaps.length - shownLines} more pages` : ''}`,
        ]),
  ].join('\n\n');
  return {
    text,
    data: {
      url: saved.url,
      name: saved.name,
      media_type: saved.mediaType,
      size: saved.size,
      expires_at: saved.expiresAt,
      format: o.format,
      pages: set.pages.length,
      files: made.files,
      not_shown: gaps.map(({ id, title, what }) => ({ id, title, what })),
      completeness: o.completeness,
    },
    sources,
    label: `Exported ${counted(set.pages.length, 'page')} as ${o.format}`,
    untrusted: true,
  };
}
