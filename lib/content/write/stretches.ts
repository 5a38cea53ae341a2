/**
 * A part of Markdown that reads the same alone as in its place. `joins`: it goes on with the list, or with the rows of
 * the table (`head`: offsets of its first two lines), that the stretch before ended with. `fence`: it is all of a
 * `:::` fence, whose inside is `inside`. Code aside, `lines` is how many it
 * has, and `starts` how many of them start or underline something.
 */
export type Stretch = {
  start: number;
  end: number;
  joins: 'list' | 'table' | null;
  head: { start: number; end: number } | null;
  fence: { index: string; inside: { start: number; end: number } } | null;
  starts: number;
  lines: number;
};

/** A stretch is not made shorter than this many characters. */
const ENOUGH = 1024;

const CODE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const FENCE = /^(:{3,})c\{x=(\d+)\}$/;
const ITEM = /^(?:([-*+])|\d{1,9}([.)]))([ \t]*)(?=$|(?<=[ \t])[^ \t])/;
const START = /^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|=+[ \t]*$|-+[ \t]*$)/;
const RULE = /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const DELIMITERS = /^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
/** What starts a block of its own wherever it stands, so that it cannot go on with the text of an item. */
const STARTS = /^(?:#{1,6}(?:[ \t]|$)|>|<|:::)/;
const NEVER = /(?!)/;
const BLANK = /^[ \t]*$/;
const HTML: [RegExp, RegExp][] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![A-Za-z]/, />/],
  [/^ {0,3}<[A-Za-z/]/, BLANK],
];

const indentOf = (line: string): number => {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width += 1;
    else if (char === '\t') width += 4 - (width % 4);
    else break;
  }
  return width;
};

/** `width`: how far its text is indented. `empty`: nothing is in the line but the sign. */
type Item = { mark: string; width: number; empty: boolean };

/** The list item a line starts at the left edge or a little in from it, or null. */
function itemOf(indented: string): Item | null {
  const indent = indentOf(indented);
  // A non-breaking space is text.
  const line = indented.replace(/^[ \t]+/, '');
  if (indent > 3) return null;
  const match = RULE.test(line) ? null : ITEM.exec(line);
  if (!match) return null;
  const [whole, bullet, dot, space = ''] = match;
  const gap = indentOf(space);
  const empty = whole.length === line.length;
  return {
    mark: bullet ?? dot ?? '',
    width: indent + whole.length - space.length + (empty || gap > 4 ? 1 : gap),
    empty,
  };
}

/** Goes through the lines of a range and knows what is open at the left edge. */
class Reader {
  readonly stretches: Stretch[] = [];
  #from: number;
  #starts = 0;
  #lines = 0;
  #joins: Stretch['joins'] = null;
  #head: Stretch['head'] = null;
  #until: RegExp | null = null;
  #item: Item | null = null;
  #unsure = false;
  #table: Stretch['head'] = null;
  #before: { line: string; start: number; blank: boolean; alone: boolean };

  constructor(start: number) {
    this.#from = start;
    this.#before = { line: '', start, blank: true, alone: false };
  }

