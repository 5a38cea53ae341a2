import { decodeHTML } from 'entities';
import { ContentError, type MarkdownView, mentions, toMarkdown, type ViewOptions } from '#lib/content';

/** Where a stored body is no well-formed storage format. Confluence holds such bodies now and then. */
export type BodyProblem = { message: string; line: number; column: number };

/** The problem that an error of the content room tells of, or null where it is about something else. */
export function problemOf(error: unknown): BodyProblem | null {
  if (!(error instanceof ContentError)) return null;
  const { line, column } = error.data ?? {};
  return typeof line === 'number' && typeof column === 'number'
    ? { message: error.message, line, column }
    : null;
}

/** What `read` gives, or the problem of a malformed body. Other errors pass. */
export function orProblem<T>(
  read: () => T,
): { value: T; problem: null } | { value: null; problem: BodyProblem } {
  try {
    return { value: read(), problem: null };
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return { value: null, problem };
  }
}

/** The words of a body that cannot be parsed: tags out, what stands in CDATA kept. */
export function tagless(storage: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = storage.indexOf('<![CDATA['); open !== -1; open = storage.indexOf('<![CDATA[', at)) {
    const close = storage.indexOf(']]>', open);
    if (close === -1) break;
    parts.push(untagged(storage.slice(at, open)), storage.slice(open + 9, close));
    at = close + 3;
  }
  parts.push(untagged(storage.slice(at)));
  return parts
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

const untagged = (text: string): string =>
  decodeHTML(
    text.replace(/<(\/?)([\w:]+)[^<>]*>/g, (_tag, _end, name: string) =>
      /^(?:strong|em|b|i|u|s|code|span|a|sub|sup|ac:inline-comment-marker)$/.test(name) ? '' : '\n',
    ),
  );

/** A body as Markdown. Of a malformed one its words, and where it is malformed; reading never fails for that. */
export function readableMarkdown(
  storage: string,
  options: ViewOptions = {},
): Pick<MarkdownView, 'markdown' | 'notRendered'> & { problem: BodyProblem | null } {
  const view = orProblem(() => toMarkdown(storage, options));
  if (view.problem === null) return { ...view.value, problem: null };
  return { markdown: tagless(storage), notRendered: [], problem: view.problem };
}

/** The people a body mentions; none where it is malformed. */
export const mentionsIn = (storage: string): string[] => orProblem(() => mentions(storage)).value ?? [];
