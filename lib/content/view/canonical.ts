/**
 * The form in which Markdown is compared with what was shown: names of people, addresses of pages and
 * lengths of fences may differ, white space at line ends too.
 */
export function canonical(markdown: string): string {
  return markdown
    .replace(/\r\n?/g, '\n')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/^([ \t>]*):{3,}/gm, '$1:::')
    .replace(/^[ \t]*<!-- #[\w.-]+ -->\n/gm, '')
    .replace(/@\[(?:[^\]\\\n]|\\.){0,200}\]\(user:/g, '@[](user:')
    .replace(/\]\((?:<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}) "(page:[^"\n]{0,1000})"\)/g, '](<$1>)')
    .replace(/\]\(<(page:[^<>\s]{0,1000})>\)/g, ']($1)')
    .replace(/^\n+|(?<!\n)\n+$/g, '');
}

/**
 * Markdown as it stands in a cell of a table. GFM looks for the ends of cells first, before anything else is read:
 * there `\\` and `\|` are pairs, in code and addresses too, and any other pipe ends the cell.
 */
export function pipesEscaped(markdown: string): string {
  return markdown.replace(/\\[\\|]|\|/g, (found) => (found === '|' ? '\\|' : found));
}

/** The Markdown of a cell as it stands outside of tables. */
export function pipesPlain(cell: string): string {
  return cell.replace(/\\([\\|])/g, (found, sign: string) => (sign === '|' ? '|' : found));
}

const SPECIAL_IN_TEXT =
  /[\\`*[\]~]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|\{(?=\{\w|(?:status|date|comment)\b|\/comment)|:(?=[a-z0-9_+-]{1,40}:)/g;

/** Escapes plain text so that a Markdown parser reads it as that text. */
export function escapeMarkdown(text: string): string {
  return text.replace(SPECIAL_IN_TEXT, '\\$&');
}

/** Escapes what would start a block at the beginning of a line. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^([>|=]|[-+](?=\s|$|-|[|:])|:::|:?-)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** A link destination as Markdown writes it. */
export function destination(url: string): string {
  const safe = url
    .replace(/[\n\r]/g, '')
    .replace(/&(?=#?\w{1,31};)/g, '&amp;')
    .replace(/\\/g, '\\\\');
  return /[\s()<>"]/.test(safe) || safe === '' ? `<${safe.replace(/[<>]/g, '\\$&')}>` : safe;
}

/** `page:` address of a page by title: `page:Title`, `page:KEY/Title`, with `#anchor`. Separators in names are escaped. */
export function pageAddress(title: string, space: string | null, anchor: string | null): string {
  const part = (text: string): string =>
    text.replace(/[%/#<>\\"\n\r\t()]/g, (c) =>
      encodeURIComponent(c).replace(/[()]/g, (p) => (p === '(' ? '%28' : '%29')),
    );
  return `page:${space === null ? '' : `${part(space)}/`}${part(title)}${anchor === null ? '' : `#${part(anchor)}`}`;
}

/** Reads a `page:` address. */
export function readPageAddress(address: string): {
  title: string;
  space: string | null;
  anchor: string | null;
} {
  const decode = (text: string): string => {
    // A stray percent sign is a percent sign: people type titles by hand.
    return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch (error) {
        if (error instanceof URIError) return run;
        throw error;
      }
    });
  };
  const [place = '', anchor] = address.replace(/^page:/, '').split('#', 2);
  const slash = place.indexOf('/');
  return {
    space: slash > 0 ? decode(place.slice(0, slash)) : null,
    title: decode(slash > 0 ? place.slice(slash + 1) : place.replace(/^\//, '')),
    anchor: anchor === undefined ? null : decode(anchor),
  };
}

/** Encoded data says nothing to a reader beyond its beginning. */
const OPAQUE = 60;

/**
 * A parameter value inside a placeholder: bare where it is simple, else in quotes. Of one longer than `limit`,
 * and of encoded data, the beginning and how many characters more there are.
 */
export function placeholderValue(value: string, limit = 300): string {
  const opaque = value.length > 2 * OPAQUE && !/[\s/]/.test(value.slice(0, 2 * OPAQUE));
  const most = opaque ? Math.min(OPAQUE, limit) : limit;
  const kept = value.slice(0, most).toWellFormed();
  const short = value.length > most ? `${kept}…(+${value.length - kept.length})` : value;
  return /^[\w./:@,+*%-]+$/.test(short) ? short : JSON.stringify(short);
}
