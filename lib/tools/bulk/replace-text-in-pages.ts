import { z } from 'zod';
import { ContentError, type Hit, replaceLinkTargets, replaceMatches } from '#lib/content';
import { defineBulk } from '../define.ts';
import type { Document } from '../documents.ts';
import type { Context, PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine } from '../render.ts';
import { blockEdits, type Splice, spliced } from './body-edits.ts';
import { type Pattern, patternOf } from './pattern.ts';
import { planList, planShape, type Skipped } from './plan-list.ts';
import { eachTarget, targetInputs } from './targets.ts';

const input = z.object({
  find: z.string().min(1).max(2000),
  replace: z.string().max(10_000),
  target: z.enum(['text', 'links', 'both']).optional(),
  regex: z.boolean().optional(),
  case_sensitive: z.boolean().optional(),
  ...targetInputs,
});

type Found = { splices: Splice[]; lines: string[]; skipped: Hit[] };

const around = 60;
const shownHits = 6;

/** `... at [-docs.halden-old.example-]{+docs.halden.example+}/fleet ...`: the line with the old and the new words. */
export function wordDiff({ line, from, to, with: next }: Hit): string {
  const start = Math.max(0, from - around);
  const end = Math.min(line.length, to + around);
  const before = `${start > 0 ? '…' : ''}${line.slice(start, from)}`;
  const after = `${line.slice(to, end)}${end < line.length ? '…' : ''}`;
  return `${before}[-${line.slice(from, to)}-]{+${next}+}${after}`;
}

/** Only parts that differ are marked, so that a long address stays readable. */
function linkChanges(url: string, pattern: Pattern): { next: string; hits: Hit[] } {
  const matches = pattern.find(url);
  let next = '';
  let at = 0;
  for (const match of matches) {
    next += url.slice(at, match.from) + match.with;
    at = match.to;
  }
  next += url.slice(at);
  return { next, hits: matches.map((match) => ({ line: url, ...match })) };
}

function inLinks(storage: string, pattern: Pattern): Found {
  const lines: string[] = [];
  const changed = replaceLinkTargets(storage, (url) => {
    const { next, hits } = linkChanges(url, pattern);
    if (hits.length === 0 || next === url) return null;
    lines.push(...hits.map((hit) => `link ${wordDiff(hit)}`));
    return next;
  });
  const splices = changed.touched.map((range, index) => ({ ...range, text: changed.inserted[index] ?? '' }));
  return { splices, lines, skipped: [] };
}

function inText(storage: string, pattern: Pattern): Found {
  const changed = replaceMatches(storage, (line) => pattern.find(line));
  return {
    splices: changed.touched.map((range, index) => ({ ...range, text: changed.inserted[index] ?? '' })),
    lines: changed.hits.map((hit) => `text ${wordDiff(hit)}`),
    skipped: changed.skipped,
  };
}

function foundIn(storage: string, target: 'text' | 'links' | 'both', pattern: Pattern): Found {
  const links = target === 'text' ? null : inLinks(storage, pattern);
  const words = target === 'links' ? null : inText(storage, pattern);
  return {
    splices: [...(links?.splices ?? []), ...(words?.splices ?? [])],
    lines: [...(links?.lines ?? []), ...(words?.lines ?? [])],
    skipped: words?.skipped ?? [],
  };
}

async function itemOf(ctx: Context, page: Document, found: Found, message: string): Promise<PlanItem> {
  const storage = page.body ?? '';
  const edits = blockEdits(storage, found.splices);
  const base = { page: page.id, base_version: page.version };
  const count = counted(found.lines.length, 'place');
  const more = found.lines.length - shownHits;
  return {
    operation: edits === null ? 'update_page' : 'edit_page',
    input:
      edits === null
        ? { ...base, body: spliced(storage, found.splices), body_format: 'storage', message }
        : { ...base, edits, message },
    title: `Replace in ${count} of "${page.title}"`,
    target: await documentTarget(ctx, page),
    why: [
      `${count}, version ${page.version}:`,
      ...found.lines.slice(0, shownHits).map(oneLine),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
  };
}

export const replaceTextInPages = defineBulk({
  name: 'replace_text_in_pages',
  input,
  output: planShape,
  async plan(ctx, o) {
    const target = o.target ?? 'text';
    const pattern = patternOf({
      find: o.find,
      replace: o.replace,
      regex: o.regex === true,
      caseSensitive: o.case_sensitive === true,
    });
    const items: PlanItem[] = [];
    const skipped: Skipped[] = [];
    let places = 0;
    const message = `Replaced "${oneLine(o.find).slice(0, 60)}" with "${oneLine(o.replace).slice(0, 60)}"`;
    // Links cannot be searched for, and the index may lag behind: every body is looked through.
    const { completeness, words } = await eachTarget(ctx, o, { bodies: true }, async (page) => {
      const { id, title, url } = page;
      let found: Found;
      try {
        found = foundIn(page.body ?? '', target, pattern);
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        skipped.push({ id, title, url, why: `its body cannot be read: ${error.message}` });
        return false;
      }
      if (found.skipped.length > 0) {
        skipped.push({
          id,
          title,
          url,
          why: `${counted(found.skipped.length, 'place')} where the text runs over a change of formatting or a line end; edit it by hand: ${found.skipped.slice(0, 2).map(wordDiff).join(' | ')}`,
        });
      }
      if (found.splices.length === 0) return false;
      places += found.lines.length;
      items.push(await itemOf(ctx, page, found, message));
      return true;
    });
    const where: Record<typeof target, string> = {
      text: 'the text',
      links: 'link targets',
      both: 'text and link targets',
    };
    return planList({
      items,
      skipped,
      completeness,
      head: `Replace "${oneLine(o.find)}" with "${oneLine(o.replace)}" in ${where[target]} of ${counted(items.length, 'page')} ${words} (${counted(places, 'place')})`,
      none: `"${oneLine(o.find)}" does not stand in ${where[target]} of any page ${words} that is visible to you. Nothing was proposed.`,
      remarks: ['Pages only: blog posts, comments and the parameters of macros were not looked through.'],
    });
  },
});
