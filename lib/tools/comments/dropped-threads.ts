import { droppedComments } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { type Thread, threadsOf } from './page-threads.ts';

const mostNamed = 4;

function named({ author, body, resolution }: Thread): string {
  const words = oneLine(body.replace(/[{}[\]]|\(user:[^)]*\)/g, ' '));
  const first = words.length > 60 ? `${words.slice(0, 59).toWellFormed()}…` : words;
  return `${oneLine(author ?? 'someone')}: "${first}"${resolution === 'resolved' ? ' (resolved)' : ''}`;
}

/**
 * Warnings of dropped inline comments with who said what, where the connection may read comments. One request, and
 * only where such a warning stands.
 */
export async function namingDropped(
  ctx: Context,
  found: Pick<Document, 'kind' | 'id'>,
  bodies: { before: string; after: string },
  warnings: readonly ChangeWarning[],
): Promise<ChangeWarning[]> {
  if (!warnings.some(({ code }) => code === 'drops_comment')) return [...warnings];
  const refs = new Set(droppedComments(bodies.before, bodies.after));
  if (refs.size === 0) return [...warnings];
  const { threads } = await threadsOf(ctx, found.kind, found.id);
  const gone = threads.filter(({ ref }) => ref !== null && refs.has(ref));
  if (gone.length === 0) return [...warnings];
  const more = gone.length > mostNamed ? `; and ${gone.length - mostNamed} more` : '';
  const names = `${gone.slice(0, mostNamed).map(named).join('; ')}${more}`;
  return warnings.map((one) =>
    one.code === 'drops_comment' && !one.message.includes(names)
      ? { ...one, message: `${one.message.replace(/\.$/, '')}: ${names}.` }
      : one,
  );
}
