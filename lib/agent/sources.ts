import type { Part, Source } from '#lib/wire';

const most = 8;
const reading = new Set(['read_page', 'read_blog_post', 'get_content', 'fetch']);
const listed = new Set<Source['kind']>(['page', 'blog_post', 'comment', 'attachment', 'other']);

/**
 * The pages an answer rests on: those it read, then those it names by link or title. Only what tools really
 * returned can appear; at most eight.
 */
export function sourcesOf(parts: readonly Part[]): Source[] {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const said = text.toLowerCase();
  const cited = (source: Source): boolean =>
    (source.url !== null && text.includes(source.url)) ||
    (source.title.length > 3 && said.includes(source.title.toLowerCase()));
  const tools = parts.filter((part) => part.type === 'tool').filter((part) => part.state === 'done');
  const read = tools.filter((part) => reading.has(part.name)).flatMap((part) => part.sources.slice(0, 1));
  const found = new Map<string, Source>();
  for (const source of [...read, ...tools.flatMap((part) => part.sources).filter(cited)]) {
    const known = `${source.kind} ${source.id}`;
    if (listed.has(source.kind) && source.url !== null && !found.has(known)) found.set(known, source);
  }
  return [...found.values()].slice(0, most);
}
