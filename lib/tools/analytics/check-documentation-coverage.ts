import { z } from 'zod';
import { defineRead } from '../define.ts';
import { itemWith } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, day, link, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import {
  completenessShape,
  completenessText,
  eachOf,
  type ScopeInput,
  scanPages,
  scopeInputs,
  scopeOf,
} from '../scan/index.ts';
import { hasSection, type Read, readOf } from './coverage/read.ts';
import { coverTopic, type TopicFound, thinWords, topicShape } from './coverage/topics.ts';

const most = { topics: 30, kept: 500, shown: 40 };
/** Asked for nothing in particular, pages with fewer words than this are named. */
const fewWords = 50;

const gapShape = itemShape.extend({
  words: z.number(),
  missing_sections: z.array(z.string()),
  missing_labels: z.array(z.string()),
  too_short: z.boolean(),
  no_owner: z.boolean(),
});
type Gap = z.output<typeof gapShape>;

/** The ids of the pages of a scope that carry a label, by one search. */
async function labelled(
  ctx: Context,
  meant: ScopeInput,
  label: string,
): Promise<{ ids: Set<string>; complete: boolean }> {
  const ids = new Set<string>();
  const narrowed = await scopeOf(ctx, meant, { labels: [label] });
  const found = await scanPages(ctx, { scope: narrowed, maxPages: 5000, bodies: false }, (page) => {
    ids.add(page.id);
  });
  return { ids, complete: found.complete };
}

const topicWords: Record<TopicFound['state'], string> = {
  found: 'found',
  thin: 'thin',
  old: 'old',
  none: 'nothing found',
};

function topicLines(found: readonly TopicFound[]): string[] {
  return found.map((one) => {
    const pages = one.pages.map(
      (page) =>
        `\n  - ${link(page.title, page.url)}: ${page.evidence}, ${counted(page.words, 'word')}, edited ${day(page.updated_at)}`,
    );
    return `- ${oneLine(one.topic)}: ${topicWords[one.state]}${one.why === '' ? '' : ` (${one.why})`}${pages.join('')}`;
  });
}

function gapLine(gap: Gap): string {
  const facts = [
    ...(gap.missing_sections.length === 0
      ? []
      : [`no section ${gap.missing_sections.map((one) => `"${oneLine(one)}"`).join(', ')}`]),
    ...(gap.missing_labels.length === 0 ? [] : [`no label ${gap.missing_labels.join(', ')}`]),
    ...(gap.too_short ? [`only ${counted(gap.words, 'word')}`] : []),
    ...(gap.no_owner ? ['no owner'] : []),
  ];
  return `- ${link(gap.title, gap.url)} (${gap.space?.key ?? 'space unknown'}, edited ${day(gap.updated_at)}): ${facts.join('; ')}`;
}

