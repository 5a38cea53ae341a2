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
  | 'span';

/** Attributes by meaning, not by HTML name. `href` is http(s), mailto or a page link, already checked. */
export type RichAttributes = {
  href?: string;
  /** panel: info, note, tip, warning, panel; status: colour; macro: name; code: language; ol: start */
  kind?: string;
  title?: string;
  done?: boolean;
  colspan?: number;
  rowspan?: number;
  start?: number;
};

export type RichNode = string | { tag: RichTag; at?: RichAttributes; kids?: RichNode[] };
