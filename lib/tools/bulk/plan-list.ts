import { z } from 'zod';
import type { Source } from '#lib/wire';
import type { Context, PlanItem, PlanList } from '../operation.ts';
import { counted, link, oneLine, sourceOf } from '../render.ts';
import { type Completeness, completenessShape, completenessText } from '../scan/index.ts';

/** A target that stays as it is, and why. */
export type Skipped = { id: string; title: string; url: string | null; why: string };

/** What a plan gives as data. */
export const planShape = z.object({
  written: z.literal(false),
  items: z.array(
    z.object({
      operation: z.string(),
      input: z.record(z.string(), z.unknown()),
      title: z.string(),
      id: z.string().nullable(),
      url: z.string().nullable(),
      why: z.string(),
      after: z.array(z.number()),
    }),
  ),
  skipped: z.array(
    z.object({ id: z.string(), title: z.string(), url: z.string().nullable(), why: z.string() }),
  ),
  completeness: completenessShape.nullable(),
});

const shownItems = 40;
const shownSkipped = 10;

/** What a step made, as the value of an input of a later step: `{{result 3}}` is the id that step 3 made. */
export const resultOf = (item: number): string => `{{result ${item + 1}}}`;

/** A folder that an earlier step makes, as a parent: folders are named by their link, for an id alone could be a page's. */
export const madeFolder = (ctx: Pick<Context, 'confluence'>, spaceKey: string, item: number): string =>
  `${ctx.confluence.webUrl(`/spaces/${encodeURIComponent(spaceKey)}/folder/`)}${resultOf(item)}`;

/** An input with the ids that earlier steps made in place of their marks. `made` counts steps from 0. */
export function filledIn(
  input: Record<string, unknown>,
  made: ReadonlyMap<number, string>,
): Record<string, unknown> {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'string') return value;
    return value.replace(/\{\{result (\d+)\}\}/g, (mark, step: string) => made.get(Number(step) - 1) ?? mark);
  };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, fill(value)]));
}

function itemLines(items: readonly PlanItem[]): string {
  const lines = items.slice(0, shownItems).map((item, index) => {
    const after = (item.after ?? []).map((one) => one + 1);
    const order = after.length === 0 ? '' : ` (after ${after.join(', ')})`;
    const name = item.target.url === null ? '' : ` · ${link(item.target.title, item.target.url)}`;
    const why = item.why === '' ? '' : `\n   ${item.why.split('\n').map(oneLine).join('\n   ')}`;
    return `${index + 1}. ${oneLine(item.title)} · ${item.operation}${name}${order}${why}`;
  });
  const more = items.length - shownItems;
  return [
    ...lines,
    ...(more > 0 ? [`... and ${more} more; all of them are in the structured answer.`] : []),
  ].join('\n');
}

function skippedText(skipped: readonly Skipped[]): string {
  if (skipped.length === 0) return '';
  const lines = skipped
    .slice(0, shownSkipped)
    .map((one) => `- ${link(one.title, one.url)}: ${oneLine(one.why)}`);
  const more = skipped.length - shownSkipped;
  return `Left as they are (${skipped.length}):\n${lines.join('\n')}${more > 0 ? `\n- and ${more} more` : ''}`;
}

function sourcesOf(items: readonly PlanItem[]): Source[] {
  const seen = new Map<string, Source>();
  for (const { target } of items) {
    if (target.id === null || seen.has(target.id)) continue;
    const { id, kind: type, title, url, space } = target;
    seen.set(id, sourceOf({ id, type, title, url, space }));
  }
  return [...seen.values()].slice(0, 100);
}

const next = (items: readonly PlanItem[]): string =>
  `Nothing has been written. Show this list to the person; then propose each step they want by its own operation (${[...new Set(items.map((item) => item.operation))].join(', ')}) with the input it has in the structured answer${items.some((item) => item.after?.length) ? ', in order: a step that comes after another is proposed when that one is applied, and {{result N}} in an input stands for the id that step N made' : ''}. Each is shown as a card of its own before it is applied.`;

/** The list of single writes as an answer: every target, what would change, what was left out, how complete it is. */
export function planList(o: {
  items: PlanItem[];
  skipped?: Skipped[];
  completeness: Completeness | null;
  /** One line: what the plan does. */
  head: string;
  /** What to say when there is nothing to do. */
  none: string;
  /** What must be known before deciding. */
  remarks?: readonly string[];
}): PlanList {
  const { items, completeness } = o;
  const skipped = o.skipped ?? [];
  const looked = completeness === null ? '' : completenessText(completeness);
  const text = [
    items.length === 0 ? o.none : `${o.head}: ${counted(items.length, 'step')}.`,
    ...(items.length === 0 ? [] : [itemLines(items)]),
    skippedText(skipped),
    ...(items.length === 0 ? [] : (o.remarks ?? [])),
    looked,
    ...(items.length === 0 ? [] : [next(items)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
  return {
    items,
    text,
    data: {
      written: false,
      items: items.map((item) => ({
        operation: item.operation,
        input: item.input,
        title: item.title,
        id: item.target.id,
        url: item.target.url,
        why: item.why,
        after: item.after ?? [],
      })),
      skipped,
      completeness,
    },
    sources: sourcesOf(items),
    label: items.length === 0 ? 'Nothing to change' : `Plan of ${counted(items.length, 'step')}`,
    untrusted: true,
  };
}
