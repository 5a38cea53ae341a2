import { decodeHTML } from 'entities';
import type { Source } from '#lib/wire';
import type { Item } from './inputs.ts';

/** A date or time from Atlassian (text, number or Date) as ISO 8601, or null. */
export function iso(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const at = value instanceof Date ? value : new Date(value as string | number);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** `2026-11-20` of an ISO time, for reading. */
export const day = (at: string | null | undefined): string => (at ? at.slice(0, 10) : 'unknown date');

/** One line: no line breaks, invisible and control characters out. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A Markdown link whose text cannot break out of it. */
export function link(title: string, url: string | null): string {
  const safe = oneLine(title).replace(/([[\]\\])/g, '\\$1');
  return url === null
    ? safe
    : `[${safe}](${url.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
}

/** Plain text of a search title or excerpt: highlight marks out, entities decoded. */
export function plainExcerpt(text: string): string {
  return oneLine(decodeHTML(text.replace(/@@@(end)?hl@@@/g, '')));
}

const kindWords: Record<string, string> = {
  blog_post: 'blog post',
  smart_link: 'Smart Link',
  footer_comment: 'comment',
  inline_comment: 'inline comment',
};

/** `- [Title](url) · page · Engineering (ENG) · id 12 · v3 · edited 2026-11-20 by Ann` */
export function itemLine(item: Item, extra: readonly string[] = []): string {
  const facts = [
    kindWords[item.type] ?? item.type,
    ...(item.space ? [`${oneLine(item.space.name)} (${item.space.key})`] : []),
    `id ${item.id}`,
    ...(item.status && item.status !== 'current' ? [item.status] : []),
    ...(item.version ? [`v${item.version}`] : []),
    ...(item.updated_at
      ? [`edited ${day(item.updated_at)}${item.updated_by ? ` by ${oneLine(item.updated_by)}` : ''}`]
      : []),
    ...extra,
  ];
  return `- ${link(item.title || 'Untitled', item.url)} · ${facts.join(' · ')}`;
}

/** What is said after a list: how to read on. */
export function wayOn(cursor: string | null): string {
  return cursor === null
    ? ''
    : `\n\nMore results follow: call again with the same arguments and cursor "${cursor}".`;
}

/** `1 page`, `3 pages`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const sourceKinds: Record<string, Source['kind']> = {
  page: 'page',
  blog_post: 'blog_post',
  space: 'space',
  comment: 'comment',
  footer_comment: 'comment',
  inline_comment: 'comment',
  attachment: 'attachment',
  user: 'user',
  group: 'group',
};

/** The source entry of a listed item. */
export function sourceOf(item: Item): Source {
  return {
    id: item.id,
    kind: sourceKinds[item.type] ?? 'other',
    title: item.title,
    url: item.url,
    space: item.space ? { key: item.space.key, name: item.space.name } : null,
    version: item.version ?? null,
    updatedAt: item.updated_at ?? null,
    updatedBy: item.updated_by ?? null,
  };
}
