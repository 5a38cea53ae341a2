import type { Block, Part, Section } from '#lib/content';
import { counted, oneLine } from '../render.ts';

/** Blocks of a part as lines: ids for edit_page, kinds, characters, first words. Of headings: characters of the section. */
export type OutlineLine = { line: string; block: Block; section: Section | null };

const names: Partial<Record<Block['kind'], [one: string, many: string]>> = {
  tasks: ['task list', 'task lists'],
  table: ['table', 'tables'],
  section: ['layout section', 'layout sections'],
  cell: ['layout cell', 'layout cells'],
  div: ['div', 'divs'],
  text: ['line of text', 'lines of text'],
  comment: ['source comment', 'source comments'],
  pre: ['preformatted', 'preformatted'],
  code: ['code', 'code'],
  other: ['other', 'other'],
};

/** `40 headings, 180 paragraphs, 2 macro:jira`. */
export function kindCounts(blocks: readonly Block[]): { what: string; count: number }[] {
  const counts = new Map<string, { block: Block; count: number }>();
  for (const block of blocks) {
    const key = block.kind === 'macro' ? `macro:${block.macro ?? ''}` : block.kind;
    const found = counts.get(key) ?? { block, count: 0 };
    found.count += 1;
    counts.set(key, found);
  }
  return [...counts.entries()]
    .map(([key, { block, count }]) => {
      const [one, many] = names[block.kind] ?? [key, block.kind === 'macro' ? key : `${key}s`];
      return { what: oneLine(count === 1 ? one : many), count };
    })
    .toSorted((a, b) => b.count - a.count);
}

/** `312 blocks, 184000 characters: 40 headings, 180 paragraphs.` */
export function summaryOf({ blocks }: Part): string {
  const chars = blocks
    .filter((block) => block.depth === blocks[0]?.depth)
    .reduce((sum, block) => sum + block.chars, 0);
  const kinds = kindCounts(blocks);
  const shown = kinds.slice(0, 12).map(({ what, count }) => `${count} ${what}`);
  const more = kinds.length > 12 ? `, ${kinds.length - 12} other kinds` : '';
  return `${counted(blocks.length, 'block')}, ${chars} characters${shown.length === 0 ? '' : `: ${shown.join(', ')}${more}`}.`;
}

const short = (text: string, most: number): string => {
  const points = [...oneLine(text)];
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('');
};

/** One line a block, indented by the blocks around it. */
export function outlineLines(part: Part): OutlineLine[] {
  const sections = new Map(part.sections.map((section) => [section.id, section]));
  const outer = part.blocks[0]?.depth ?? 0;
  return part.blocks.map((block) => {
    const section = block.kind === 'heading' ? (sections.get(block.id) ?? null) : null;
    const kind =
      block.kind === 'heading'
        ? `h${block.level}`
        : block.kind === 'macro'
          ? `macro:${oneLine(block.macro ?? '')}`
          : block.kind;
    const preview = short(block.preview, block.kind === 'heading' ? 80 : 60);
    return {
      line: `${'  '.repeat(Math.min(block.depth - outer, 12))}#${block.id} ${kind} ${section?.chars ?? block.chars}${preview === '' ? '' : ` ${preview}`}`,
      block,
      section,
    };
  });
}

const sectionLine = ({ title, headingPath, id, chars }: Section, outer: number, inner: number): string =>
  `${'  '.repeat(Math.min(Math.max(0, headingPath.length - outer), 5))}- ${short(title, 80)} #${id} ${chars}${inner === 0 ? '' : ` (+${inner} inside)`}`;

/** How many lines fit, at least one. */
export function fitting(lines: readonly string[], limit: number): number {
  let room = limit;
  let count = 0;
  for (const line of lines) {
    room -= line.length + 1;
    if (room < 0 && count > 0) break;
    count += 1;
  }
  return count;
}

/**
 * The headings of a part with the characters under each, in at most `limit` characters: the deepest levels are left
 * out first, counted with the heading they lie under.
 */
export function sectionLines(
  sections: readonly Section[],
  limit: number,
): { text: string; shown: Section[] } {
  const outer = Math.min(...sections.map(({ headingPath }) => headingPath.length));
  const deepest = Math.max(...sections.map(({ headingPath }) => headingPath.length));
  for (let depth = deepest; depth >= outer; depth -= 1) {
    const shown: Section[] = [];
    const inner: number[] = [];
    for (const section of sections) {
      if (section.headingPath.length <= depth) {
        shown.push(section);
        inner.push(0);
      } else inner[inner.length - 1] = (inner.at(-1) ?? 0) + 1;
    }
    const lines = shown.map((section, at) => sectionLine(section, outer, inner[at] ?? 0));
    const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (length <= limit) return { text: lines.join('\n'), shown };
    if (depth > outer) continue;
    const kept = fitting(lines, limit);
    return {
      text: `${lines.slice(0, kept).join('\n')}\n… and ${counted(lines.length - kept, 'more heading')}: format outline lists all blocks.`,
      shown: shown.slice(0, kept),
    };
  }
  return { text: '(none)', shown: [] };
}
