import { z } from 'zod';
import type { Reference } from '#lib/content';
import { defineRead } from '../define.ts';
import type { Context } from '../operation.ts';
import { counted } from '../render.ts';
import { completenessShape, completenessText, scopeInputs, scopeOf } from '../scan/index.ts';
import { judge, lookUp, type Place, placeOf, unchecked, type Verdict } from './links/judge.ts';
import { Lookups } from './links/lookups.ts';
import {
  closingLines,
  countUnchecked,
  type Finding,
  findingLines,
  findingOf,
  findingShape,
  keysOf,
  most,
  sourcesOf,
  uncheckedShape,
} from './links/report.ts';
import { type Scanned, type ScannedPage, scanReferences } from './links/scanned.ts';
import { checkWeb, mostAddresses, type WebVerdict } from './web/check-web.ts';

const input = z.object({ external: z.boolean().optional(), ...scopeInputs });

type Link = { page: ScannedPage; reference: Reference; at: Place | { web: string } | Verdict };

/** Images and previews of files are the matter of find_missing_images; images of other websites are never fetched. */
function linksOf(scanned: Scanned, siteUrl: string): Link[] {
  return [...scanned.pages.values()].flatMap((page) =>
    page.references
      .filter(({ use }) => use !== 'image' && use !== 'preview')
      .map((reference) => ({ page, reference, at: placeOf(page, reference, siteUrl) })),
  );
}

function webVerdict(found: WebVerdict | undefined, external: boolean): Verdict {
  if (!external) return unchecked('they lead to other websites, which are tested with external: true only');
  if (found === undefined) return unchecked(`at most ${mostAddresses} web addresses are tested in one call`);
  if (found.state === 'good') return found;
  if (found.state === 'unsure') return unchecked(`web address, ${found.why}`);
  return { state: 'broken', reason: found.state === 'gone' ? 'web_gone' : 'web_error', why: found.why };
}

async function verdictsOf(
  ctx: Context,
  scanned: Scanned,
  links: readonly Link[],
  external: boolean,
): Promise<{ link: Link; verdict: Verdict }[]> {
  const lookups = new Lookups(ctx, scanned.pages);
  const places = links.flatMap(({ at }) => ('target' in at ? [at] : []));
  ctx.progress(`${counted(links.length, 'link')} found, looking up where they lead`);
  await lookUp(lookups, places);
  const web = external
    ? await checkWeb(
        ctx,
        links.flatMap(({ at }) => ('web' in at ? [at.web] : [])),
      )
    : new Map<string, WebVerdict>();
  const titles = new Map<string, string[]>();
  for (const { spaceId, title } of scanned.pages.values())
    titles.set(spaceId, [...(titles.get(spaceId) ?? []), title]);
  return links.map((link) => {
    const { at, page } = link;
    if ('web' in at) return { link, verdict: webVerdict(web.get(at.web), external) };
    return { link, verdict: 'target' in at ? judge(lookups, at, titles.get(page.spaceId) ?? []) : at };
  });
}

export const findBrokenLinks = defineRead({
  name: 'find_broken_links',
  input,
  output: z.object({
    findings: z.array(findingShape),
    total: z.number(),
    links: z.number(),
    unchecked: uncheckedShape,
    unreadable: z.array(z.object({ title: z.string(), url: z.string() })),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const scope = await scopeOf(ctx, o);
    const scanned = await scanReferences(ctx, scope, o.max_pages);
    const links = linksOf(scanned, ctx.confluence.site.url);
    const judged = await verdictsOf(ctx, scanned, links, o.external === true);
    const spaces = await keysOf(ctx, scanned.pages.values());
    const findings: Finding[] = judged.flatMap(({ link, verdict }) =>
      verdict.state === 'broken'
        ? [findingOf(link.page, spaces.get(link.page.spaceId)?.key ?? null, link.reference, verdict)]
        : [],
    );
    const open = countUnchecked(
      judged.flatMap(({ verdict }) => (verdict.state === 'unchecked' ? verdict.why : [])),
    );
    const pages = new Set(findings.map((one) => one.page.id)).size;
    const head =
      findings.length === 0
        ? `No broken link among ${counted(links.length, 'link')} ${scope.words}.`
        : `${counted(findings.length, 'broken link')} on ${counted(pages, 'page')} ${scope.words}, of ${counted(links.length, 'link')}:`;
    const note = findings.some(({ reason }) => reason === 'not_visible' || reason === 'space_not_visible')
      ? 'Not visible to you is not the same as gone: it may have been renamed, moved or deleted, or you may not be allowed to see it.'
      : '';
    return {
      text: [
        head,
        completenessText(scanned.completeness),
        findingLines(findings),
        note,
        closingLines(scanned.unreadable, open),
        'Images and file previews are checked by find_missing_images.',
      ]
        .filter((part) => part !== '')
        .join('\n'),
      data: {
        findings: findings.slice(0, most.kept),
        total: findings.length,
        links: links.length,
        unchecked: open,
        unreadable: scanned.unreadable,
        completeness: scanned.completeness,
      },
      sources: sourcesOf(findings),
      label: `${counted(findings.length, 'broken link')} ${scope.words}`,
      untrusted: true,
    };
  },
});
