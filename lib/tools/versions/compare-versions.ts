import { z } from 'zod';
import { diffStorage, diffSummary, diffText } from '#lib/content';
import { defineRead } from '../define.ts';
import { readDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { day, link, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';

export const compareVersions = defineRead({
  name: 'compare_versions',
  input: z.object({
    id: text,
    content_type: z.enum(['page', 'blog_post']).optional(),
    from: z.int().min(1),
    to: z.int().min(1).optional(),
    view: z.enum(['summary', 'diff', 'storage']).optional(),
  }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    from: z.number(),
    to: z.number(),
    counts: z.record(z.string(), z.number()),
    diff: z.string(),
    storage: z.object({ from: z.string(), to: z.string() }).optional(),
  }),
  async run(ctx, o) {
    const current = await resolveDocument(
      ctx,
      o.id,
      o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type],
    );
    const to = o.to ?? current.version;
    const [before, after] = await Promise.all(
      [o.from, to].map((version) =>
        readDocument(ctx, current.kind, current.id, { format: 'storage', version }),
      ),
    );
    const [old, now] = [before?.body ?? '', after?.body ?? ''];
    const diff = diffStorage(old, now);
    const names = await namesOf(ctx, [before?.versionBy, after?.versionBy]);
    const who = (one: typeof before) =>
      `${day(one?.versionAt)} by ${oneLine(names.get(one?.versionBy ?? '') ?? 'unknown')}`;
    const renamed =
      before?.title === after?.title
        ? ''
        : `Title: "${oneLine(before?.title ?? '')}" became "${oneLine(after?.title ?? '')}".`;
    const view = o.view ?? 'diff';
    const shown = {
      summary: () => diffSummary(diff),
      diff: () => diffText(diff),
      storage: () => `${diffSummary(diff)}\n\nVersion ${o.from}:\n${old}\n\nVersion ${to}:\n${now}`,
    }[view];
    return {
      text: `${link(current.title, current.url)} · version ${o.from} (${who(before)}) compared with version ${to} (${who(after)}).\n${renamed === '' ? '' : `${renamed}\n`}${old === now ? 'The texts are the same.' : shown()}`,
      data: {
        id: current.id,
        title: current.title,
        from: o.from,
        to,
        counts: diff.counts,
        diff: view === 'summary' ? '' : diffText(diff),
        ...(view === 'storage' ? { storage: { from: old, to: now } } : {}),
      },
      sources: [
        sourceOf({
          id: current.id,
          type: current.kind,
          title: current.title,
          url: current.url,
          version: to,
          updated_at: after?.versionAt ?? null,
          updated_by: names.get(after?.versionBy ?? '') ?? null,
        }),
      ],
      label: `Compared versions ${o.from} and ${to} of "${current.title}"`,
      untrusted: true,
    };
  },
});