  cut(at: number, joins: Stretch['joins'], head: Stretch['head'] = null): void {
    if (at > this.#from) {
      const { stretches } = this;
      stretches.push({
        start: this.#from,
        end: at,
        joins: this.#joins,
        head: this.#head,
        fence: null,
        starts: this.#starts,
        lines: this.#lines,
      });
    }
    [this.#starts, this.#lines] = [0, 0];
    [this.#from, this.#joins, this.#head] = [at, joins, head];
  }

  /** A `:::` fence that stands by itself; it is read from within. */
  fence(start: number, end: number, fence: Stretch['fence']): void {
    this.cut(start, null);
    this.stretches.push({ start, end, joins: null, head: null, fence, starts: 0, lines: 0 });
    this.#from = end;
    this.#item = null;
    this.#table = null;
    this.#before = { line: '', start: end, blank: true, alone: false };
  }

  /** True where a `:::` fence may start: such a fence ends everything but code and HTML. */
  get open(): boolean {
    return this.#until === null;
  }

  /** What is open now is open to the end of the text. */
  unended(): void {
    this.#until = NEVER;
  }

  line(line: string, start: number): void {
    const blank = line.trim() === '';
    if (this.#until) {
      if (this.#until.test(line)) this.#until = null;
      this.#before = { line, start, blank: blank && this.#until === null, alone: false };
      return;
    }
    this.#lines += 1;
    if (START.test(line)) this.#starts += 1;
    const alone = !blank && this.#before.blank && indentOf(line) === 0;
    if (blank) this.#table = null;
    else if (!this.#item || indentOf(line) < this.#item.width) this.#edge(line, start);
    this.#before = { line, start, blank, alone };
  }

  /** A line that is not inside the open item. */
  #edge(line: string, start: number): void {
    const item = itemOf(line);
    // Whether a lone sign is an item depends on more than is known here: no cut until a block that is none.
    if (item?.empty) this.#unsure = true;
    else if (!item && this.#before.blank && indentOf(line) === 0) this.#unsure = false;
    const long = start - this.#from >= ENOUGH && !this.#unsure && indentOf(line) === 0;
    const list = item !== null && this.#item?.mark === item.mark;
    if (list) {
      if (long) this.cut(start, 'list');
      this.#item = item;
      return;
    }
    if (this.#table) {
      if (line.startsWith('|')) {
        if (long) this.cut(start, 'table', this.#table);
        return;
      }
      this.#table = null;
    }
    if (this.#before.blank || HEADING.test(line)) {
      if (long) this.cut(start, null);
    } else if (this.#item && item === null && !STARTS.test(line) && !CODE.test(line) && !RULE.test(line)) {
      // Text that goes on with the last line of the item.
      return;
    }
    this.#item = item;
    if (item) return;
    const code = CODE.exec(line)?.[1];
    if (code) {
      this.#until = new RegExp(`^ {0,3}${code[0]}{${code.length},}[ \\t]*$`);
      return;
    }
    const colons = /^ {1,3}(:{3,})c\{x=\d+\}$/.exec(line)?.[1];
    if (colons) {
      this.#until = new RegExp(`^ {0,3}:{${colons.length},}[ \\t]*$`);
      return;
    }
    const html = HTML.find(([first]) => first.test(line));
    if (html && !html[1].test(line.replace(/^ {0,3}<(?:!--)?/, ''))) {
      this.#until = html[1];
      return;
    }
    const { line: above, start: headStart, alone } = this.#before;
    if (alone && above.startsWith('|') && DELIMITERS.test(line)) {
      this.#table = { start: headStart, end: start + line.length };
    }
  }
}

/** Where the fence that opens in this line ends: the offset after its closing line, and that line's start. */
function fenceEnd(
  text: string,
  from: number,
  end: number,
  colons: number,
): { inner: number; outer: number } | null {
  const close = new RegExp(`^:{${colons},}[ \\t]*$`);
  for (let at = from; at < end; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next >= end ? end : next;
    if (text.charCodeAt(at) === 58 && close.test(text.slice(at, stop)))
      return { inner: at, outer: Math.min(stop + 1, end) };
    at = stop + 1;
  }
  return null;
}

/**
 * Divides Markdown where nothing is open, between items of a list and between rows of a table, in stretches of a thousand
 * characters or so. A Markdown parser copies all it has read at the end of each quote, list and underlined heading,
 * so that its work grows with the square of the text; in stretches it does not.
 */
export function stretchesOf(text: string, start = 0, end = text.length): Stretch[] {
  const reader = new Reader(start);
  for (let at = start; at < end; ) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 || next >= end ? end : next;
    const line = text.slice(at, stop);
    const fence = reader.open ? FENCE.exec(line) : null;
    const ends = fence ? fenceEnd(text, stop + 1, end, (fence[1] ?? '').length) : null;
    if (fence && !ends) reader.unended();
    if (fence && ends) {
      const inside = { start: Math.min(stop + 1, end), end: ends.inner };
      reader.fence(at, ends.outer, { index: fence[2] ?? '', inside });
      at = ends.outer;
      continue;
    }
    reader.line(line, at);
    at = stop + 1;
  }
  reader.cut(end, null);
  return reader.stretches;
}
