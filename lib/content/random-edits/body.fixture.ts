import { type Block, outline } from '../blocks/blocks.ts';
import { corpus } from '../corpus/corpus.fixture.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import {
  attribute,
  type ScannedTable,
  type Span,
  scan,
  type Tag,
  tableOf,
  within,
  wordsIn,
} from './scan.fixture.ts';

/** A body with what an edit can be about, found by the outline and the second reader. */
export type Body = {
  name: string;
  storage: string;
  blocks: Block[];
  tags: Tag[];
  words: (Span & { text: string })[];
  tables: { table: ScannedTable; block: Block }[];
  tasks: Tag[];
  macros: Tag[];
  extensions: Tag[];
};

const fallback = /^ac:adf-fallback$/;

export function bodyOf(name: string, storage: string): Body {
  const tags = scan(storage);
  const blocks = outline(storage);
  const shown = tags.filter((tag) => !within(tag, fallback));
  const named = (wanted: string): Tag[] => shown.filter((tag) => tag.name === wanted);
  return {
    name,
    storage,
    blocks,
    tags,
    words: wordsIn(storage, tags),
    tables: named('table').flatMap((tag) => {
      const block = blocks.find((one) => one.kind === 'table' && one.start === tag.start);
      return block && !within(tag, /^ac:adf-extension$/) ? [{ table: tableOf(tag), block }] : [];
    }),
    tasks: named('ac:task'),
    macros: shown.filter((tag) => /^ac:(?:structured-)?macro$/.test(tag.name)),
    extensions: tags.filter((tag) => tag.name === 'ac:adf-extension'),
  };
}

/** The copy for old readers of what holds a place, which changes with it. */
export function copiesOf(body: Body, place: Span): Span[] {
  return body.extensions
    .filter((one) => one.start <= place.start && place.end <= one.end)
    .flatMap((one) => one.kids.filter((kid) => fallback.test(kid.name)));
}

export const parametersOf = (macro: Tag): Tag[] => macro.kids.filter(({ name }) => name === 'ac:parameter');
export const macroName = (macro: Tag): string => attribute(macro, 'ac:name') ?? '';

/** The blocks of a heading's section: those after it at its depth, up to the next of its level or above. */
export function sectionOf(body: Body, heading: Block): Block[] {
  const rest = body.blocks.slice(body.blocks.indexOf(heading) + 1);
  const end = rest.findIndex(
    (one) =>
      one.depth < heading.depth ||
      (one.depth === heading.depth && one.kind === 'heading' && (one.level ?? 6) <= (heading.level ?? 6)),
  );
  const section = end === -1 ? rest : rest.slice(0, end);
  // A cell or panel beside the heading's own is not its section.
  const outside = section.findIndex((one) => one.depth === heading.depth && !sameParent(body, heading, one));
  return outside === -1 ? section : section.slice(0, outside);
}

function sameParent(body: Body, a: Block, b: Block): boolean {
  return parentOf(body, a) === parentOf(body, b);
}

export function parentOf(body: Body, block: Block): Block | null {
  return (
    body.blocks.findLast(
      (one) =>
        one.depth === block.depth - 1 && one.start <= block.start && block.end <= one.end && one !== block,
    ) ?? null
  );
}

export const kidsOf = (body: Body, block: Block): Block[] =>
  body.blocks.filter(
    (one) => one.depth === block.depth + 1 && one.start >= block.start && one.end <= block.end,
  );

const LARGE = 12_000;

let made: { small: Body[]; large: Body[] } | null = null;

/** The corpus and the practice site. Large ones apart, for an edit of them takes as long as a thousand others. */
export function bodies(): { small: Body[]; large: Body[] } {
  made ??= {
    small: [
      ...corpus
        .filter(({ storage }) => storage.length <= LARGE)
        .map(({ name, storage }) => bodyOf(name, storage)),
      ...demoBodies().map((storage, at) => bodyOf(`demo ${at}`, storage)),
    ],
    large: corpus
      .filter(({ storage }) => storage.length > LARGE && storage.length < 60_000)
      .map(({ name, storage }) => bodyOf(name, storage)),
  };
  return made;
}
