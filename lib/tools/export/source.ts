import type { Document } from '../documents.ts';

export type ExportFormat = 'markdown' | 'html' | 'pdf' | 'storage';

/** A file attached to an exported page. `bytes` is null when it could not be had; `why` says so. */
export type ExportFile = {
  name: string;
  mediaType: string;
  bytes: Buffer | null;
  why: string | null;
};

/** A page to export with all that its text refers to. */
export type ExportPage = {
  document: Document;
  space: { key: string; name: string };
  /** Titles of the pages above it, from the top, as far as they are exported too. */
  trail: string[];
  /** Name of its last editor. */
  by: string | null;
  /** Where it goes in the archive, with `/` and without an ending. */
  path: string;
  /** Exported pages right below it. */
  children: string[];
  files: ExportFile[];
};

/** What was made of a page. */
export type Made = {
  bytes: Uint8Array;
  ending: string;
  mediaType: string;
  /** Macros, images and signs that could not be shown. */
  notShown: string[];
};

/** What the writers know of the whole export. */
export type ExportSet = {
  pages: readonly ExportPage[];
  byTitle: ReadonlyMap<string, ExportPage>;
  people: Record<string, string>;
  /** The address in Confluence of a page that is not exported. */
  webUrl(title: string, spaceKey: string): string;
  siteName: string;
};

export const titleKey = (spaceKey: string, title: string): string =>
  `${spaceKey.toLowerCase()}\n${title.trim().toLowerCase()}`;

const endings: Record<ExportFormat, string> = { markdown: 'md', html: 'html', pdf: 'pdf', storage: 'xml' };
export const endingOf = (format: ExportFormat): string => endings[format];

/** A relative address between two files of the archive. */
export function relative(from: string, to: string): string {
  const base = from.split('/').slice(0, -1);
  const target = to.split('/');
  let same = 0;
  while (same < base.length && same < target.length - 1 && base[same] === target[same]) same += 1;
  return [
    ...Array<string>(base.length - same).fill('..'),
    ...target.slice(same).map(encodeURIComponent),
  ].join('/');
}

/** Where the files of a page go in the archive. */
export const fileFolder = (page: ExportPage): string => `${page.path} (files)`;
