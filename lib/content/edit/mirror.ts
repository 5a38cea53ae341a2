import { ContentError } from '../content-error.ts';
import { childElement, collapse } from '../parse/elements.ts';
import type { ElementNode, LeafNode, StorageDoc, StorageNode } from '../parse/parse.ts';
import type { Change } from './change.ts';

/** An `ac:adf-extension` that says the same twice: in its nodes, and in what Confluence keeps for old readers. */
type Extension = { element: ElementNode; fallback: ElementNode; outer: Extension | null };

const known = new WeakMap<StorageDoc, Extension[]>();

function extensionsOf(doc: StorageDoc): Extension[] {
  const cached = known.get(doc);
  if (cached) return cached;
  const found: Extension[] = [];
  let outer: Extension | null = null;
  for (const element of doc.nodes) {
    if (element.type !== 'element' || element.name !== 'ac:adf-extension') continue;
    const fallback = childElement(element, 'ac:adf-fallback');
    while (outer && outer.element.end <= element.start) outer = outer.outer;
    if (!fallback || fallback.children.length === 0) continue;
    outer = { element, fallback, outer };
    found.push(outer);
  }
  known.set(doc, found);
  return found;
}

/** The last extension that begins before an offset; the ones around it are its `outer` ones. */
function innermost(doc: StorageDoc, offset: number): Extension | null {
  const all = extensionsOf(doc);
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.element.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return all[low - 1] ?? null;
}

const MAX_CLIMB = 30;

/** The elements around a change inside an extension's nodes, outermost first. */
function around(extension: ElementNode, change: Change): ElementNode[] {
  const chain: ElementNode[] = [];
  let inner: StorageNode | undefined = extension;
  while (inner?.type === 'element' && chain.length < MAX_CLIMB) {
    if (inner !== extension) chain.push(inner);
    inner = inner.children.find(
      (child) =>
        child.type === 'element' &&
        child.name !== 'ac:adf-fallback' &&
        child.openEnd <= change.start &&
        change.end <= child.closeStart,
    );
  }
  return chain;
}

function onlyPlace(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  return at !== -1 && text.indexOf(wanted, at + 1) === -1 ? at : -1;
}

/** Source without the ids that only the first of the two has; `map` gives the offset of each character, and of the end. */
function withoutIds(source: string, start: number, end: number): { text: string; map: number[] } {
  const raw = source.slice(start, end);
  const parts: string[] = [];
  const map: number[] = [];
  let done = 0;
  const keep = (to: number): void => {
    parts.push(raw.slice(done, to));
    for (let at = done; at < to; at += 1) map.push(start + at);
  };
  for (const match of raw.matchAll(/ (?:ac:)?local-id="[^"]*"/g)) {
    keep(match.index);
    done = match.index + match[0].length;
  }
  keep(raw.length);
  map.push(end);
  return { text: parts.join(''), map };
}

/** Characters compared for one page. */
const compared = new WeakMap<StorageDoc, number>();
const MAX_COMPARED = 200_000_000;

/** Each change in a part that is kept twice means a look through both: many in a large one are too many. */
function checkWork(doc: StorageDoc, { element }: Extension): void {
  const work = (compared.get(doc) ?? 0) + element.end - element.start;
  compared.set(doc, work);
  if (work < MAX_COMPARED) return;
  throw new ContentError('There are too many changes in parts of the page that Confluence keeps twice.', {
    code: 'too_large',
    next: 'Make them in several edits.',
  });
}

/** The change where the fallback has the bytes around it word for word, ids aside. */
function byBytes(doc: StorageDoc, { element, fallback }: Extension, change: Change): Change | null {
  const { source } = doc;
  const shown = withoutIds(source, element.openEnd, fallback.start).text;
  const kept = withoutIds(source, fallback.openEnd, fallback.closeStart);
  for (const one of around(element, change)) {
    const ranges = [
      { start: one.start, end: one.end },
      { start: one.openEnd, end: one.closeStart },
    ];
    for (const { start, end } of ranges) {
      const own = withoutIds(source, start, end);
      if (own.text.trim() === '' || onlyPlace(shown, own.text) === -1) continue;
      const at = onlyPlace(kept.text, own.text);
      const [from, to] = [own.map.indexOf(change.start), own.map.indexOf(change.end)];
      const [first, last] = [kept.map[at + from], kept.map[at + to]];
      if (at === -1 || from === -1 || to === -1 || first === undefined || last === undefined) continue;
      return { start: first, end: last, text: change.text };
    }
  }
  return null;
}

function textsIn(doc: StorageDoc, from: number, to: number): LeafNode[] {
  const found: LeafNode[] = [];
  for (let i = from; i < to; i += 1) {
    const node = doc.nodes[i];
    if (node?.type === 'element' && /^ac:(?:adf-fallback|adf-attribute)$/.test(node.name)) i = node.last - 1;
    else if (node && (node.type === 'text' || node.type === 'cdata') && node.text.trim() !== '')
      found.push(node);
  }
  return found;
}

/** The change where the fallback has the same texts in the same order, in other markup. */
function byTexts(doc: StorageDoc, { element, fallback }: Extension, change: Change): Change | null {
  const shown = textsIn(doc, element.index + 1, fallback.index);
  const kept = textsIn(doc, fallback.index + 1, fallback.last);
  const at = shown.findIndex((node) => node.start <= change.start && change.end <= node.end);
  const [own, other] = [shown[at], kept[at]];
  const same =
    shown.length === kept.length &&
    shown.every((node, i) => collapse(node.text) === collapse(kept[i]?.text ?? ''));
  if (!own || !other || !same || own.type !== 'text' || other.type !== 'text') return null;
  const { source } = doc;
  const next = source.slice(own.start, change.start) + change.text + source.slice(change.end, own.end);
  const old = source.slice(other.start, other.end);
  const [head, tail] = [/^\s*/.exec(old)?.[0] ?? '', /(?<!\s)\s*$/.exec(old)?.[0] ?? ''];
  return { start: other.start + head.length, end: other.end - tail.length, text: next.trim() };
}

/**
 * What else must change with a change inside an `ac:adf-extension`, such as a panel of the new editor: Confluence
 * keeps its content a second time for old readers, and the two must go on saying the same.
 *
 * @throws ContentError `not_possible` where it is not clear what in the second one is meant
 */
export function mirrored(doc: StorageDoc, change: Change): Change[] {
  const found: Change[] = [];
  for (let extension = innermost(doc, change.start); extension; extension = extension.outer) {
    const { element, fallback } = extension;
    const touches = element.start < change.start && change.end < element.end;
    const copy = fallback.start < change.start && change.end < fallback.end;
    if (!touches || copy) continue;
    checkWork(doc, extension);
    const other = byBytes(doc, extension, change) ?? byTexts(doc, extension, change);
    if (other === null) {
      throw new ContentError(
        'Confluence keeps this part of the page twice (for its new and its old editor), and it is not clear what the change would be in the second one.',
        { code: 'not_possible', next: 'Replace the whole block with storage that holds both.' },
      );
    }
    found.push(other);
  }
  return found;
}
