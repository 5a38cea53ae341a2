import { z } from 'zod';
import { UserError } from '#errors';
import { getBlogPostsInSpace, pages } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { type Scope, scanPages, scopeOf } from '../scan/index.ts';
import { exported, exportShape } from './answer.ts';
import { bundle } from './bundle.ts';
import { exportFormat } from './export-page.ts';
import { gather, mostPages } from './gather.ts';
import { segment } from './paths.ts';

const input = z.object({
  space: text.optional(),
  query: text.optional(),
  format: exportFormat,
  attachments: z.boolean().optional(),
  blog_posts: z.boolean().optional(),
});

type RawPost = Parameters<typeof documentOf>[2];

async function blogPosts(ctx: Context, scope: Scope): Promise<Document[]> {
  if (scope.space === null) return [];
  const id = contentNumber(scope.space.id);
  const found: Document[] = [];
  const list = pages((cursor) =>
    getBlogPostsInSpace(ctx.confluence, { id, bodyFormat: 'storage', limit: 50, cursor }),
  );
  for await (const answer of list) {
    ctx.signal.throwIfAborted();
    for (const raw of answer.results ?? []) {
      const post = documentOf(ctx, 'blog_post', raw as RawPost, 'storage');
      if (post.status === 'current') found.push(post);
    }
    if (found.length >= mostPages) break;
  }
  return found;
}

export const exportSpace = defineRead({
  name: 'export_space',
  input,
  output: exportShape,
  async run(ctx, o) {
    if (o.space === undefined && o.query === undefined)
      throw new UserError('invalid_input', 'An export needs a space or a search.', {
        next: 'Give space (key, name or id), or query.',
      });
    const scope = await scopeOf(ctx, { space: o.space, query: o.query });
    const documents: Document[] = [];
    const seen = await scanPages(ctx, { scope, maxPages: mostPages, bodies: true }, (page) => {
      documents.push(page);
    });
    const posts = o.blog_posts === true ? await blogPosts(ctx, scope) : [];
    const all = [...documents, ...posts];
    if (all.length === 0)
      throw new UserError(
        'not_found',
        `No page ${scope.words} is visible to you, so there is nothing to export.`,
        {
          next: 'Check the space or the search with search_content.',
        },
      );
    const attachments = o.attachments === true;
    const set = await gather(ctx, all, { format: o.format, attachments });
    const title = segment(scope.space === null ? `Search ${o.query ?? ''}` : scope.space.name);
    const made = await bundle(ctx, set, { format: o.format, title, attachments });
    const completeness = seen.complete
      ? { ...seen, looked: all.length, of: all.length }
      : { ...seen, stopped: seen.stopped ?? `one export holds at most ${mostPages} pages.` };
    return exported(ctx, set, made, { format: o.format, words: scope.words, completeness });
  },
});
