import { z } from 'zod';
import { type CommentMarker, commentMarkers } from '#lib/content';
import { replyCounts, type Thread, threadsOf } from '../comments/page-threads.ts';
import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { orProblem } from '../readable-body.ts';
import { counted, day, link, oneLine } from '../render.ts';

export const threadShape = z.object({
  id: z.string(),
  /** Its name in the Markdown: `{comment #id}words{/comment}`; null where its text is gone. */
  marker: z.string().nullable(),
  anchor: z.string().nullable(),
  author: z.string().nullable(),
  at: z.string().nullable(),
  resolution: z.string().nullable(),
  body: z.string(),
  /** Null where they were not counted. */
  replies: z.number().nullable(),
  url: z.string().nullable(),
});

export type Placed = { thread: Thread; marker: CommentMarker | null; replies: number | null };
export type ShownThreads = {
  here: Placed[];
  /** Of the whole page: their text is not on it any more. */
  dangling: Placed[];
  elsewhere: number;
  note: string | null;
};

const mostDangling = 10;
const bodyChars = 500;

/** Refs named in a body as it is shown, whatever its format. */
function refsIn(shown: string, markers: readonly CommentMarker[]): Set<string> {
  const ids = new Set<string>();
  for (const [, id = ''] of shown.matchAll(/\{comment #([\w.]+)\}/g)) ids.add(id);
  for (const [, ref = ''] of shown.matchAll(/\bac:ref="([^"]+)"/g)) ids.add(ref);
  for (const [, ref = ''] of shown.matchAll(/"annotationType":"inlineComment","id":"([^"]+)"/g)) ids.add(ref);
  for (const [, ref = ''] of shown.matchAll(/"id":"([^"]+)","annotationType":"inlineComment"/g)) ids.add(ref);
  return new Set(markers.filter(({ id, ref }) => ids.has(id) || ids.has(ref)).map(({ ref }) => ref));
}

/**
 * The inline comments of the part that is shown, and those whose text has gone. `within`: the part in offsets of the
 * storage, for formats that show no markers; null: look at the shown text.
 */
export async function threadsShown(
  ctx: Context,
  found: Document,
  storage: string,
  o: { shown: string; within: { start: number; end: number } | null; whole: boolean },
): Promise<ShownThreads> {
  const { threads, complete, problem } = await threadsOf(ctx, found.kind, found.id);
  if (problem !== null)
    return { here: [], dangling: [], elsewhere: 0, note: `Inline comments are not shown: ${problem}.` };
  const markers = orProblem(() => commentMarkers(storage)).value ?? [];
  const { within } = o;
  const refs =
    within === null
      ? refsIn(o.shown, markers)
      : new Set(
          markers
            .filter(({ start, end }) => start >= within.start && end <= within.end)
            .map(({ ref }) => ref),
        );
  const first = new Map(markers.toReversed().map((marker) => [marker.ref, marker]));
  const markerOf = ({ ref }: Thread) => (ref === null ? undefined : first.get(ref));
  const here = threads
    .filter(({ ref }) => ref !== null && refs.has(ref))
    .toSorted((a, b) => (markerOf(a)?.start ?? 0) - (markerOf(b)?.start ?? 0));
  const gone = threads.filter((one) => markerOf(one) === undefined);
  const dangling = o.whole ? gone : [];
  const counts = await replyCounts(ctx, [...here, ...dangling]);
  const placed = (thread: Thread): Placed => ({
    thread,
    marker: markerOf(thread) ?? null,
    replies: counts.get(thread.id) ?? null,
  });
  return {
    here: here.map(placed),
    dangling: dangling.map(placed),
    elsewhere: threads.length - gone.length - here.length,
    note: complete ? null : `Only the first ${threads.length} inline comments of the page were looked at.`,
  };
}

function lines({ thread, marker, replies }: Placed): string {
  const name =
    marker === null ? `about "${oneLine(thread.anchor ?? '')}"` : `#${marker.id} "${oneLine(marker.text)}"`;
  const answers =
    replies === null ? '' : replies === 0 ? ' · no replies' : ` · ${counted(replies, 'reply', 'replies')}`;
  const body =
    thread.body.length > bodyChars ? `${thread.body.slice(0, bodyChars - 1).toWellFormed()}…` : thread.body;
  return `- ${name} · ${link(thread.author ?? 'someone', thread.url)} · ${thread.resolution ?? 'open'} · ${day(thread.at)}${answers} · id ${thread.id}\n${body
    .split('\n')
    .map((line) => `  > ${line}`)
    .join('\n')}`;
}

/** The comments as notes that stand after the text. */
export function threadsText({ here, dangling, elsewhere, note }: ShownThreads): string {
  const parts: string[] = [];
  if (here.length > 0)
    parts.push(`Inline comments in this text ({comment #id}…{/comment}):\n${here.map(lines).join('\n')}`);
  else if (note === null) parts.push('No inline comments on this text visible to you.');
  if (elsewhere > 0) parts.push(`${counted(elsewhere, 'more inline comment')} on other parts of it.`);
  if (dangling.length > 0) {
    const more =
      dangling.length > mostDangling ? `\n… and ${dangling.length - mostDangling} more: list_comments` : '';
    parts.push(
      `Inline comments whose text is not there any more:\n${dangling.slice(0, mostDangling).map(lines).join('\n')}${more}`,
    );
  }
  if (note !== null) parts.push(note);
  return parts.join('\n\n');
}

/** The same as data. */
export const threadData = ({ thread, marker, replies }: Placed): z.output<typeof threadShape> => ({
  id: thread.id,
  marker: marker?.id ?? null,
  anchor: marker?.text ?? thread.anchor,
  author: thread.author,
  at: thread.at,
  resolution: thread.resolution,
  body: thread.body,
  replies,
  url: thread.url,
});
