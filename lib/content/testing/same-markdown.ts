import { toMarkdown } from '../view/markdown.ts';
import { originalsOf, withinRange } from '../write/originals.ts';
import { writeMarkdown } from '../write/storage.ts';

const unescaped = (markdown: string): string => markdown.replace(/\\(?=[!-/:-@[-`{-~])/g, '');

/** An address that is its own text, as the view writes one that cannot stand in `<>`. */
const plainAddress = (link: string, text: string, url: string): string =>
  unescaped(text) === url.replaceAll('&amp;', '&') ? text : link;

/**
 * Markdown in the form in which two views are compared: ids of placeholders differ where bytes do, escapes may be
 * needless, and a web address in text becomes a link.
 */
export const comparable = (markdown: string): string =>
  unescaped(
    markdown
      .replace(/#[\w.-]+(?=\}|\s\})/g, '#')
      .replace(/^([ \t>]*):{3,}/gm, '$1:::')
      .replace(/<(https?:[^<>\s]*)>/g, '$1')
      .replace(/\[(https?:[^[\]\s]*)\]\(([^\s()<>]*)\)/g, plainAddress)
      .replace(
        /<\/?(strong|em|del)>/g,
        (_tag, name: string) => ({ strong: '**', em: '*', del: '~~' })[name] ?? '',
      ),
  ).trim();

/** Storage of what a body shows, written anew: only what Markdown cannot say comes from the body. */
export function writtenAnew(storage: string): string {
  return writeMarkdown(toMarkdown(storage).markdown, withinRange(originalsOf(storage), 0, -1));
}
