import { kindWord, type RichMark, type RichNode } from '#lib/wire';
import { type Branch, plainText } from './nodes.ts';
import { tableLines } from './table-text.ts';

/** A line of a drawing: `~` where something in it is marked, `+` or `-` where all of it is, else a space. */
export type TextLine = { sign: ' ' | '~' | '+' | '-'; text: string };

/** Text of the page that would read as one of our marks. */
const plain = (text: string): string => text.replace(/\[(?=[-+])|(?<=[-+])\]/g, '\\$&');

const FOLD: Record<string, [string, string]> = {
  rows: ['row', 'rows'],
  items: ['item', 'items'],
  lines: ['line', 'lines'],
  words: ['word', 'words'],
  blocks: ['block', 'blocks'],
};

/** `12 unchanged rows`. */
export function foldWords(kind: string, count: number): string {
  const [one, many] = FOLD[kind] ?? ['part', 'parts'];
  return `${count.toLocaleString('en')} unchanged ${count === 1 ? one : many}`;
}

const BLOCKS = /^(p|h[1-6]|ul|ol|blockquote|pre|layout|column|div)$/;
const SIGNS: Record<RichMark, TextLine['sign']> = { add: '+', remove: '-', move: '~' };

/** Writes drawings line by line. `bare`: no marks around words, for what is wholly new or gone. */
class Lines {
  readonly lines: TextLine[] = [];
  #line: TextLine = { sign: ' ', text: '' };
  readonly #bare: boolean;

  constructor(bare: boolean) {
    this.#bare = bare;
  }

