/**
 * Page content as the browser draws it: a small tree of known tags. The browser never receives HTML of
 * a page, so nothing in a page can run there.
 */

export type RichTag =
  | 'p'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'ul'
  | 'ol'
  | 'li'
  | 'blockquote'
  | 'pre'
  | 'code'
  | 'strong'
  | 'em'
  | 'u'
  | 's'
  | 'sub'
  | 'sup'
  | 'br'
  | 'hr'
  | 'table'
  | 'tr'
  | 'th'
  | 'td'
  | 'a'
  | 'panel'
  | 'expand'
  | 'status'
  | 'task'
  | 'mention'
  | 'date'
  | 'emoji'
  | 'image'
  | 'macro'
  | 'layout'
  | 'column'
  | 'comment'
  | 'ins'
  | 'del'
  | 'span'
  /** Blocks in a box that draws nothing of its own. */
  | 'div'
  /** Of a diff: a line of code. */
  | 'line'
  /** Of a diff: a value that changed and that nothing else shows (`width 600 -> 800`); kids: `del`, `ins`. */
  | 'attr'
  /** Of a diff: something unchanged that is left out; `kind` says what, `count` how many. */
  | 'fold';

/** What became of a row, cell, item or line of a diff. */
export type RichMark = 'add' | 'remove' | 'move';

/** What a fold leaves out. */
export type FoldKind = 'rows' | 'items' | 'lines' | 'words' | 'blocks';

/** Attributes by meaning, not by HTML name. `href` is http(s), mailto or a page link, already checked. */
export type RichAttributes = {
  href?: string;
  /** panel: info, note, tip, warning, panel; status: colour; macro: name; code: language; fold: a `FoldKind` */
  kind?: string;
  /** image: name; link: page or place; panel, expand, code: its title; attr: the name of the value */
  title?: string;
  done?: boolean;
  colspan?: number;
  rowspan?: number;
  /** ol: number of its first item; li: its own number. */
  start?: number;
  mark?: RichMark;
  /** Of a fold: how many. */
  count?: number;
  /** Of a macro: it stands in a line of text. */
  inline?: boolean;
  /** Only while a diff is made: everything else that is set on it, by name. Never sent. */
  facts?: [name: string, value: string][];
};

export type RichNode = string | { tag: RichTag; at?: RichAttributes; kids?: RichNode[] };
