/** A second, simple reader of storage, so that edits are judged by something other than what makes them. */

export type Tag = {
  name: string;
  attributes: string;
  start: number;
  openEnd: number;
  closeStart: number;
  end: number;
  parent: Tag | null;
  kids: Tag[];
  selfClosing: boolean;
};

export type Span = { start: number; end: number };

const TAG = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;

/** The source with code and comments blanked out. */
const masked = (source: string): string =>
  source.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, (all) =>
    '\u0001'.repeat(all.length),
  );

/** All elements in order. */
export function scan(source: string): Tag[] {
  const text = masked(source);
  const all: Tag[] = [];
  const open: Tag[] = [];
  for (const match of text.matchAll(TAG)) {
    const [whole, closing, name = '', attributes = '', self] = match;
    const end = match.index + whole.length;
    if (closing) {
      const tag = open.pop();
      if (tag) Object.assign(tag, { closeStart: match.index, end });
      continue;
    }
    const parent = open.at(-1) ?? null;
    const selfClosing = self === '/';
    const tag: Tag = {
      name,
      attributes,
      start: match.index,
      openEnd: end,
      closeStart: end,
      end,
      parent,
      kids: [],
      selfClosing,
    };
    parent?.kids.push(tag);
    all.push(tag);
    if (!selfClosing) open.push(tag);
  }
  return all;
}

export function attribute(tag: Tag, name: string): string | null {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag.attributes)?.[1] ?? null;
}

export function within(tag: Tag, names: RegExp): Tag | null {
  for (let at = tag.parent; at; at = at.parent) if (names.test(at.name)) return at;
  return null;
}

/** Pieces of plain words that a reader sees, with their place; none with references, so that source and text are one. */
export function wordsIn(source: string, tags: readonly Tag[]): (Span & { text: string })[] {
  const text = masked(source);
  const hidden =
    /^(?:ac:parameter|ac:default-parameter|ac:task-id|ac:task-uuid|ac:task-status|ac:adf-attribute|ac:adf-fallback)$/;
  const found: (Span & { text: string })[] = [];
  for (const tag of tags) {
    if (hidden.test(tag.name) || within(tag, hidden)) continue;
    let at = tag.openEnd;
    for (const next of [...tag.kids, { start: tag.closeStart, end: tag.closeStart }]) {
      for (const match of text.slice(at, next.start).matchAll(/[A-Za-z][A-Za-z ,.]{5,40}[A-Za-z]/g))
        found.push({ start: at + match.index, end: at + match.index + match[0].length, text: match[0] });
      at = next.end;
    }
  }
  return found;
}

export type ScannedTable = {
  tag: Tag;
  rows: { tag: Tag; cells: Tag[] }[];
  /** Cells by row and column. */
  places: Map<string, Tag>;
  width: number;
  merged: boolean;
};

/** A table with its cells by place, worked out square by square. */
export function tableOf(table: Tag): ScannedTable {
  const parts = table.kids.flatMap((kid) =>
    kid.name === 'tr' ? [[kid]] : /^t(?:body|head|foot)$/.test(kid.name) ? [kid.kids] : [],
  );
  const rows: ScannedTable['rows'] = [];
  const places = new Map<string, Tag>();
  let [width, merged] = [0, false];
  for (const part of parts) {
    const trs = part.filter(({ name }) => name === 'tr');
    const first = rows.length;
    for (const tag of trs) {
      const cells = tag.kids.filter(({ name }) => name === 'td' || name === 'th');
      const y = rows.length;
      let x = 0;
      for (const cell of cells) {
        while (places.has(`${y}:${x}`)) x += 1;
        const wide = Number(attribute(cell, 'colspan') ?? '1') || 1;
        const tall = Math.min(
          Number(attribute(cell, 'rowspan') ?? '1') || trs.length,
          trs.length - (y - first),
        );
        if (wide > 1 || tall > 1 || attribute(cell, 'rowspan')) merged = true;
        for (let dy = 0; dy < tall; dy += 1)
          for (let dx = 0; dx < wide; dx += 1) places.set(`${y + dy}:${x + dx}`, cell);
        x += wide;
        width = Math.max(width, x);
      }
      for (const key of places.keys()) {
        const [row, column] = key.split(':').map(Number);
        if (row === y) width = Math.max(width, (column ?? 0) + 1);
      }
      rows.push({ tag, cells });
    }
  }
  return { tag: table, rows, places, width, merged };
}

/**
 * Whether `after` is `before` with other text in the given places only: what is between them stands there, whole and
 * in order.
 */
export function differsOnlyIn(before: string, after: string, allowed: readonly Span[]): boolean {
  const spans = merge(allowed);
  const gaps: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    gaps.push(before.slice(done, start));
    done = end;
  }
  gaps.push(before.slice(done));
  const [first = '', ...rest] = gaps;
  const last = rest.pop();
  if (last === undefined) return before === after;
  if (!after.startsWith(first) || !after.endsWith(last) || after.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = after.length - last.length;
  for (const gap of rest) {
    const found = after.indexOf(gap, at);
    if (found === -1 || found + gap.length > end) return false;
    at = found + gap.length;
  }
  return true;
}

export function merge(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = out.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}
