import { type Zippable, zipSync } from 'fflate';
import type { Context } from '../operation.ts';
import { day } from '../render.ts';
import { escapeHtml, htmlFile } from './html.ts';
import { uniquePaths } from './paths.ts';
import {
  type ExportFormat,
  type ExportPage,
  type ExportSet,
  endingOf,
  fileFolder,
  type Made,
} from './source.ts';
import { writePage } from './write-page.ts';

/** One thing to download. */
export type Bundle = {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
  /** Files in it, the index aside. */
  files: number;
  notShown: { page: ExportPage; what: string[] }[];
};

const address = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

function tree(pages: readonly ExportPage[]): { page: ExportPage; depth: number }[] {
  const children = new Set(pages.flatMap((page) => page.children));
  const byId = new Map(pages.map((page) => [page.document.id, page]));
  const walk = (page: ExportPage, depth: number): { page: ExportPage; depth: number }[] => [
    { page, depth },
    ...page.children.flatMap((id) => {
      const child = byId.get(id);
      return child === undefined ? [] : walk(child, depth + 1);
    }),
  ];
  return pages.filter((page) => !children.has(page.document.id)).flatMap((page) => walk(page, 0));
}

function markdownIndex(set: ExportSet, title: string, ending: string): string {
  const rows = tree(set.pages).map(
    ({ page, depth }) =>
      `${'  '.repeat(depth)}- [${page.document.title.replace(/([[\]\\])/g, '\\$1')}](${address(`${page.path}.${ending}`)})`,
  );
  return `# ${title}\n\nExported ${day(new Date().toISOString())} from ${set.siteName}.\n\n${rows.join('\n')}\n`;
}

function htmlIndex(set: ExportSet, title: string, ending: string): string {
  const rows = tree(set.pages).map(
    ({ page, depth }) =>
      `<li style="margin-left:${depth * 1.4}em"><a href="${escapeHtml(address(`${page.path}.${ending}`))}">${escapeHtml(page.document.title)}</a></li>`,
  );
  return htmlFile({
    title,
    head: `<h1>${escapeHtml(title)}</h1><p class="facts">${set.pages.length} pages · exported ${day(new Date().toISOString())} from ${escapeHtml(set.siteName)}</p>`,
    body: `<ul style="list-style:none;padding:0">${rows.join('')}</ul>`,
  });
}

function jsonIndex(set: ExportSet): string {
  const rows = set.pages.map((page) => ({
    file: `${page.path}.xml`,
    id: page.document.id,
    type: page.document.kind,
    title: page.document.title,
    space: page.space.key,
    parent_id: page.document.parentId,
    version: page.document.version,
    updated_at: page.document.versionAt,
    url: page.document.url,
  }));
  return `${JSON.stringify({ exported: new Date().toISOString(), site: set.siteName, pages: rows }, null, 2)}\n`;
}

const indexes: Record<ExportFormat, (set: ExportSet, title: string) => { name: string; text: string }> = {
  markdown: (set, title) => ({ name: 'index.md', text: markdownIndex(set, title, 'md') }),
  html: (set, title) => ({ name: 'index.html', text: htmlIndex(set, title, 'html') }),
  pdf: (set, title) => ({ name: 'index.html', text: htmlIndex(set, title, 'pdf') }),
  storage: (set) => ({ name: 'index.json', text: jsonIndex(set) }),
};

/** Lets other requests of the process run between two pages. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Writes all pages: one file for one page without files of its own, else a zip with an index. Images are inside HTML
 * and PDF files, and beside Markdown ones.
 * @param o.title names the download.
 */
export async function bundle(
  ctx: Context,
  set: ExportSet,
  o: { format: ExportFormat; title: string; attachments: boolean },
): Promise<Bundle> {
  const beside = o.attachments || o.format === 'markdown';
  const withFiles = set.pages.some((page) => beside && page.files.some((file) => file.bytes !== null));
  const single = set.pages.length === 1 && !withFiles;
  const notShown: Bundle['notShown'] = [];
  const entries: Zippable = {};
  const unique = uniquePaths();
  let last: Made | null = null;
  let files = 0;
  for (const [index, page] of set.pages.entries()) {
    ctx.signal.throwIfAborted();
    ctx.progress(`writing page ${index + 1} of ${set.pages.length}`);
    await breathe();
    const made = await writePage[o.format](set, page, { linked: !single });
    if (made.notShown.length > 0) notShown.push({ page, what: made.notShown });
    // PDF and attached pictures are packed already; packing them again would only cost time.
    entries[`${page.path}.${made.ending}`] = [made.bytes, { level: o.format === 'pdf' ? 0 : 6 }];
    files += 1;
    last = made;
    if (!beside) continue;
    for (const file of page.files) {
      if (file.bytes === null) continue;
      entries[unique(`${fileFolder(page)}/${file.name.replace(/[/\\]/g, ' ')}`)] = [file.bytes, { level: 0 }];
      files += 1;
    }
  }
  if (single && last !== null)
    return {
      name: `${o.title}.${last.ending}`,
      mediaType: last.mediaType,
      bytes: last.bytes,
      files,
      notShown,
    };
  const index = indexes[o.format](set, o.title);
  entries[unique(index.name)] = [Buffer.from(index.text), { level: 6 }];
  ctx.progress('packing the zip');
  return {
    name: `${o.title} (${o.format === 'storage' ? 'storage' : endingOf(o.format)}).zip`,
    mediaType: 'application/zip',
    bytes: zipSync(entries),
    files,
    notShown,
  };
}
