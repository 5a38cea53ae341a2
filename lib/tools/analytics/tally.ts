import type { PageWork } from './contributions.ts';

export type Tally = {
  account_id: string;
  pages_created: number;
  edits: number;
  pages_edited: number;
  comments: number;
  replies: number;
  last_at: string | null;
};

const later = (a: string | null, b: string): string => (a === null || b > a ? b : a);

/** What each person did, the busiest first. `people`: only these; null means everybody. */
export function tally(work: readonly PageWork[], people: ReadonlySet<string> | null): Tally[] {
  const rows = new Map<string, Tally>();
  const rowOf = (id: string): Tally => {
    const known = rows.get(id) ?? {
      account_id: id,
      pages_created: 0,
      edits: 0,
      pages_edited: 0,
      comments: 0,
      replies: 0,
      last_at: null,
    };
    rows.set(id, known);
    return known;
  };
  for (const { edits, comments } of work) {
    for (const { by, at, first } of edits) {
      const row = rowOf(by);
      row.edits++;
      if (first) row.pages_created++;
      row.last_at = later(row.last_at, at);
    }
    for (const by of new Set(edits.map((edit) => edit.by))) rowOf(by).pages_edited++;
    for (const { by, at, reply } of comments ?? []) {
      const row = rowOf(by);
      if (reply) row.replies++;
      else row.comments++;
      row.last_at = later(row.last_at, at);
    }
  }
  const all = (row: Tally) => row.edits + row.comments + row.replies;
  return [...rows.values()]
    .filter((row) => people === null || people.has(row.account_id))
    .toSorted((a, b) => all(b) - all(a) || b.edits - a.edits);
}

/** Pairs of people who edited the same pages, the most pages first; one of them at least is among `people`. */
export function pairsOf(
  work: readonly PageWork[],
  people: ReadonlySet<string> | null,
): { people: [string, string]; pages: number }[] {
  const counts = new Map<string, { people: [string, string]; pages: number }>();
  for (const { edits } of work) {
    const editors = [...new Set(edits.map(({ by }) => by))].toSorted();
    for (const [at, one] of editors.entries()) {
      for (const other of editors.slice(at + 1)) {
        if (people !== null && !people.has(one) && !people.has(other)) continue;
        const key = `${one} ${other}`;
        const pair = counts.get(key) ?? { people: [one, other] as [string, string], pages: 0 };
        counts.set(key, { ...pair, pages: pair.pages + 1 });
      }
    }
  }
  return [...counts.values()].toSorted((a, b) => b.pages - a.pages);
}
