import type { Part, Source } from '#lib/wire';

type ToolPart = Extract<Part, { type: 'tool' }>;
export type Group =
  | { id: string; kind: 'tools'; parts: ToolPart[] }
  | { id: string; kind: 'part'; part: Exclude<Part, ToolPart> };

/** Parts in their order, with tool calls in a row gathered. Ids stay the same while an answer grows. */
export function groupParts(parts: readonly Part[]): Group[] {
  const groups: Group[] = [];
  for (const [at, part] of parts.entries()) {
    const last = groups.at(-1);
    if (part.type !== 'tool') groups.push({ id: `${at} ${part.type}`, kind: 'part', part });
    else if (last?.kind === 'tools') last.parts.push(part);
    else groups.push({ id: `${at} tools`, kind: 'tools', parts: [part] });
  }
  return groups;
}

/** The answer as text with its sources, for copying. */
export function answerText(parts: readonly Part[]): string {
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])).join('\n\n');
  const sources: Source[] = parts.flatMap((part) => (part.type === 'sources' ? part.sources : []));
  if (sources.length === 0) return text;
  const lines = sources.map(({ title, url }) => (url === null ? `- ${title}` : `- [${title}](${url})`));
  return `${text}\n\nSources:\n${lines.join('\n')}`;
}
