import { z } from 'zod';
import { getPageAncestors, getPages } from '#lib/confluence';
import { defineRead } from '../define.ts';
import type { Document } from '../documents.ts';
import { itemOf } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import { itemShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { link, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { restrictionsOf, type Subject, subjectsText } from './restrictions.ts';

export const subjectShape = z.object({ type: z.enum(['user', 'group']), id: z.string(), name: z.string() });

const inheritedShape = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  read: z.array(subjectShape),
});

type Inherited = z.output<typeof inheritedShape>;

/** Ancestors that limit who may view: what they say holds for everything below them. From the top down. */
async function inheritedBy(ctx: Context, page: Document): Promise<Inherited[]> {
  if (page.kind !== 'page') return [];
  const found = await getPageAncestors(ctx.confluence, { id: contentNumber(page.id), limit: 250 });
  const ids = (found.results ?? []).map((one) => String(one.id));
  if (ids.length === 0) return [];
  const titled = await getPages(ctx.confluence, { id: ids.map(contentNumber), limit: 250 });
  const byId = new Map((titled.results ?? []).map((one) => [String(one.id), one]));
  const inherited: Inherited[] = [];
  for (const id of ids) {
    const restrictions = await orNull(restrictionsOf(ctx, id));
    if (restrictions === null || restrictions.read.length === 0) continue;
    const raw = byId.get(id);
    const webui = (raw?._links as { webui?: unknown } | null | undefined)?.webui;
    inherited.push({
      id,
      title: raw?.title ?? `page ${id}`,
      url: typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null,
      read: restrictions.read,
    });
  }
  return inherited;
}

const named = (subjects: readonly Subject[]): string =>
  subjects.map((one) => `${oneLine(one.name)} (${one.type} ${one.id})`).join(', ');

export const getRestrictions = defineRead({
  name: 'get_restrictions',
  input: z.object({ id: text, inherited: z.boolean().optional() }),
  output: z.object({
    item: itemShape,
    read: z.array(subjectShape),
    update: z.array(subjectShape),
    inherited: z.array(inheritedShape).optional(),
  }),
  async run(ctx, o) {
    const page = await resolveDocument(ctx, o.id, ['page', 'blog_post']);
    const item = await itemOf(ctx, page);
    const { read, update } = await restrictionsOf(ctx, page.id);
    const inherited = o.inherited === true ? await inheritedBy(ctx, page) : null;
    const lines = [
      `Restrictions of ${link(page.title, page.url)} (id ${page.id}):`,
      `View: ${read.length === 0 ? 'not limited on this page' : `only ${named(read)}`}`,
      `Edit: ${update.length === 0 ? 'not limited on this page (everyone who views it and may edit in the space)' : `only ${named(update)}`}`,
      ...(inherited === null
        ? ['Limits of pages above it were not looked at; ask with inherited: true.']
        : inherited.length === 0
          ? ['No page above it limits who may view it.']
          : inherited.map(
              (one) =>
                `Inherited from ${link(one.title, one.url)}: view only ${subjectsText(one.read, 'nobody')}`,
            )),
    ];
    return {
      text: lines.join('\n'),
      data: { item, read, update, ...(inherited === null ? {} : { inherited }) },
      sources: [sourceOf(item)],
      label: `Restrictions of "${page.title}"`,
      untrusted: true,
    };
  },
});
