import type { RootContent } from 'mdast';
import { coverage, similarity, wordsOf } from '../../diff/similar.ts';

/** What a block is like: blocks of one shape may be versions of each other. */
export type Sketch = {
  shape: string;
  /** The `#id` that its first line names. */
  id: string | null;
  words(): Map<string, number>;
};

const LIST = /^(?:[-*+]|\d{1,9}[.)])(?=\s|$)/;
const TASK = /^[-*+] \[[ xX]\]/;

/** The shape of a block from its Markdown. */
function shapeOf(first: string): string {
  if (/^#{1,6}(?=\s|$)/.test(first)) return 'heading';
  const fence = /^:{3,}\s*([\w-]+)/.exec(first)?.[1];
  if (fence !== undefined) return fence === 'table' ? 'table' : `fence ${fence.toLowerCase()}`;
  if (first.startsWith('|')) return 'table';
  if (/^(?:`{3}|~{3})/.test(first)) return 'code';
  if (TASK.test(first)) return 'tasks';
  if (LIST.test(first)) return 'list';
  if (first.startsWith('>')) return 'quote';
  if (/^!\[/.test(first)) return 'image';
  if (/^\{\{(?:macro|element):/.test(first)) return 'placeholder';
  return 'paragraph';
}

/** Words are counted only where somebody compares them. */
export function lazyWords(text: string): () => Map<string, number> {
  let words: Map<string, number> | null = null;
  return () => {
    words ??= wordsOf(text);
    return words;
  };
}

const firstLine = (markdown: string): string => markdown.slice(0, 20_000).split('\n', 1)[0] ?? '';

function sketch(markdown: string, shape: string): Sketch {
  const first = firstLine(markdown);
  const id = /#([\w.-]+)\s*\}{1,2}\s*$/.exec(first)?.[1] ?? null;
  const named = shape.startsWith('fence') || shape === 'placeholder' || shape === 'code' || shape === 'table';
  return { shape, id: named ? id : null, words: lazyWords(markdown) };
}

export function shapeOfMarkdown(markdown: string): Sketch {
  return sketch(markdown, shapeOf(firstLine(markdown)));
}

const NODE_SHAPES: Partial<Record<RootContent['type'], string>> = {
  heading: 'heading',
  table: 'table',
  code: 'code',
  blockquote: 'quote',
};

export function shapeOfNode(node: RootContent, source: string): Sketch {
  const known =
    node.type === 'list'
      ? typeof node.children[0]?.checked === 'boolean'
        ? 'tasks'
        : 'list'
      : NODE_SHAPES[node.type];
  const shape = known ?? shapeOf(firstLine(source));
  return sketch(source, shape);
}

/** 0 to 1: how likely one is a version of the other. */
export function alikeness(a: Sketch, b: Sketch): number {
  if (a.shape !== b.shape) return 0;
  if (a.id !== null && b.id !== null) return a.id === b.id ? 1 : 0;
  const [one, other] = [a.words(), b.words()];
  const part = one.size < other.size ? coverage(one, other) : coverage(other, one);
  return Math.max(similarity(one, other), part > 0.8 ? part / 2 : 0);
}
