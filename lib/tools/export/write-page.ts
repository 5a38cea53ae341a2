import { day } from '../render.ts';
import { htmlOf } from './html.ts';
import { markdownOf } from './markdown.ts';
import { renderPdf } from './pdf/document.ts';
import { countedList, prepare } from './prepare.ts';
import type { ExportFormat, ExportPage, ExportSet, Made } from './source.ts';

/** `Version 4 · edited 2026-11-20 by Ann · exported 2026-11-21 from Halden Robotics` */
export function factsOf(set: ExportSet, page: ExportPage): string {
  const { version, versionAt } = page.document;
  const by = page.by === null ? '' : ` by ${page.by}`;
  return `Version ${version} · edited ${day(versionAt)}${by} · exported ${day(new Date().toISOString())} from ${set.siteName}`;
}

async function pdfOf(set: ExportSet, page: ExportPage): Promise<Made> {
  const { content, notShown } = prepare(set, page, { ending: null, file: 'name' });
  const pdf = await renderPdf({
    title: page.document.title || 'Untitled',
    trail: [page.space.name, ...page.trail].join(' › '),
    facts: factsOf(set, page),
    url: page.document.url,
    author: page.by ?? '',
    content,
    file: (name) => page.files.find((one) => one.name === name)?.bytes ?? null,
    notShown: countedList(notShown),
  });
  return { bytes: pdf.bytes, ending: 'pdf', mediaType: 'application/pdf', notShown: pdf.notShown };
}

type Write = (set: ExportSet, page: ExportPage, o: { linked: boolean }) => Made | Promise<Made>;

/** How a page is written, by format. `linked`: the other pages stand beside it in the archive. */
export const writePage: Record<ExportFormat, Write> = {
  markdown: markdownOf,
  html: (set, page, o) => htmlOf(set, page, factsOf(set, page), o),
  pdf: pdfOf,
  // The body as Confluence keeps it, to the byte: it is a fragment, which is what its API takes back.
  storage: (_set, page) => ({
    bytes: Buffer.from(page.document.body ?? ''),
    ending: 'xml',
    mediaType: 'application/xml',
    notShown: [],
  }),
};
