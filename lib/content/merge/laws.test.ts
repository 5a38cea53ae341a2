import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { written } from '../corpus/corpus.fixture.ts';
import { normalForm } from '../normal.ts';
import { checkStorage, type ElementNode, parseStorage, type StorageNode } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { mergeStorage } from './merge.ts';

/** `source.slice(start, end)` becomes `text`. */
type Splice = { start: number; end: number; text: string };

const bodies = [...written.map(({ storage }) => storage), ...demoBodies()].filter(
  ({ length }) => length > 20 && length < 60_000,
);

const PARTS =
  /^(p|h[1-6]|li|tr|td|th|ul|ol|table|ac:task|ac:structured-macro|ac:image|ac:task-status|blockquote|strong|a|ac:link|ac:layout-section|ac:caption|pre)$/;

function splice(source: string, splices: Splice[]): string {
  let [text, at] = ['', 0];
  for (const one of splices) {
    text += source.slice(at, one.start) + one.text;
    at = one.end;
  }
  return text + source.slice(at);
}

const inOrder = (splices: Splice[]): Splice[] =>
  splices.toSorted((a, b) => a.start - b.start || a.end - b.end);

/** True where two splices concern the same bytes, or it is open which of them comes first. */
function meet(a: Splice, b: Splice): boolean {
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return Math.max(a.start, b.start) < Math.min(a.end, b.end);
}

const apart = (ours: Splice[], theirs: Splice[]): boolean =>
  ours.every((one) => theirs.every((two) => !meet(one, two)));

/** Random edits of elements and texts: gone, put in, copied with other words, moved, reworded. */
class Editor {
  private words = 0;
  private readonly random: Random;
  constructor(seed: number) {
    this.random = randomFrom(seed);
  }
  pick<T>(list: readonly T[]): T {
    return list[this.random(list.length)] as T;
  }
  fresh(): string {
    this.words += 1;
    return `w${this.words}x`;
  }
  private reworded(source: string): string {
    return source.replace(/>[^<>]*[A-Za-z][^<>]*</g, () => `>${this.fresh()} ${this.fresh()}<`);
  }
  private one(source: string, elements: ElementNode[], nodes: StorageNode[], top: StorageNode[]): Splice[] {
    const element = this.pick(elements);
    const { start, end } = element;
    const own = source.slice(start, end);
    const texts = nodes
      .slice(element.index, element.last)
      .filter(({ type, parent }) => type === 'text' && !/task-(id|uuid)/.test(parent?.name ?? ''))
      .filter((node) => node.type === 'text' && /\S/.test(node.text));
    const twins = (element.parent?.children ?? top).filter(
      (node) => node.type === 'element' && node !== element && node.name === element.name,
    );
    const words = this.reworded(own);
    // Equal copies may stand for one another, so that nothing can be said of them.
    const copy = (from: number, to: number): Splice[] =>
      words === own ? [] : [{ start: from, end: to, text: words }];
    const ways: (() => Splice[])[] = [
      () => [{ start, end, text: '' }],
      () => copy(end, end),
      () => copy(start, start),
      () => copy(start, end),
      () => {
        const twin = twins.length > 0 ? this.pick(twins) : null;
        return twin
          ? inOrder([
              { start, end, text: '' },
              { start: twin.end, end: twin.end, text: own },
            ])
          : [];
      },
      () => texts.slice(0, 1).map((text) => ({ start: text.end, end: text.end, text: ` ${this.fresh()}` })),
      () => texts.slice(-1).map((text) => ({ start: text.start, end: text.end, text: this.fresh() })),
    ];
    return this.pick(ways)();
  }
  edits(source: string): Splice[] {
    const doc = parseStorage(source);
    const elements = doc.nodes.filter(
      (node): node is ElementNode => node.type === 'element' && PARTS.test(node.name),
    );
    const made: Splice[] = [];
    for (let times = 1 + this.random(3); times > 0 && elements.length > 0; times -= 1) {
      const more = this.one(source, elements, doc.nodes, doc.children);
      if (apart(more, made)) made.push(...more);
    }
    return inOrder(made);
  }
}

const form = (storage: string): string => {
  const doc = parseStorage(storage);
  return normalForm(doc, doc.children);
};

function wordsOf(storage: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const word of form(storage).match(/[\p{L}\p{N}]+/gu) ?? [])
    words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

/** Words that must be on the page and are not: what was there and nobody took away, what either side added. */
function lost(base: string, ours: string, theirs: string, merged: string): string[] {
  const [b, o, t, m] = [base, ours, theirs, merged].map(wordsOf) as [
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
  ];
  return [...new Set([...b.keys(), ...o.keys(), ...t.keys()])].filter((word) => {
    const was = b.get(word) ?? 0;
    const [mine, yours] = [(o.get(word) ?? 0) - was, (t.get(word) ?? 0) - was];
    const least = was + Math.min(0, mine) + Math.min(0, yours) + Math.max(0, mine, yours);
    return (m.get(word) ?? 0) < least;
  });
}

