import { expect, test } from 'vitest';
import { corpus } from '../corpus/corpus.fixture.ts';
import { isBlank, isVolatile } from '../parse/elements.ts';
import { type ElementNode, parseStorage, type StorageDoc, type StorageNode } from '../parse/parse.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { verifyStorage } from './verify.ts';

type Splice = { from: number; to: number; with: string };

/** Attribute values that Confluence fills in where there are none. */
const FILLED =
  /^(?:start="1"|data-layout="default"|data-table-width="760"|(?:col|row)span="1"|ac:breakout-mode="default"|ac:(?:align|layout)="center")$/;
const UNCOMPARED = /^(?:ac:task-id|ac:task-uuid|col|colgroup)$/;
const HOLDERS = /^(?:li|td|th|blockquote|ac:task-body)$/;

function lies(node: StorageNode, pattern: RegExp): boolean {
  for (let at: StorageNode | null = node; at; at = at.parent)
    if (at.type === 'element' && pattern.test(at.name)) return true;
  return false;
}

/** Paragraphs, spans and parts of tables that Confluence puts around what was sent. */
function isWrapper(element: ElementNode): boolean {
  if (element.name === 'tbody') return element.attributes.length === 0;
  return (
    (element.name === 'p' || element.name === 'span') &&
    element.parent !== null &&
    HOLDERS.test(element.parent.name)
  );
}

const isEmpty = (doc: StorageDoc, element: ElementNode): boolean =>
  doc.nodes.slice(element.index + 1, element.last).every(isBlank);

/** Every way to spoil one node so that it matters to a reader, an author or a macro. */
const ways: Record<string, (doc: StorageDoc, node: StorageNode) => Splice | null> = {
  'an element is lost': (doc, node) => {
    if (node.type !== 'element' || (isWrapper(node) && isEmpty(doc, node))) return null;
    return { from: node.start, to: node.end, with: '' };
  },
  'an element loses its tags': (_doc, node) => {
    if (node.type !== 'element' || node.selfClosing || isWrapper(node)) return null;
    return { from: node.start, to: node.end, with: _doc.source.slice(node.openEnd, node.closeStart) };
  },
  'an element is there twice': (doc, node) =>
    node.type === 'element' && !(isWrapper(node) && isEmpty(doc, node))
      ? { from: node.end, to: node.end, with: doc.source.slice(node.start, node.end) }
      : null,
  'a text is lost': (_doc, node) =>
    (node.type === 'text' || node.type === 'cdata') && node.text.trim() !== ''
      ? { from: node.start, to: node.end, with: '' }
      : null,
  'a text is longer': (_doc, node) =>
    (node.type === 'text' && !isBlank(node)) || node.type === 'cdata'
      ? { from: node.start, to: node.start, with: node.type === 'text' ? 'q' : '<![CDATA[q]]>' }
      : null,
  'a text breaks off': (_doc, node) => {
    if (node.type !== 'text' || isBlank(node)) return null;
    const raw = _doc.source.slice(node.start, node.end);
    const last = /[\p{L}\p{N}](?=\s*$)/u.exec(raw);
    return last
      ? { from: node.start + last.index, to: node.start + last.index + last[0].length, with: '' }
      : null;
  },
  'a comment is lost': (_doc, node) =>
    node.type === 'comment' ? { from: node.start, to: node.end, with: '' } : null,
};

function attributeWays(node: StorageNode, random: Random): Record<string, Splice | null> {
  if (node.type !== 'element' || node.attributes.length === 0) return {};
  const one = node.attributes[random(node.attributes.length)];
  if (!one || isVolatile(one.name) || one.name === 'ac:task-list-id') return {};
  if (node.name === 'span' && one.value === 'placeholder-inline-tasks') return {};
  const from = one.start - one.name.length - 2;
  return {
    'a value is another': { from: one.end, to: one.end, with: 'q' },
    ...(FILLED.test(`${one.name}="${one.value}"`) || one.value.trim() === ''
      ? {}
      : { 'an attribute is lost': { from, to: one.end + 1, with: '' } }),
  };
}

function isWellFormed(storage: string): boolean {
  try {
    parseStorage(storage);
    return true;
  } catch {
    return false;
  }
}

test('damage of any one node, attribute or text is told, and the block is named', {
  timeout: 240_000,
}, () => {
  const bodies = [...demoBodies(), ...corpus.map(({ storage }) => storage)].filter(
    (storage) => storage.length < 30_000 && isWellFormed(storage),
  );
  const random = randomFrom(20_261_120);
  const done = new Map<string, number>();
  for (const storage of bodies) {
    const doc = parseStorage(storage);
    if (doc.nodes.length === 0) continue;
    for (let round = 0; round < 2; round += 1) {
      const node = doc.nodes[random(doc.nodes.length)];
      if (!node || lies(node, UNCOMPARED)) continue;
      const splices = {
        ...Object.fromEntries(Object.entries(ways).map(([name, make]) => [name, make(doc, node)])),
        ...attributeWays(node, random),
      };
      for (const [name, splice] of Object.entries(splices)) {
        if (!splice) continue;
        const damaged = storage.slice(0, splice.from) + splice.with + storage.slice(splice.to);
        if (!isWellFormed(damaged)) continue;
        const result = verifyStorage(storage, storage, damaged);
        const where = `${name}: ${storage.slice(Math.max(0, splice.from - 80), splice.to + 80)} -> ${splice.with}`;
        expect(result.ok, where).toBe(false);
        expect(result.details.length, where).toBeGreaterThan(0);
        expect(result.details[0], where).toMatch(/^(?:Not|On the saved page)/);
        expect(result.diff, where).not.toBeNull();
        done.set(name, (done.get(name) ?? 0) + 1);
      }
    }
  }
  expect([...done.keys()].toSorted()).toEqual(
    [...Object.keys(ways), 'a value is another', 'an attribute is lost'].toSorted(),
  );
  expect([...done.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2500);
});
