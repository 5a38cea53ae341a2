import { ContentError, positionOf } from '../content-error.ts';
import { isObject, MAX_ADF_DEPTH } from './document.ts';

const INLINE = new Set(
  'text hardBreak mention emoji date status inlineCard mediaInline inlineExtension placeholder'.split(' '),
);
const ONLY_INLINE = new Set(['paragraph', 'heading', 'codeBlock', 'taskItem', 'decisionItem', 'caption']);
/** What may stand in nodes that take one or two kinds only. */
const ONLY: Record<string, readonly string[]> = {
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  taskList: ['taskItem', 'blockTaskItem', 'taskList'],
  decisionList: ['decisionItem'],
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
  layoutSection: ['layoutColumn'],
  mediaSingle: ['media', 'caption'],
  mediaGroup: ['media'],
};

function wrong(path: string, what: string, cause?: unknown): ContentError {
  return new ContentError(
    `The body is no valid Atlassian document (ADF): ${path === '' ? 'the document' : path} ${what}.`,
    {
      next: 'Mend that node, or send Markdown instead. A document is {"version":1,"type":"doc","content":[block nodes]}.',
      data: { path },
      cause,
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = /position (\d+)/.exec(error.message)?.[1];
    const place = at === undefined ? null : positionOf(text, Number(at));
    throw wrong(
      '',
      `is not JSON${place === null ? '' : ` at line ${place.line}, column ${place.column}`}`,
      error,
    );
  }
}

/** Why a node may not stand in its parent, or null. Types this knows nothing of are let through: Confluence decides. */
function misplaced(type: string, parent: string): string | null {
  const only = ONLY[parent];
  if (only !== undefined && !only.includes(type))
    return `is a ${type}, and a ${parent} holds only ${only.join(' and ')}`;
  if (INLINE.has(type) && !ONLY_INLINE.has(parent) && KNOWN_BLOCKS.has(parent))
    return `is a ${type}, which stands in a line of text, not in a ${parent}: put it into a paragraph`;
  if (ONLY_INLINE.has(parent) && KNOWN_BLOCKS.has(type))
    return `is a ${type}, and a ${parent} holds only text`;
  return null;
}

const KNOWN_BLOCKS = new Set([
  'doc',
  'blockquote',
  'panel',
  'expand',
  'nestedExpand',
  'tableCell',
  'tableHeader',
  'listItem',
  'layoutColumn',
  'paragraph',
  'heading',
  'codeBlock',
  'rule',
  'bulletList',
  'orderedList',
  'table',
  'tableRow',
  'layoutSection',
  'taskList',
  'decisionList',
]);

type Visit = { value: unknown; path: string; parent: string; depth: number };

/** Checks one node and gives the nodes inside it. */
function visit({ value, path, parent, depth }: Visit): Visit[] {
  if (!isObject(value)) throw wrong(path, 'is no node: an object with a "type" is needed');
  const { type, content, text, marks, attrs } = value;
  if (typeof type !== 'string' || type === '') throw wrong(path, 'has no "type"');
  if (depth > MAX_ADF_DEPTH) throw wrong(path, `is nested more than ${MAX_ADF_DEPTH} levels deep`);
  if (path !== '' && type === 'doc') throw wrong(path, 'is a doc inside the document');
  const why = path === '' ? null : misplaced(type, parent);
  if (why !== null) throw wrong(path, why);
  if (type === 'text' && (typeof text !== 'string' || text === ''))
    throw wrong(path, 'is a text node without words: "text" must be a string that is not empty');
  if (attrs !== undefined && !isObject(attrs)) throw wrong(path, 'has "attrs" that are no object');
  if (
    marks !== undefined &&
    !(Array.isArray(marks) && marks.every((one) => isObject(one) && typeof one.type === 'string'))
  )
    throw wrong(path, 'has "marks" that are no list of {"type": ...}');
  if (content === undefined) return [];
  if (!Array.isArray(content)) throw wrong(path, 'has "content" that is no list');
  return content.map((one: unknown, at) => ({
    value: one,
    path: `${path === '' ? '' : `${path}.`}content[${at}]`,
    parent: type,
    depth: depth + 1,
  }));
}

/**
 * An Atlassian document as compact JSON, checked before Confluence sees it: it answers a broken one with little more
 * than "400". Node types and attributes that are not known here are left to Confluence.
 *
 * @throws ContentError with the path of the wrong node (`content[2].content[0]`), also in `data.path`
 */
export function checkAdf(text: string): string {
  const doc = parsed(text);
  if (!isObject(doc) || doc.type !== 'doc') throw wrong('', 'must be an object with "type": "doc"');
  if (doc.version !== 1) throw wrong('', 'must have "version": 1');
  if (!Array.isArray(doc.content)) throw wrong('', 'must have a "content" list');
  const stack: Visit[] = [{ value: doc, path: '', parent: '', depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const inside = visit(next);
    for (let at = inside.length - 1; at >= 0; at -= 1) stack.push(inside[at] as Visit);
  }
  return JSON.stringify(doc);
}
