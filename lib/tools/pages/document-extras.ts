import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { day, iso, oneLine } from '../render.ts';

export type Extra = { data: Record<string, unknown>; lines: string[] };

function results(list: unknown): Record<string, unknown>[] {
  const found = (list as { results?: unknown } | null | undefined)?.results;
  return Array.isArray(found) ? found : [];
}

/** What `include` asks for besides the body, as data and as lines. */
export async function extrasOf(
  ctx: Context,
  found: Document,
  include: readonly string[] | undefined,
): Promise<Extra> {
  const data: Record<string, unknown> = {};
  const lines: string[] = [];
  const add = (name: string, value: unknown, line: string) => {
    data[name] = value;
    lines.push(line);
  };
  const shown = (list: readonly string[]) => list.map(oneLine).join(', ') || 'none';
  if (include?.includes('labels')) add('labels', found.labels ?? [], `Labels: ${shown(found.labels ?? [])}`);
  if (include?.includes('versions')) {
    const raw = results(found.raw.versions);
    const names = await namesOf(
      ctx,
      raw.map((one) => String(one.authorId ?? '')),
    );
    const list = raw.map((one) => ({
      number: Number(one.number),
      at: iso(one.createdAt),
      by: names.get(String(one.authorId)) ?? null,
      message: String(one.message ?? ''),
    }));
    add(
      'versions',
      list,
      `Versions:\n${list.map((one) => `- v${one.number} · ${day(one.at)} · ${oneLine(one.by ?? 'unknown')}${one.message ? ` · ${oneLine(one.message)}` : ''}`).join('\n')}`,
    );
  }
  if (include?.includes('likes')) {
    const count = results(found.raw.likes).length;
    add('likes', count, `Likes: ${count}${count >= 50 ? ' or more' : ''}`);
  }
  if (include?.includes('properties')) {
    const keys = results(found.raw.properties).map((one) => String(one.key ?? ''));
    add('properties', keys, `Properties: ${shown(keys)}`);
  }
  if (include?.includes('operations')) {
    const list = results(found.raw.operations).map((one) =>
      `${String(one.operation)} ${String(one.targetType ?? '')}`.trim(),
    );
    add('operations', list, `You may: ${shown(list)}`);
  }
  if (include?.includes('collaborators')) {
    const ids = results(found.raw.collaborators).map((one) => String(one.accountId ?? one.id ?? ''));
    const names = await namesOf(ctx, ids);
    const list = ids.map((id) => names.get(id) ?? id);
    add('collaborators', list, `Collaborators: ${shown(list)}`);
  }
  return { data, lines };
}
