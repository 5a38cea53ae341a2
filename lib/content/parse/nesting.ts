import type { ContentError } from '../content-error.ts';
import { malformed, placeName } from './malformed.ts';

type Opened = { name: string; start: number };

/** Elements that HTML writes without an end. */
const VOID = new Set(['br', 'hr', 'img', 'col', 'input', 'wbr', 'meta']);
/** Elements of Confluence that hold nothing and are often left open. */
const EMPTY = /^(?:ri:|ac:emoticon$|ac:adf-mark$)/;

function voidFix(name: string): string | null {
  if (VOID.has(name.toLowerCase()) || EMPTY.test(name)) {
    return `Write <${name} /> with the slash: storage format is XML, so an element without content closes itself.`;
  }
  return null;
}

/** For an element that is open where the body ends. */
export function neverClosed(source: string, { name, start }: Opened): ContentError {
  const fix = voidFix(name) ?? `Put </${name}> where it ends.`;
  return malformed(source, start, `<${name}> is never closed`, fix);
}

function fixOf(name: string, open: readonly Opened[], last: Opened): string {
  const own = last.name;
  if (own.toLowerCase() === name.toLowerCase())
    return `Write </${own}>: in XML upper and lower case are different names.`;
  if (own.endsWith(`:${name}`)) return `Write </${own}> with its prefix.`;
  if (name.endsWith(`:${own}`)) return `Write <${name}> with its prefix where it is opened.`;
  if (open.some((one) => one.name === name))
    return `Close what was opened last first: </${own}> belongs before </${name}>.`;
  return `Put </${own}> before it, or take </${name}> out.`;
}

/** For a closing tag that is not the one of the element opened last. `open`: what is open, outermost first. */
export function wrongClose(source: string, open: readonly Opened[], name: string, at: number): ContentError {
  const last = open.at(-1);
  if (!last) {
    const fix = VOID.has(name.toLowerCase())
      ? `Write <${name} /> alone: it has no closing tag.`
      : `Take it out, or put <${name}> where it starts.`;
    return malformed(source, at, `</${name}> closes nothing: no element is open here`, fix);
  }
  if (VOID.has(name.toLowerCase()) && !open.some((one) => one.name === name)) {
    return malformed(
      source,
      at,
      `</${name}> where </${last.name}> was expected`,
      `Write <${name} /> alone: it has no closing tag.`,
    );
  }
  const fix = voidFix(last.name);
  // What is wrong is the tag that was left open, not the one that shows it.
  if (fix !== null) {
    return malformed(
      source,
      last.start,
      `<${last.name}> is never closed (</${name}> at ${placeName(source, at)} comes first)`,
      fix,
    );
  }
  return malformed(
    source,
    at,
    `</${name}> where </${last.name}> was expected (opened at ${placeName(source, last.start)})`,
    fixOf(name, open, last),
  );
}