export const checkDocumentationCoverage = defineRead({
  name: 'check_documentation_coverage',
  input: z.object({
    topics: z.array(text).max(most.topics).optional(),
    required_sections: z.array(text).max(20).optional(),
    required_labels: z.array(text).max(20).optional(),
    min_words: z.int().min(0).optional(),
    ...scopeInputs,
  }),
  output: z.object({
    topics: z.array(topicShape),
    pages: z.array(gapShape),
    total_pages_with_gaps: z.number(),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const topics = [...new Set(o.topics ?? [])];
    const sections = o.required_sections ?? [];
    const labels = (o.required_labels ?? []).map((one) => one.toLowerCase());
    const onPages =
      sections.length > 0 || labels.length > 0 || o.min_words !== undefined || topics.length === 0;
    const minWords = o.min_words ?? (onPages && sections.length === 0 && labels.length === 0 ? fewWords : 0);
    const scope = await scopeOf(ctx, o);
    const reads = new Map<string, Read>();
    let unreadable = 0;
    const completeness = await scanPages(ctx, { scope, maxPages: o.max_pages, bodies: true }, (page) => {
      const read = readOf(page);
      if (read === null) unreadable += 1;
      else reads.set(page.id, read);
    });
    const carrying = new Map<string, Set<string>>();
    const uncertain: string[] = [];
    for (const label of labels) {
      const found = await labelled(ctx, o, label);
      carrying.set(label, found.ids);
      if (!found.complete) uncertain.push(label);
    }
    const covered: TopicFound[] = [];
    const asked = await eachOf(ctx, topics, 'topics searched', async (topic) => {
      covered.push(
        await coverTopic(ctx, scope, topic, { reads, all: completeness.complete, minWords: o.min_words }),
      );
    });
    covered.sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));
    const spaces = await spacesById(
      ctx,
      [...reads.values()].map(({ page }) => page.spaceId),
    );
    const gaps = !onPages
      ? []
      : [...reads.values()]
          .map(
            ({ page, headings, words }): Gap => ({
              ...itemWith(page, spaces.get(page.spaceId) ?? null, new Map()),
              words,
              missing_sections: sections.filter((one) => !hasSection(headings, one)),
              missing_labels: labels.filter(
                (one) => !uncertain.includes(one) && !carrying.get(one)?.has(page.id),
              ),
              too_short: words < minWords,
              no_owner: page.ownerId === null,
            }),
          )
          .filter(
            (one) =>
              one.missing_sections.length + one.missing_labels.length > 0 || one.too_short || one.no_owner,
          )
          .sort(
            (a, b) =>
              b.missing_sections.length +
                b.missing_labels.length -
                a.missing_sections.length -
                a.missing_labels.length || a.words - b.words,
          );
    const wanted = [
      ...sections.map((one) => `section "${oneLine(one)}"`),
      ...labels.map((one) => `label ${one}`),
      ...(minWords > 0 ? [`at least ${counted(minWords, 'word')}`] : []),
      'an owner',
    ].join(', ');
    const gone = covered.filter((one) => one.state !== 'found').length;
    return {
      text: [
        completenessText(completeness),
        ...(topics.length === 0
          ? []
          : [`${counted(topics.length, 'topic')} looked for ${scope.words}:`, ...topicLines(covered)]),
        ...(onPages
          ? [
              gaps.length === 0
                ? `Every page read has: ${wanted}.`
                : `${counted(gaps.length, 'page')} of ${reads.size} read ${gaps.length === 1 ? 'lacks' : 'lack'} some of: ${wanted}.`,
              ...gaps.slice(0, most.shown).map(gapLine),
              ...(gaps.length > most.shown ? [`… and ${gaps.length - most.shown} more.`] : []),
            ]
          : []),
        ...(asked.left.length === 0
          ? []
          : [`Not searched: ${asked.left.map(oneLine).join(', ')}. ${asked.stopped ?? ''}`]),
        ...(uncertain.length === 0 ? [] : [`Too many pages carry ${uncertain.join(', ')} to check it.`]),
        ...(unreadable === 0
          ? []
          : [`${counted(unreadable, 'page')} could not be read, for the body is not well-formed.`]),
        ...(topics.length === 0
          ? []
          : [
              `A topic is found when its words stand in a title or heading of a page with ${o.min_words ?? thinWords} words or more; old means not edited for a year. Search sees a change after about a minute.`,
            ]),
      ].join('\n'),
      data: {
        topics: covered,
        pages: gaps.slice(0, most.kept),
        total_pages_with_gaps: gaps.length,
        completeness,
      },
      sources: [
        ...covered.flatMap((one) => one.pages.map((page) => sourceOf({ ...page, type: 'page' }))),
        ...gaps.slice(0, 20).map(sourceOf),
      ].slice(0, 40),
      label: [
        ...(topics.length === 0
          ? []
          : [`${topics.length - gone} of ${counted(topics.length, 'topic')} covered`]),
        ...(onPages ? [`${counted(gaps.length, 'page')} with gaps`] : []),
      ].join(', '),
      untrusted: true,
    };
  },
});
