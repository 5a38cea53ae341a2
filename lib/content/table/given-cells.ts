import { ContentError } from '../content-error.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { quoted } from '../edit/targets.ts';

/** A place that a new row or column has a cell for. `taken`: the text of the merged or numbered cell that is there by itself. */
export type Slot = { at: number; label: string; taken: string | null };

const placesText = (slots: readonly Slot[]): string =>
  slots.map(({ at, label }) => (label === '' ? `(${at + 1})` : quoted(label))).join(', ');

const joins = (slot: Slot, text: string): boolean =>
  text.trim() === '' || text.trim().toLowerCase() === slot.taken?.trim().toLowerCase();

function refuseTaken(slot: Slot, what: string): never {
  throw new ContentError(
    `The new ${what} gets no cell of its own at ${quoted(slot.label || String(slot.at + 1))}: ${
      slot.taken === ''
        ? 'a merged or numbered cell'
        : `the merged or numbered cell ${quoted(slot.taken ?? '')}`
    } goes on there.`,
    { code: 'not_possible', next: 'Leave that cell out.' },
  );
}

function inOrder(slots: readonly Slot[], texts: readonly string[], what: string): Map<number, string> {
  const free = slots.filter(({ taken }) => taken === null);
  const chosen = texts.length === free.length ? free : slots;
  if (texts.length !== chosen.length) {
    const some = free.length === slots.length ? '' : ` (or ${slots.length}, empty where cells are merged)`;
    throw new ContentError(
      `The new ${what} needs ${free.length} cells${some}, for ${placesText(free)}; ${texts.length} were given.`,
      { next: 'Give one text for each, "" for an empty cell, or give cells by name.' },
    );
  }
  const found = new Map<number, string>();
  for (const [index, slot] of chosen.entries()) {
    const text = texts[index] ?? '';
    if (slot.taken !== null && !joins(slot, text)) refuseTaken(slot, what);
    if (slot.taken === null) found.set(slot.at, text);
  }
  return found;
}

/**
 * The texts of new cells by place, from a list in order or by name (`find` gives the place a name means).
 * @throws ContentError where their number does not fit, or one is given for a place without a cell of its own
 */
export function givenCells(
  cells: Edit['cells'],
  slots: readonly Slot[],
  what: 'row' | 'column',
  find: (name: string) => number,
): Map<number, string> {
  if (cells === undefined) return new Map();
  if (Array.isArray(cells)) return inOrder(slots, cells as readonly string[], what);
  const found = new Map<number, string>();
  const byPlace = new Map(slots.map((slot) => [slot.at, slot]));
  for (const [name, text] of Object.entries(cells as Readonly<Record<string, string>>)) {
    const at = find(name);
    const slot = byPlace.get(at);
    if (found.has(at))
      throw new ContentError(`Two cells are given for ${quoted(name)}.`, { next: 'Give one.' });
    if (slot?.taken === null) found.set(at, text);
    else if (slot && !joins(slot, text)) refuseTaken(slot, what);
  }
  return found;
}
