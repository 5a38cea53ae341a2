import type { ContentError } from '../content-error.ts';
import { xhtmlEntities } from './data/xhtml-entities.ts';
import { referenceAt } from './entities.ts';
import { malformed } from './malformed.ts';
import type { StorageDoc, StorageNode } from './parse.ts';

/** Prefixes that need no declaration in a body. */
const PREFIXES = new Set(['ac', 'ri', 'at', 'xml', 'xmlns']);
const NAMED = /&([A-Za-z]\w*);/g;

/** Prefixes that the body itself declares; where in it is not looked at. */
function declared(doc: StorageDoc): Set<string> {
  const own = new Set<string>();
  for (const node of doc.nodes) {
    if (node.type !== 'element') continue;
    for (const { name } of node.attributes) if (name.startsWith('xmlns:')) own.add(name.slice(6));
  }
  return own;
}

function badName(doc: StorageDoc, name: string, at: number): ContentError | null {
  const [prefix = '', local, ...more] = name.split(':');
  if (local === undefined || (PREFIXES.has(prefix) && local !== '' && more.length === 0)) return null;
  if (more.length === 0 && local !== '' && declared(doc).has(prefix)) return null;
  return malformed(
    doc.source,
    at,
    `the name ${name} has a prefix Confluence does not know`,
    'The prefixes are ac:, ri: and at:. Text with a colon goes into a value or between tags.',
  );
}

function checkNames(doc: StorageDoc): void {
  // Names recur: each is looked at once.
  const seen = new Set<string>();
  const check = (name: string, at: number): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const error = name.includes(':') ? badName(doc, name, at) : null;
    if (error) throw error;
  };
  for (const node of doc.nodes) {
    if (node.type !== 'element') continue;
    check(node.name, node.start);
    for (const { name, start } of node.attributes) check(name, start);
  }
}

/** The node an offset is in: the last that starts at or before it. */
function nodeAt(doc: StorageDoc, offset: number): StorageNode | undefined {
  let [low, high] = [0, doc.nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((doc.nodes[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return doc.nodes[low - 1];
}

function checkEntities(doc: StorageDoc): void {
  const { source } = doc;
  for (const match of source.matchAll(NAMED)) {
    const [whole, name = ''] = match;
    if (xhtmlEntities.has(name)) continue;
    const node = nodeAt(doc, match.index);
    // In code and comments it is text.
    if (node && node.type !== 'text' && node.type !== 'element') continue;
    const character = referenceAt(source, match.index)?.text ?? '';
    throw malformed(
      source,
      match.index,
      `the entity ${whole} is not one Confluence knows`,
      `Write the character itself: ${character}`,
    );
  }
}

const accepted = new WeakSet<StorageDoc>();

/**
 * Refuses what is well-formed and Confluence refuses all the same: prefixes other than ac, ri and at that are not
 * declared, names with two colons, and entities of HTML that XHTML 1.0 has not (its parser is namespace-aware and
 * knows the XHTML entity sets only).
 *
 * @throws ContentError with line and column
 */
export function checkAccepted(doc: StorageDoc): void {
  if (accepted.has(doc)) return;
  checkNames(doc);
  checkEntities(doc);
  accepted.add(doc);
}
