import type { Label } from '../types.ts';

/** A label as v2 shows it. */
export function labelJson(label: Label): object {
  return { id: label.id, name: label.name, prefix: label.prefix };
}

const byId = (a: Label, b: Label) => Number(a.id) - Number(b.id);

/** How labels are sorted; their ids are handed out in the order they are made. */
export const labelOrder = {
  id: byId,
  'created-date': byId,
  name: (a: Label, b: Label) => a.name.localeCompare(b.name),
};
