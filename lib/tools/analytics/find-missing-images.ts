import { z } from 'zod';
import { defineRead } from '../define.ts';
import { counted } from '../render.ts';
import { completenessShape, completenessText, scopeInputs, scopeOf } from '../scan/index.ts';
import { judge, lookUp, placeOf, unchecked, type Verdict } from './links/judge.ts';
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
import { scanReferences } from './links/scanned.ts';

const elsewhere = unchecked('they are images of other websites, which are not fetched');

export const findMissingImages = defineRead({
  name: 'find_missing_images',
  input: z.object(scopeInputs),
  output: z.object({
    findings: z.array(findingShape),
    total: z.number(),
    images: z.number(),
    unchecked: uncheckedShape,
    unreadable: z.array(z.object({ title: z.string(), url: z.string() })),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const scope = await scopeOf(ctx, o);
    const scanned = await scanReferences(ctx, scope, o.max_pages);
    const images = [...scanned.pages.values()].flatMap((page) =>
      page.references
        .filter(({ use }) => use === 'image' || use === 'preview')
        .map((reference) => ({ page, reference, at: placeOf(page, reference, ctx.confluence.site.url) })),
    );
    const lookups = new Lookups(ctx, scanned.pages);
    await lookUp(
      lookups,
      images.flatMap(({ at }) => ('target' in at ? [at] : [])),
    );
    const spaces = await keysOf(ctx, scanned.pages.values());
    const whys: string[] = [];
    const findings: Finding[] = [];
    for (const { page, reference, at } of images) {
      const verdict: Verdict = 'web' in at ? elsewhere : 'target' in at ? judge(lookups, at, []) : at;
      if (verdict.state === 'unchecked') whys.push(verdict.why);
      if (verdict.state === 'broken')
        findings.push(findingOf(page, spaces.get(page.spaceId)?.key ?? null, reference, verdict));
    }
    const open = countUnchecked(whys);
    const pages = new Set(findings.map((one) => one.page.id)).size;
    const all = counted(images.length, 'image or file preview', 'images and file previews');
    const head =
      findings.length === 0
        ? `No missing image among ${all} ${scope.words}.`
        : `${counted(findings.length, 'missing image or file preview', 'missing images and file previews')} on ${counted(pages, 'page')} ${scope.words}, of ${all}:`;
    return {
      text: [
        head,
        completenessText(scanned.completeness),
        findingLines(findings),
        closingLines(scanned.unreadable, open),
      ]
        .filter((part) => part !== '')
        .join('\n'),
      data: {
        findings: findings.slice(0, most.kept),
        total: findings.length,
        images: images.length,
        unchecked: open,
        unreadable: scanned.unreadable,
        completeness: scanned.completeness,
      },
      sources: sourcesOf(findings),
      label: `${counted(findings.length, 'missing image')} ${scope.words}`,
      untrusted: true,
    };
  },
});
