import { z } from 'zod';
import { defineRead } from '../define.ts';
import { spaceShape, text } from '../inputs.ts';
import { counted, link, oneLine, sourceOf } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { completenessShape } from '../scan/index.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { kinds, makers, type ReportKind } from './report-kinds.ts';
import { type Fact, periodOf, type Ranked, reportNotes } from './report-parts.ts';

const output = z.object({
  kind: z.enum(kinds),
  period: z.object({ words: z.string(), from: z.string(), to: z.string() }),
  items: z.array(
    spaceShape.extend({
      url: z.string().nullable(),
      facts: z.array(
        z.object({ name: z.string(), value: z.number().nullable(), note: z.string().nullable() }),
      ),
      lists: z.array(
        z.object({
          title: z.string(),
          items: z.array(z.object({ id: z.string(), title: z.string(), url: z.string(), note: z.string() })),
        }),
      ),
      completeness: completenessShape.nullable(),
    }),
  ),
});

const heads: Record<ReportKind, string> = {
  health: 'Health of',
  monthly: 'Documentation metrics of',
  engagement: 'Engagement with',
};

const factLine = ({ name, value, note }: Fact): string =>
  `- ${name}: ${value ?? 'not known'}${note === null ? '' : ` (${note})`}`;

const listText = ({ title, items }: Ranked): string =>
  items.length === 0
    ? ''
    : `\n${title}:\n${items.map((one) => `- ${link(one.title, one.url)} · ${oneLine(one.note)}`).join('\n')}`;

export const getSpaceReport = defineRead({
  name: 'get_space_report',
  input: z.object({
    spaces: z.array(text).min(1).max(10),
    kind: z.enum(kinds).default('health'),
    period: text.optional(),
  }),
  output,
  async run(ctx, o) {
    const period = periodOf(o.period);
    const spaces = await Promise.all(o.spaces.map((space) => resolveSpace(ctx, space)));
    const parts: string[] = [];
    const items: z.output<typeof output>['items'] = [];
    for (const space of spaces) {
      ctx.progress(`${heads[o.kind]} ${space.name}`);
      const report = await makers[o.kind](ctx, space, period);
      const when = o.kind === 'health' ? 'now' : period.words;
      parts.push(
        `${heads[o.kind]} ${link(space.name, space.url)} (${oneLine(space.key)}), ${when}:\n${report.facts.map(factLine).join('\n')}${report.lists.map(listText).join('')}\n\n${reportNotes(report)}`,
      );
      const { id, key, name, url } = space;
      const { facts, lists, completeness } = report;
      items.push({ id, key, name, url, facts, lists, completeness });
    }
    const listed = items.flatMap((item) => item.lists.flatMap((list) => list.items));
    const pages = [...new Map(listed.map((one) => [one.id, one])).values()];
    return {
      text: parts.join('\n\n'),
      data: {
        kind: o.kind,
        period: {
          words: period.words,
          from: period.from.at.toISOString(),
          to: period.to.at.toISOString(),
        },
        items,
      },
      sources: [
        ...spaces.map(spaceSource),
        ...pages.map(({ id, title, url }) => sourceOf({ id, type: 'page', title, url })),
      ],
      label: `${o.kind} report on ${counted(spaces.length, 'space')}`,
      untrusted: true,
    };
  },
});