test('nothing changed on one side, or the same on both: the other side byte for byte', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (base, other) => {
      expect(mergeStorage(base, base, other)).toEqual({ ok: true, storage: other });
      expect(mergeStorage(base, other, base)).toEqual({ ok: true, storage: other });
      expect(mergeStorage(base, other, other)).toEqual({ ok: true, storage: other });
      // The same laws where the three are not compared as a whole first.
      expect(mergeStorage(base, `${base}\n`, other).ok).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('any two bodies on any base: from either side the same answer, well-formed, nothing lost', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, bodyArbitrary, (base, ours, theirs) => {
      const [one, two] = [mergeStorage(base, ours, theirs), mergeStorage(base, theirs, ours)];
      expect(one.ok).toBe(two.ok);
      if (!one.ok) expect(one.conflicts.length).toBeGreaterThan(0);
      else checkStorage(one.storage);
    }),
    { numRuns: 300 },
  );
});

test('4,000 pairs of random edits: nothing lost, the same from either side, disjoint edits as one after the other', {
  timeout: 240_000,
}, () => {
  const editor = new Editor(20_260_101);
  const seen = { merged: 0, disjoint: 0, refused: 0, equal: 0, undone: 0 };
  for (let run = 0; run < 4000; run += 1) {
    const base = editor.pick(bodies);
    const [mine, yours] = [editor.edits(base), editor.edits(base)];
    const [ours, theirs] = [splice(base, mine), splice(base, yours)];
    const [one, two] = [mergeStorage(base, ours, theirs), mergeStorage(base, theirs, ours)];
    const disjoint = apart(mine, yours);
    if (disjoint) seen.disjoint += 1;
    expect({ run, ok: two.ok }).toEqual({ run, ok: one.ok });
    if (!one.ok || !two.ok) {
      if (disjoint) seen.refused += 1;
      continue;
    }
    seen.merged += 1;
    checkStorage(one.storage);
    expect({ run, lost: lost(base, ours, theirs, one.storage) }).toEqual({ run, lost: [] });
    expect(form(two.storage)).toBe(form(one.storage));
    if (!disjoint || one.storage !== splice(base, inOrder([...mine, ...yours]))) continue;
    seen.equal += 1;
    // Undo: taking ours out again leaves theirs.
    const undone = mergeStorage(ours, base, one.storage);
    if (!undone.ok) continue;
    seen.undone += 1;
    expect({ run, lost: lost(base, base, theirs, undone.storage) }).toEqual({ run, lost: [] });
    expect(form(undone.storage)).toBe(form(theirs));
  }
  expect(seen.disjoint).toBeGreaterThan(1500);
  // Edits of neighbouring words of one sentence, and of shapes that clash, are refused; equal copies may stand either way.
  expect(seen.refused / seen.disjoint).toBeLessThan(0.2);
  expect(seen.equal / (seen.disjoint - seen.refused)).toBeGreaterThan(0.97);
  expect(seen.undone / seen.equal).toBeGreaterThan(0.9);
});

test('two texts edited in different blocks, cells, items or tasks merge to both edits byte for byte; undone, to one', {
  timeout: 120_000,
}, () => {
  const editor = new Editor(77);
  let merged = 0;
  for (let run = 0; run < 2500; run += 1) {
    const base = editor.pick(bodies);
    const texts = parseStorage(base).nodes.filter(
      (node) => node.type === 'text' && /\S/.test(node.text) && !node.hidden,
    );
    if (texts.length < 2) continue;
    const [one, two] = [editor.pick(texts), editor.pick(texts)];
    if (one === two) continue;
    const at = (node: StorageNode, text: string): Splice => ({ start: node.end, end: node.end, text });
    const [mine, yours] = [at(one, ' Qqq'), at(two, ' Zzz')];
    const [ours, theirs, both] = [[mine], [yours], inOrder([mine, yours])].map((list) =>
      splice(base, list),
    ) as [string, string, string];
    const result = mergeStorage(base, ours, theirs);
    if (!result.ok) {
      expect(result.conflicts).toHaveLength(1);
      expect(result.conflicts[0]?.ours).toContain('Qqq');
      expect(result.conflicts[0]?.theirs).toContain('Zzz');
      continue;
    }
    merged += 1;
    expect(result.storage).toBe(both);
    expect(mergeStorage(ours, base, both)).toEqual({ ok: true, storage: theirs });
  }
  expect(merged).toBeGreaterThan(1000);
});

test('two different edits of one text, one attribute or one element are always a conflict', {
  timeout: 120_000,
}, () => {
  const editor = new Editor(5);
  let made = 0;
  for (let run = 0; run < 2500; run += 1) {
    const base = editor.pick(bodies);
    const nodes = parseStorage(base).nodes.filter(
      ({ type, parent }) =>
        (type === 'text' || type === 'cdata') && !/^ac:task-(id|uuid)$/.test(parent?.name ?? ''),
    );
    const texts = nodes.filter((node) => node.type === 'text' && /\S/.test(node.text));
    if (texts.length === 0) continue;
    const { end } = editor.pick(texts);
    const [ours, theirs] = [' Qqq', ' Zzz'].map((text) => splice(base, [{ start: end, end, text }])) as [
      string,
      string,
    ];
    made += 1;
    const result = mergeStorage(base, ours, theirs);
    expect({ run, ok: result.ok }).toEqual({ run, ok: false });
  }
  expect(made).toBeGreaterThan(2000);
});
