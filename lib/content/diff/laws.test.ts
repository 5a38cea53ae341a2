import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BodyDiff, RichNode } from '#lib/wire';
import { parseStorage } from '../parse/parse.ts';
import { richNodes } from '../read/rich.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { keysOf, unitsOf } from '../units.ts';
import { diffStorage } from './body-diff.ts';
import { diffText } from './diff-text.ts';
import { drawBlock } from './drawing.ts';
import { factsOf } from './facts.ts';
import { folded } from './fold.ts';
import { hasMark } from './nodes.ts';
import { reflow } from './reflow.ts';
import { diffKids } from './rich-diff.ts';

const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** What a drawing says without one side: `remove` and `del` dropped give the new text, `add` and `ins` the old. */
function side(nodes: readonly RichNode[], drop: 'ins' | 'del'): string {
  const mark = drop === 'ins' ? 'add' : 'remove';
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.tag === drop || node.tag === 'attr') return '';
      if (node.tag === 'line' && node.at?.mark === mark) return '';
      return side(node.kids ?? [], drop);
    })
    .join('');
}

const drawn = (storage: string): RichNode[] => richNodes(parseStorage(storage).children, { facts: factsOf });
const letters = (text: string): string => [...squeezed(text)].sort().join('');

test('dropping the additions gives the old text, dropping the removals the new', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (before, after) => {
      const [a, b] = [drawn(before), drawn(after)];
      for (const diff of [diffKids(a, b), reflow(a, b)]) {
        expect(squeezed(side(diff, 'del'))).toBe(squeezed(side(b, 'del')));
        // What moved is drawn where it stands now, so that the old text is there in another order.
        expect(letters(side(diff, 'ins'))).toBe(letters(side(a, 'ins')));
      }
    }),
    { numRuns: 200 },
  );
});

const shown = ({ entries }: BodyDiff): boolean =>
  entries.every((entry) => {
    if (entry.op !== 'change') return true;
    return entry.was !== undefined || entry.rendered.some(hasMark);
  });

test('what differs shows: every changed block has a mark or a named value, every other block is counted', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (before, after) => {
      const diff = diffStorage(before, after);
      expect(shown(diff)).toBe(true);
      const same = keysOf(unitsOf(before).units).join('\n') === keysOf(unitsOf(after).units).join('\n');
      expect(diff.entries.every(({ op }) => op === 'keep')).toBe(same);
      expect(diffText(diff) === 'No change.').toBe(same);
      const { kept, changed, added, removed, moved = 0 } = diff.counts;
      const blocks = (storage: string): number =>
        unitsOf(storage).units.filter(({ part }) => part !== 'close').length;
      const parts = diff.entries.filter((entry) => entry.op === 'change' && entry.shape !== undefined).length;
      if (parts === 0) {
        expect(kept + changed + added + moved).toBe(blocks(after));
        expect(kept + changed + removed + moved).toBe(blocks(before));
      }
    }),
    { numRuns: 200 },
  );
});

/** Values of attributes, and texts of macro parameters, with their places. */
function values(storage: string): { start: number; end: number }[] {
  const out: { start: number; end: number }[] = [];
  for (const node of parseStorage(storage).nodes) {
    if (node.type === 'element')
      for (const { start, end, name } of node.attributes)
        if (!/local-id|macro-id|schema-version|version-at-save|^ac:name$|^key$/.test(name))
          out.push({ start, end });
    if (node.type === 'text' && node.parent?.name === 'ac:parameter')
      out.push({ start: node.start, end: node.end });
  }
  return out.filter(({ start, end }) => end > start);
}

test('one value changed anywhere is named, old and new, beside a change of words', () => {
  fc.assert(
    fc.property(bodyArbitrary, fc.nat(), (body, pick) => {
      const places = values(body);
      const place = places[pick % Math.max(1, places.length)];
      fc.pre(
        place !== undefined && !/^(two_equal|\d{4}-\d\d-\d\d)$/.test(body.slice(place.start, place.end)),
      );
      const after = `${body.slice(0, place.start)}zq9${body.slice(place.end)}<p>more words</p>`;
      const text = JSON.stringify(
        diffStorage(body, after).entries.map((entry) => (entry.op === 'keep' ? [] : entry.rendered)),
      );
      expect(text).toContain('zq9');
    }),
    { numRuns: 300 },
  );
});

const places = (storage: string): number[] =>
  parseStorage(storage).texts.flatMap(({ start, end }) => [start, end]);

/** Small changes of storage, most of which no reader sees. */
const nudges: ((body: string, at: number) => string)[] = [
  (body, at) => `${body.slice(0, at)} ${body.slice(at)}`,
  (body, at) => `${body.slice(0, at)}\u200b${body.slice(at)}`,
  (body, at) => `${body.slice(0, at)}<!-- hidden -->${body.slice(at)}`,
  (body, at) => `${body.slice(0, at)}<span />${body.slice(at)}`,
  (body) => body.replaceAll('<strong>', '<b>').replaceAll('</strong>', '</b>'),
  (body) => body.replaceAll('plain-text-link-body', 'link-body'),
  (body) => body.replaceAll('<tbody>', '<thead>').replaceAll('</tbody>', '</thead>'),
  (body) => body.replace('<ac:adf-fallback><p>We', '<ac:adf-fallback><p>They'),
  (body) => body.replaceAll('&nbsp;', ' '),
];

test('small changes that no reader sees still show', () => {
  fc.assert(
    fc.property(bodyArbitrary, fc.nat(), fc.constantFrom(...nudges), (body, pick, nudge) => {
      const spots = places(body);
      const spot = spots[pick % Math.max(1, spots.length)];
      const inside = spot === undefined ? '' : body.slice(body.lastIndexOf('<', spot), spot);
      fc.pre(spot !== undefined && !inside.startsWith('<![CDATA['));
      const after = nudge(body, spot ?? 0);
      const diff = diffStorage(body, after);
      expect(shown(diff)).toBe(true);
      const same = keysOf(unitsOf(body).units).join('\n') === keysOf(unitsOf(after).units).join('\n');
      expect(diff.entries.every(({ op }) => op === 'keep')).toBe(same);
    }),
    { numRuns: 500 },
  );
});

test('folding leaves every mark in place', () => {
  const marks = (nodes: readonly RichNode[]): number =>
    nodes.reduce<number>((sum, node) => {
      if (typeof node === 'string') return sum;
      const own =
        node.tag === 'ins' || node.tag === 'del' || node.tag === 'attr' || node.at?.mark !== undefined;
      return sum + (own ? 1 : 0) + marks(node.kids ?? []);
    }, 0);
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (before, after) => {
      const full = diffKids(drawn(before), drawn(after));
      expect(marks(full.map(folded))).toBe(marks(full));
    }),
    { numRuns: 200 },
  );
});

test('no fact leaves the server', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (before, after) => {
      expect(JSON.stringify(diffStorage(before, after))).not.toContain('"facts"');
    }),
    { numRuns: 100 },
  );
});

test('a unit drawn alone is what the page draws', () => {
  fc.assert(
    fc.property(bodyArbitrary, (body) => {
      const units = unitsOf(body).units.filter(({ block }) => block.depth === 0 && block.kind !== 'comment');
      const blocks = [...new Set(units.map(({ block }) => block))];
      expect(squeezed(side(blocks.flatMap(drawBlock), 'ins'))).toBe(squeezed(side(drawn(body), 'ins')));
    }),
    { numRuns: 100 },
  );
});
