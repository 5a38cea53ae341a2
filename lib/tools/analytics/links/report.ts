import { z } from 'zod';
import type { Reference, ReferenceTarget } from '#lib/content';
import type { Source } from '#lib/wire';
import type { Context } from '../../operation.ts';
import { counted, link, oneLine } from '../../render.ts';
import { type Space, spacesById } from '../../resolve/space.ts';
import { reasons, type Verdict } from './judge.ts';
import type { ScannedPage } from './scanned.ts';

export const findingShape = z.object({
  page: z.object({ id: z.string(), title: z.string(), url: z.string(), space: z.string().nullable() }),
  /** link, image, preview, include or parameter. */
  use: z.string(),
  kind: z.string(),
  /** What it names: a title, a file name, an address. */
  target: z.string(),
  reason: z.enum(reasons),
  why: z.string(),
  /** The words of the link, or the alternative text. */
  text: z.string(),
  heading: z.string().nullable(),
  block: z.string().nullable(),
  snippet: z.string(),
});
export type Finding = z.output<typeof findingShape>;

/** What could not be judged, counted by why. */
export const uncheckedShape = z.array(z.object({ why: z.string(), count: z.number() }));
export type Unchecked = z.output<typeof uncheckedShape>;

/** Findings kept in the data; the text shows fewer. */
export const most = { kept: 500, shown: 60 };

const names: {
  [Kind in ReferenceTarget['kind']]: (target: Extract<ReferenceTarget, { kind: Kind }>) => string;
} = {
  page: (one) =>
    `${one.space === null ? '' : `${one.space}:`}${one.title}${one.anchor === null ? '' : `#${one.anchor}`}`,
  blog_post: (one) => `${one.space === null ? '' : `${one.space}:`}${one.title}`,
  content: (one) => `content ${one.id}${one.anchor === null ? '' : `#${one.anchor}`}`,
  anchor: (one) => `#${one.anchor}`,
  attachment: (one) => (one.page === null ? one.filename : `${one.filename} on "${one.page.title}"`),
  url: (one) => one.url,
  space: (one) => `space ${one.space}`,
  person: (one) => `person ${one.accountId ?? 'without an account id'}`,
};
const nameOf = (target: ReferenceTarget): string =>
  (names[target.kind] as (one: ReferenceTarget) => string)(target);

export function findingOf(
  page: ScannedPage,
  space: string | null,
  reference: Reference,
  verdict: Extract<Verdict, { state: 'broken' }>,
): Finding {
  const { target, use, text, block, headingPath, snippet } = reference;
  return {
    page: { id: page.id, title: page.title, url: page.url, space },
    use,
    kind: target.kind,
    target: nameOf(target).slice(0, 500),
    reason: verdict.reason,
    why: verdict.why,
    text,
    heading: headingPath.at(-1) ?? null,
    block,
    snippet,
  };
}

/** Counts what could not be judged. */
export function countUnchecked(whys: readonly string[]): Unchecked {
  const counts = new Map<string, number>();
  for (const why of whys) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count);
}

function findingLine(one: Finding): string {
  const shown = one.text === '' || one.text === one.target ? '' : ` ("${oneLine(one.text).slice(0, 80)}")`;
  const place = [
    one.heading === null ? '' : `under "${oneLine(one.heading)}"`,
    one.block === null ? '' : `block ${one.block}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  const snippet = one.snippet === '' || one.snippet === one.text ? '' : `\n    > ${oneLine(one.snippet)}`;
  return `  - ${one.use} to ${oneLine(one.target)}${shown}: ${oneLine(one.why)}${place === '' ? '' : ` · ${place}`}${snippet}`;
}

/** Findings as text, page by page. */
export function findingLines(findings: readonly Finding[]): string {
  const byPage = Map.groupBy(findings.slice(0, most.shown), (one) => one.page.id);
  const parts = [...byPage.values()].map((ofPage) => {
    const { title, url, space } = (ofPage[0] as Finding).page;
    return `- ${link(title, url)}${space === null ? '' : ` (${space})`}\n${ofPage.map(findingLine).join('\n')}`;
  });
  const rest = findings.length - most.shown;
  return `${parts.join('\n')}${rest > 0 ? `\n… and ${rest} more; narrow the scope to see them.` : ''}`;
}

/** What follows the findings: what nobody can say. */
export function closingLines(
  unreadable: readonly { title: string; url: string }[],
  unchecked: Unchecked,
): string {
  return [
    ...unchecked.map(({ why, count }) => `${counted(count, 'reference')} not judged: ${why}.`),
    ...(unreadable.length === 0
      ? []
      : [
          `${counted(unreadable.length, 'page')} could not be read, for the body is not well-formed: ${unreadable
            .slice(0, 5)
            .map((one) => link(one.title, one.url))
            .join(', ')}.`,
        ]),
  ].join('\n');
}

/** The keys of the pages' spaces, by space id. */
export async function keysOf(ctx: Context, pages: Iterable<ScannedPage>): Promise<Map<string, Space>> {
  return spacesById(
    ctx,
    [...pages].map((page) => page.spaceId),
  );
}

/** The pages with findings as sources, each once, at most 30. */
export function sourcesOf(findings: readonly Finding[]): Source[] {
  const pages = new Map(findings.map((one) => [one.page.id, one.page]));
  return [...pages.values()].slice(0, 30).map(({ id, title, url, space }) => ({
    id,
    kind: 'page',
    title,
    url,
    space: space === null ? null : { key: space, name: space },
    version: null,
    updatedAt: null,
    updatedBy: null,
  }));
}
