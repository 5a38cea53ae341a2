import { z } from 'zod';
import { getSpaceById } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import { namesOf } from '../people.ts';
import { day, iso, link, oneLine } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceData, spaceItem, spaceSource } from './list-spaces.ts';

const output = spaceItem.extend({
  description: z.string(),
  owner: z.string().nullable(),
  author: z.string().nullable(),
  created_at: z.string().nullable(),
  labels: z.array(z.string()),
  operations: z.array(z.string()).optional(),
  properties: z.array(z.string()).optional(),
  permissions: z.array(z.string()).optional(),
});

type Named = { results?: unknown[] | null } | null | undefined;

function rows(list: unknown): Record<string, unknown>[] {
  return ((list as Named)?.results ?? []) as Record<string, unknown>[];
}

export const getSpace = defineRead({
  name: 'get_space',
  input: z.object({
    space: text,
    include: z.array(z.enum(['labels', 'properties', 'operations', 'permissions'])).optional(),
  }),
  output,
  async run(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const has = (name: 'labels' | 'properties' | 'operations' | 'permissions') =>
      o.include?.includes(name) === true;
    const raw = await getSpaceById(ctx.confluence, {
      id: contentNumber(space.id),
      descriptionFormat: 'plain',
      includeLabels: true,
      includeProperties: has('properties') || undefined,
      includeOperations: has('operations') || undefined,
      includePermissions: has('permissions') || undefined,
    });
    const names = await namesOf(ctx, [raw.spaceOwnerId, raw.authorId]);
    const plainText = (raw.description as { plain?: { value?: unknown } } | null | undefined)?.plain?.value;
    const said = (one: Record<string, unknown>) =>
      `${String(one.operation ?? one.key ?? '')}${one.targetType === undefined ? '' : ` ${String(one.targetType)}`}`;
    const granted = (one: Record<string, unknown>) => {
      const principal = one.principal as { type?: string; id?: string } | undefined;
      return `${principal?.type ?? 'someone'} ${principal?.id ?? ''}: ${said((one.operation ?? {}) as Record<string, unknown>)}`;
    };
    const data = {
      ...spaceData(space),
      description: typeof plainText === 'string' ? plainText : '',
      owner: raw.spaceOwnerId ? (names.get(raw.spaceOwnerId) ?? raw.spaceOwnerId) : null,
      author: raw.authorId ? (names.get(raw.authorId) ?? raw.authorId) : null,
      created_at: iso(raw.createdAt),
      labels: rows(raw.labels).map((one) => String(one.name ?? '')),
      ...(has('operations') ? { operations: rows(raw.operations).map(said) } : {}),
      ...(has('properties') ? { properties: rows(raw.properties).map((one) => String(one.key ?? '')) } : {}),
      ...(has('permissions') ? { permissions: rows(raw.permissions).map(granted) } : {}),
    };
    const lines = [
      `${link(space.name, space.url)} · key ${space.key} · id ${space.id} · ${space.type} · ${space.status}`,
      `Description: ${oneLine(data.description) || 'none'}`,
      `Homepage id: ${data.homepage_id ?? 'none'} · owner: ${oneLine(data.owner ?? 'none')} · made ${day(data.created_at)} by ${oneLine(data.author ?? 'unknown')}`,
      `Labels: ${data.labels.map(oneLine).join(', ') || 'none'}`,
      ...(data.operations ? [`You may: ${data.operations.join(', ') || 'nothing listed'}`] : []),
      ...(data.properties ? [`Properties: ${data.properties.map(oneLine).join(', ') || 'none'}`] : []),
      ...(data.permissions
        ? [
            `Permissions: ${data.permissions.length === 0 ? 'none shown to you' : `\n${data.permissions.map((one) => `- ${oneLine(one)}`).join('\n')}`}`,
          ]
        : []),
    ];
    return {
      text: lines.join('\n'),
      data,
      sources: [spaceSource(space)],
      label: `Space ${space.name}`,
      untrusted: true,
    };
  },
});