  break(sign: TextLine['sign'] = ' '): void {
    this.lines.push(this.#line);
    this.#line = { sign, text: '' };
  }

  put(text: string): void {
    this.#line.text += text;
  }

  mark(text: string): void {
    if (this.#line.sign === ' ') this.#line.sign = '~';
    this.put(text);
  }

  done(): TextLine[] {
    this.break();
    return this.lines
      .map(({ sign, text }) => ({ sign, text: text.replace(/[ \t]+/g, ' ').trim() }))
      .filter(({ text }) => text !== '');
  }

  kids(node: Branch): void {
    this.all(node.kids ?? []);
  }

  all(nodes: readonly RichNode[]): void {
    for (const [at, node] of nodes.entries()) {
      const next = nodes[at + 1];
      const follows = typeof next === 'object' ? next : null;
      const branch = typeof node === 'object' ? node : null;
      // The note after a link names its targets; a space that became something else is no word.
      if (branch?.tag === 'a' && follows?.tag === 'attr' && follows.at?.title === 'link') this.kids(branch);
      else if (branch?.tag === 'del' && follows?.tag === 'ins' && plainText([branch]).trim() === '')
        this.put(' ');
      else this.write(node);
    }
  }

  /** Kids of something whose own sign says that it is new or gone. */
  whole(node: Branch): void {
    for (const line of linesOfRich(node.kids ?? [], true)) this.put(`${line.text} `);
  }

  write(node: RichNode): void {
    if (typeof node === 'string') this.text(node);
    else if (node.tag === 'ins' || node.tag === 'del') this.changed(node);
    else if (node.tag === 'table') this.table(node);
    else if (node.tag === 'li' || node.tag === 'task') this.item(node);
    else if (BLOCKS.test(node.tag)) this.block(node);
    else (WRITERS[node.tag] ?? ((lines, one) => lines.kids(one)))(this, node);
  }

  text(text: string): void {
    for (const [at, line] of text.split('\n').entries()) {
      if (at > 0) this.break(this.#line.sign);
      this.put(plain(line));
    }
  }

  changed(node: Branch): void {
    if (this.#bare) {
      this.kids(node);
      return;
    }
    const sign = node.tag === 'ins' ? '+' : '-';
    const inner = linesOfRich(node.kids ?? [], true);
    const first = node.kids?.[0];
    const last = node.kids?.at(-1);
    // Spaces at the ends belong to the marks.
    const lead = typeof first === 'string' && /^\s/.test(first) ? ' ' : '';
    const trail = typeof last === 'string' && /\s$/.test(last) ? ' ' : '';
    this.mark(
      `[${sign}${lead}${inner.map(({ text }) => text).join(' / ')}${inner.length > 0 ? trail : ''}${sign}]`,
    );
  }

  table(node: Branch): void {
    this.break();
    for (const line of tableLines(node, this.#bare)) {
      this.break(line.sign);
      this.put(line.text);
    }
    this.break();
  }

  item(node: Branch): void {
    const at = node.at ?? {};
    const bullet = at.start === undefined ? '-' : `${at.start}.`;
    const sign = this.#bare || at.mark === undefined ? ' ' : SIGNS[at.mark];
    this.break(sign);
    this.put(`${node.tag === 'task' ? `- [${at.done ? 'x' : ' '}]` : bullet} `);
    if (sign === '+' || sign === '-') this.whole(node);
    else this.kids(node);
    if (at.mark === 'move') this.put(' (moved)');
    this.break();
  }

  block(node: Branch): void {
    // The first paragraph of an item or cell stands on its line.
    if (/\S/.test(this.#line.text.replace(/^(?:[-\d]+\.?|- \[[ x]\]) $/, ''))) this.break();
    this.kids(node);
    this.break();
  }
}

function side(node: Branch, tag: 'ins' | 'del'): string | null {
  const found = (node.kids ?? []).find((kid) => typeof kid === 'object' && kid.tag === tag);
  return typeof found === 'object' ? inlineText(found.kids ?? [], true) : null;
}

/** `(width: 600 -> 800)`, `(bold added)`, `(white space changed)`. */
function noteText(node: Branch): string {
  const name = node.at?.title ?? '';
  const [before, after] = [side(node, 'del'), side(node, 'ins')];
  if (name === 'column') return ` (column "${after ?? before}" ${after === null ? 'removed' : 'added'})`;
  if (before === null && after === 'changed') return ` (${name} changed)`;
  if (name === '' || name === 'format') {
    if (before === null) return ` (${after} added)`;
    return after === null ? ` (${before} removed)` : ` (${before} -> ${after})`;
  }
  return ` (${name}: ${before ?? 'none'} -> ${after ?? 'none'})`;
}

function titled(lines: Lines, name: string, node: Branch): void {
  lines.break();
  const [first, ...rest] = node.kids ?? [];
  const values = typeof first === 'string' ? `: ${first}` : '';
  lines.put(`{${name}${node.at?.title ? ` "${node.at.title}"` : ''}${values}}`);
  lines.all(typeof first === 'object' ? [first, ...rest] : rest);
  lines.break();
}

const WRITERS: Partial<Record<Branch['tag'], (lines: Lines, node: Branch) => void>> = {
  attr: (lines, node) => lines.mark(noteText(node)),
  fold: (lines, node) => {
    const words = `… ${foldWords(node.at?.kind ?? '', node.at?.count ?? 0)} …`;
    if (node.at?.kind === 'words') lines.put(` ${words} `);
    else {
      lines.break();
      lines.put(words);
      lines.break();
    }
  },
  macro: (lines, node) => {
    if (node.at?.inline)
      lines.put(
        `{${[kindWord(node.at?.kind ?? 'macro'), inlineText(node.kids ?? [], false)].filter(Boolean).join(' ')}}`,
      );
    else titled(lines, kindWord(node.at?.kind ?? 'macro'), node);
    if (node.at?.inline && (node.kids ?? []).some((kid) => typeof kid === 'object' && kid.tag === 'attr'))
      lines.mark('');
  },
  panel: (lines, node) => titled(lines, kindWord(node.at?.kind ?? 'panel'), node),
  expand: (lines, node) => titled(lines, 'expand', node),
  image: (lines, node) => {
    lines.put(`(image ${node.at?.title ?? ''}${(node.kids ?? []).length > 0 ? ': ' : ''}`);
    lines.kids(node);
    lines.put(')');
  },
  status: (lines, node) => {
    lines.kids(node);
    lines.put(` (${node.at?.kind ?? 'grey'} status)`);
  },
  br: (lines, node) => (node.at?.kind === 'paragraph' ? lines.put(' ¶ ') : lines.text('\n')),
  hr: (lines) => {
    lines.break();
    lines.put('---');
    lines.break();
  },
  line: (lines, node) => {
    const { mark } = node.at ?? {};
    lines.break(mark === undefined ? ' ' : SIGNS[mark]);
    if (mark === undefined) lines.kids(node);
    else lines.whole(node);
    lines.break();
  },
  a: (lines, node) => {
    lines.kids(node);
    const { href } = node.at ?? {};
    if (href !== undefined && !inlineText(node.kids ?? [], true).includes(href)) lines.put(` (${href})`);
  },
};

/** A drawing as lines: words `[+added+]` and `[-removed-]`, values `(width: 600 -> 800)`. */
export function linesOfRich(nodes: readonly RichNode[], bare = false): TextLine[] {
  const lines = new Lines(bare);
  lines.all(nodes);
  return lines.done();
}

/** The same in one line. */
export function inlineText(nodes: readonly RichNode[], bare: boolean): string {
  return linesOfRich(nodes, bare)
    .map(({ text }) => text)
    .join(' / ');
}
