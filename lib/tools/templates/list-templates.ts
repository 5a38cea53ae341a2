import { z } from 'zod';
import { getBlueprintTemplates, getContentTemplates } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { cursor, limit, listOf, spaceShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, oneLine, wayOn } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import { type Template, templateOf } from './template.ts';

type Kind = 'page' | 'blueprint';
const template = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(['page', 'blueprint']),
  space: spaceShape.nullable(),
  labels: z.array(z.string()),
});

const readers = { page: getContentTemplates, blueprint: getBlueprintTemplates };

async function readPage(
  ctx: Context,
  kind: Kind,
  o: { spaceKey: string | undefined; start: number; limit: number },
): Promise<{ templates: Template[]; next: number | null }> {
  const found = await readers[kind](ctx.confluence, {
    start: o.start,
    limit: o.limit,
    ...(o.spaceKey === undefined ? {} : { spaceKey: o.spaceKey }),
  });
  const rows = found.results ?? [];
  const more = typeof (found._links as { next?: unknown } | null | undefined)?.next === 'string';
  return { templates: rows.map(templateOf), next: more ? o.start + rows.length : null };
}

/** Where to go on: the kind and how many of it were shown. */
function readCursor(given: string | undefined, first: Kind): { kind: Kind; start: number } {
  const match = /^(page|blueprint):(\d{1,7})$/.exec(given ?? '');
  return match ? { kind: match[1] as Kind, start: Number(match[2]) } : { kind: first, start: 0 };
}

/** One page of templates; of both kinds, blueprints follow when the page templates are through. */
async function gather(
  ctx: Context,
  wanted: Kind | 'all',
  from: { kind: Kind; start: number },
  o: { spaceKey: string | undefined; limit: number },
): Promise<{ found: { template: Template; kind: Kind }[]; next: string | null }> {
  const first = await readPage(ctx, from.kind, { ...o, start: from.start });
  const found = first.templates.map((one) => ({ template: one, kind: from.kind }));
  if (first.next !== null) return { found, next: `${from.kind}:${first.next}` };
  if (wanted !== 'all' || from.kind === 'blueprint') return { found, next: null };
  if (found.length >= o.limit) return { found, next: 'blueprint:0' };
  const more = await readPage(ctx, 'blueprint', { ...o, start: 0, limit: o.limit - found.length });
  return {
    found: [...found, ...more.templates.map((one) => ({ template: one, kind: 'blueprint' as const }))],
    next: more.next === null ? null : `blueprint:${more.next}`,
  };
}

export const listTemplates = defineRead({
  name: 'list_templates',
  input: z.object({
    space: text.optional(),
    kind: z.enum(['page', 'blueprint', 'all']).optional(),
    limit: limit(100),
    cursor,
  }),
  output: listOf(template),
  async run(ctx, o) {
    if (o.space === undefined) refuseSiteWide(ctx, 'templates');
    const space = o.space === undefined ? null : await resolveSpace(ctx, o.space);
    const wanted = o.kind ?? 'page';
    const { found, next } = await gather(
      ctx,
      wanted,
      readCursor(o.cursor, wanted === 'blueprint' ? 'blueprint' : 'page'),
      {
        spaceKey: space?.key,
        limit: o.limit,
      },
    );
    const items = found.map(({ template: one, kind }) => ({
      id: one.id,
      name: one.name,
      description: one.description,
      kind,
      space: one.space,
      labels: one.labels.map((label) => label.name),
    }));
    const lines = items.map((one) => {
      const facts = [
        ...(one.description === '' ? [] : [oneLine(one.description)]),
        ...(one.kind === 'blueprint' ? ['blueprint'] : []),
        ...(one.space === null ? ['whole site'] : [`${oneLine(one.space.name)} (${one.space.key})`]),
        ...(one.labels.length === 0 ? [] : [`labels ${one.labels.map(oneLine).join(', ')}`]),
        `template_id ${one.id}`,
      ];
      return `- **${oneLine(one.name)}** · ${facts.join(' · ')}`;
    });
    const where = space === null ? 'of the whole site (name a space for its own)' : `of ${space.name}`;
    return {
      text: `${counted(items.length, 'template')} ${where} visible to you.\n${lines.join('\n')}${items.length > 0 ? '\n\nget_template shows the body and variables of one; create_page with template_id makes a page of it.' : ''}${wayOn(next)}`.trim(),
      data: { items, has_more: next !== null, cursor: next },
      sources: [],
      label: counted(items.length, 'template'),
      untrusted: true,
    };
  },
});
