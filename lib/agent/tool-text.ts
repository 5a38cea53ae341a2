import { ConfabError, type ErrorView, toErrorView } from '#errors';
import type { Executed } from '#lib/router';
import type { Source } from '#lib/wire';
import { fence } from './fence.ts';

type ReadResult = Extract<Executed, { kind: 'read' }>['result'];

/** What a model is given for a read: page text fenced, ids and links of all items included. `note`: what was left out, in our words. */
export function readText(result: ReadResult, note: string | null): string {
  const after = note === null ? '' : `\n${note}`;
  if (!result.untrusted) return `${result.text}${after}`;
  // Of a text that goes on elsewhere, what is not named here is named there.
  const missing =
    note === null ? result.sources.filter((source) => !result.text.includes(source.id)).slice(0, 25) : [];
  const items = missing.length === 0 ? '' : `\n\nItems:\n${missing.map(sourceLine).join('\n')}`;
  return `${fence(`${result.text}${items}`)}${after}`;
}

/** `- [Title](url) · page · Engineering (ENG) · id 12 · v3` */
function sourceLine(source: Source): string {
  const title = source.title.replace(/\s+/g, ' ').replace(/([[\]\\])/g, '\\$1');
  const facts = [
    source.kind.replace('_', ' '),
    ...(source.space === null ? [] : [`${source.space.name} (${source.space.key})`]),
    `id ${source.id}`,
    ...(source.version === null ? [] : [`v${source.version}`]),
    ...(source.updatedAt === null
      ? []
      : [
          `edited ${source.updatedAt.slice(0, 10)}${source.updatedBy === null ? '' : ` by ${source.updatedBy}`}`,
        ]),
  ];
  return `- ${source.url === null ? title : `[${title}](${source.url})`} · ${facts.join(' · ')}`;
}

/** What a model is told when a call failed: the code, what, what next, and candidates (page titles: fenced). */
export function errorText(error: unknown): { text: string; view: ErrorView } {
  const view = toErrorView(error);
  const data = view.data === undefined ? '' : `\n${fence(JSON.stringify(view.data))}`;
  const next = view.next === null ? '' : `\nNext: ${view.next}`;
  const wait = view.retryAfterSeconds === undefined ? '' : `\nRetry after ${view.retryAfterSeconds} s.`;
  return { text: `Error (${view.code}): ${view.message}${next}${wait}${data}`, view };
}

export const isOurs = (error: unknown): error is ConfabError => error instanceof ConfabError;
