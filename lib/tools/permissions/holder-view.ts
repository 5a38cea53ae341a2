import { z } from 'zod';
import { oneLine } from '../render.ts';
import type { Holder } from './space-holders.ts';

export const holderShape = z.object({
  type: z.enum(['user', 'group', 'class']),
  id: z.string(),
  name: z.string(),
  role: z.object({ id: z.string(), name: z.string() }).nullable(),
  permissions: z.array(z.object({ id: z.string(), operation: z.string(), target: z.string() })),
  may: z.string(),
  admin: z.boolean(),
  anonymous: z.boolean(),
  guest: z.boolean(),
});

/** Somebody with access to a space, as an answer shows them. */
export const holderData = (holder: Holder): z.output<typeof holderShape> => ({
  ...holder,
  role: holder.role === null ? null : { id: holder.role.id, name: holder.role.name },
});

const kinds: Record<Holder['type'], (id: string) => string> = {
  user: (id) => `account id ${id}`,
  group: (id) => `group, id ${id}`,
  class: (id) => id,
};

type Shown = Pick<Holder, 'type' | 'id' | 'name' | 'may' | 'guest' | 'admin'> & { role: object | null };

/** `- Jane Doe · account id 7 · Admin` */
export function holderLine(holder: Shown): string {
  const marks = [holder.guest ? ['guest'] : [], holder.admin && holder.role === null ? ['ADMIN'] : []].flat();
  return `- ${oneLine(holder.name)} · ${[oneLine(kinds[holder.type](holder.id)), oneLine(holder.may), ...marks].join(' · ')}`;
}
