const occurrences = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;

/** A lone `-` or `=` under text would make it a heading until the rest of the line arrives. */
const startOfUnderline = /\n[ \t]*(?:-{1,2}|={1,2})[ \t]*$/;
const openLink = /!?\[([^\][\n]*)(?:\](?:\([^)\s]*)?)?$/;

/** Adds `mark` at the end when it stands open there; a mark with nothing behind it yet is taken away. */
function close(text: string, mark: '**' | '~~' | '*', found: number): string {
  if (found % 2 === 0) return text;
  return text.endsWith(mark) ? text.slice(0, -mark.length) : `${text.trimEnd()}${mark}`;
}

/**
 * Closes what streamed Markdown has opened and not yet closed (code, strong, emphasis, strikethrough, a link
 * under way), so that the marks do not flicker through as text. Code blocks need nothing: the parser takes
 * an open one to the end.
 */
export function closeMarks(text: string): string {
  if (occurrences(text, /^ {0,3}(?:```|~~~)/gm) % 2 === 1) return text;
  const start = text.lastIndexOf('\n\n') + 1;
  let last = text.slice(start).replace(startOfUnderline, '');
  if (occurrences(last, /`/g) % 2 === 1)
    return text.slice(0, start) + (last.endsWith('`') ? last.slice(0, -1) : `${last}\``);
  last = last.replace(openLink, '$1');
  const bare = last.replaceAll(/`[^`]*`/g, '').replaceAll(/^[ \t]*[*+-] /gm, '');
  const strong = occurrences(bare, /\*\*/g);
  const single = occurrences(bare.replaceAll('**', ''), /\*/g);
  const emphasised = close(last, '*', single);
  return text.slice(0, start) + close(close(emphasised, '**', strong), '~~', occurrences(bare, /~~/g));
}
