import type { DiffEntry } from '#lib/wire';

export type Keep = Extract<DiffEntry, { op: 'keep' }>;
export type Touched = Exclude<DiffEntry, Keep>;
export type TouchedGroup = { id: string; op: Touched['op']; entries: Touched[] };
export type EntryGroup = { id: string; op: 'keep'; entry: Keep } | TouchedGroup;

/** Diff entries in their order; blocks added (or removed) in a row are one group, as a section is. */
export function groupEntries(entries: readonly DiffEntry[]): EntryGroup[] {
  const groups: EntryGroup[] = [];
  for (const [at, entry] of entries.entries()) {
    const last = groups.at(-1);
    const id = `${at} ${entry.op}`;
    if (entry.op === 'keep') groups.push({ id, op: 'keep', entry });
    else if (
      last !== undefined &&
      last.op === entry.op &&
      (entry.op === 'add' || entry.op === 'remove') &&
      'entries' in last
    )
      last.entries.push(entry);
    else groups.push({ id, op: entry.op, entries: [entry] });
  }
  return groups;
}
