import { applyEdits, type Edit, outline } from '#lib/content';

/** A change of a body: what stands at a range, in offsets of the old storage. */
export type Splice = { start: number; end: number; text: string };

type Range = { start: number; end: number };

/** The part of a body with the splices in it applied. */
function changedPart(storage: string, range: Range, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = range.start;
  for (const splice of splices) {
    if (splice.start < range.start || splice.end > range.end) continue;
    parts.push(storage.slice(at, splice.start), splice.text);
    at = splice.end;
  }
  parts.push(storage.slice(at, range.end));
  return parts.join('');
}

/** Kinds of which `replace` would take the inside only, or that must keep their structure. */
const containers = new Set(['cell', 'section', 'layout']);

/**
 * Splices of a body as edits of the blocks they lie in, each replaced by itself with the change in it, so that
 * `edit_page` makes exactly these changes. Null where no such edits give exactly this body.
 */
export function blockEdits(storage: string, given: readonly Splice[]): Edit[] | null {
  const splices = given.toSorted((a, b) => a.start - b.start);
  const wanted = changedPart(storage, { start: 0, end: storage.length }, splices);
  const blocks = outline(storage).filter((block) => !containers.has(block.kind));
  const chosen = new Map<string, Range>();
  for (const splice of splices) {
    const around = blocks.filter((block) => block.start <= splice.start && splice.end <= block.end);
    const smallest = around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
    if (smallest === undefined) return null;
    chosen.set(smallest.id, smallest);
  }
  const outer = [...chosen].filter(
    ([id, range]) =>
      ![...chosen].some(([other, it]) => other !== id && it.start <= range.start && range.end <= it.end),
  );
  const edits = outer.map(
    ([block, range]): Edit => ({
      op: 'replace',
      target: { block },
      storage: changedPart(storage, range, splices),
    }),
  );
  return applyEdits(storage, edits).storage === wanted ? edits : null;
}

/** The body with the splices applied. */
export const spliced = (storage: string, splices: readonly Splice[]): string =>
  changedPart(
    storage,
    { start: 0, end: storage.length },
    splices.toSorted((a, b) => a.start - b.start),
  );
