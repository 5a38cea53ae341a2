import { endingIn, type Item, type Page, type Result } from './reading.ts';
import { tidy } from './tidy.ts';

const longest = 8_000;

/** A Markdown link; without an address the title alone. */
export const linked = (title: string, url: string | null): string => {
  const safe = title.replace(/([[\]])/g, '\\$1');
  return url === null ? safe : `[${safe}](${url})`;
};

/** Page text inside an answer, in plain Markdown; cut when very long. */
export function quotedBody(page: Page): string {
  const body = tidy(page.body);
  return body.length <= longest
    ? body
    : `${body.slice(0, body.lastIndexOf('\n', longest))}\n\n… The rest is on ${linked(page.title, page.url)}.`;
}

export const pageHead = (page: Page): string =>
  `**${linked(page.title, page.url)}** · ${page.space} · version ${page.version}${page.lastEdited === null ? '' : ` · last edited ${page.lastEdited} by ${page.lastEditor}`}`;

export function itemLine(item: Item): string {
  const facts = [
    item.kind,
    item.space ?? (item.key === null ? null : `key ${item.key}`),
    item.edited === null ? null : `last edited ${item.edited}`,
  ];
  return `${linked(item.title, item.url)} · ${facts.filter((fact) => fact !== null).join(' · ')}`;
}

/** The text of a result, for people: as the tool wrote it, shortened. */
export function asGiven(result: Result): string {
  const text = result.text
    .replace(/\n\nItems:\n[\s\S]*$/, '')
    .replace(/\n\nMore results follow: .*$/s, '\n\nThere are more than these.');
  return text.length <= longest ? text : `${text.slice(0, text.lastIndexOf('\n', longest))}\n…`;
}

/** What is said when a call failed: what, why, what next, and candidates if there are some. */
export function failure(result: Result): string {
  const [first = '', ...rest] = result.text.split('\n');
  const message = first.replace(/^Error \(\w+\): /, '');
  const next = rest.find((line) => line.startsWith('Next: '))?.slice(6);
  const choices = candidates(rest.join('\n'));
  return [
    `That did not work: ${message}`,
    ...(next === undefined ? [] : [next]),
    ...(choices.length === 0 ? [] : [choices.join('\n')]),
  ].join('\n\n');
}

function candidates(text: string): string[] {
  const json = /\{.*\}/s.exec(text)?.[0];
  if (json === undefined) return [];
  try {
    const data = JSON.parse(json) as Record<string, unknown>;
    const list = [data.candidates, data.near, data.suggestions].find(Array.isArray) as unknown[] | undefined;
    return (list ?? []).slice(0, 8).map((one) => {
      if (typeof one !== 'object' || one === null) return `- ${String(one)}`;
      const { title, name, url, space, id } = one as Record<string, unknown>;
      const where = [space, id].filter((fact) => typeof fact === 'string').join(', ');
      return `- ${linked(String(title ?? name ?? id), typeof url === 'string' ? url : null)}${where === '' ? '' : ` (${where})`}`;
    });
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** What is said after a decision about a write; null while there is none. */
export function outcome(result: Result): string | null {
  if (result.text.startsWith('Nothing needs to change.')) return result.text;
  const ending = endingIn(result.text);
  if (ending === null) return null;
  const page = ending.page?.startsWith('[') ? `\n\n${ending.page}` : '';
  if (ending.kind === 'applied') {
    const check = ending.detail.replace(/^Applied(?: and verified by reading it back)?[:.]?\s*/, '');
    return `Applied: ${ending.title}. ${check}${page}`.trim();
  }
  if (ending.kind === 'alarm')
    return ending.detail.startsWith('ALARM')
      ? `Something went wrong: ${ending.title} was written, but Confluence does not hold what you approved. The card above says what differs, and one click on it brings the version before back.${page}`
      : `${ending.title} was written, but it could not be read back, so I cannot say how it is now. Press Check again on the card above.${page}`;
  if (ending.kind === 'undone') return `Undone: ${ending.title}.${page}`;
  if (ending.kind === 'not_applied') {
    // Both versions stand on the card above.
    const detail = ending.detail.replace(/\nTheir change, there now:[\s\S]*$/, '');
    return /^(?:Not applied|It is not known)/.test(detail) ? detail : `Not applied: ${detail}`;
  }
  const reason = /saying: "([\s\S]*?)"\. Nothing was written/.exec(ending.detail)?.[1];
  return reason === undefined
    ? `Not applied: you declined “${ending.title}”. Nothing was written, and I will not propose it again unless you ask.`
    : `Not applied: you said “${reason}”. Nothing was written, and I will not propose the same again. Tell me what should be different, in one message, and I prepare that instead.`;
}
