import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differencesOf } from './differences.ts';
import { groupsOf, likeness, similarPairs } from './pairs.ts';
import { coreTitle, jaccard, shinglesOf, titleLikeness, wordsOf } from './shingles.ts';

const page = (id: string, title: string, text: string) => {
  const words = wordsOf(text);
  return { id, title, words: words.length, shingles: shinglesOf(words) };
};

test('titles: what copying adds does not count, dates do', () => {
  expect(coreTitle('Copy of Press kit')).toBe('press kit');
  expect(titleLikeness('Press kit', 'Press kit (2)')).toBe(1);
  expect(titleLikeness('VPN – Kopie', 'VPN')).toBe(1);
  expect(titleLikeness('Notes 2026-11-16', 'Notes 2026-11-09')).toBeLessThan(1);
  expect(titleLikeness('', '')).toBe(0);
});

test('Japanese is compared sign by sign', () => {
  const a = shinglesOf(wordsOf('充電器の交換は予定どおり進んでいます'));
  const b = shinglesOf(wordsOf('充電器の交換は予定どおり進みました'));
  expect(jaccard(a, b)).toBeGreaterThan(0.5);
});

test('the quick way finds exactly the pairs of the slow one', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const text = fc.array(word, { minLength: 2, maxLength: 14 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 14 }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (texts, threshold) => {
        const pages = texts.map((one, at) => page(String(at), at % 3 === 0 ? 'Same' : `T${at}`, one));
        const slow: string[] = [];
        for (const [at, a] of pages.entries())
          for (const b of pages.slice(at + 1))
            if (likeness(jaccard(a.shingles, b.shingles), titleLikeness(a.title, b.title)) >= threshold) {
              // Pages that share not a word are no pair, whatever their titles.
              if (jaccard(a.shingles, b.shingles) >= Math.max(0.05, (threshold - 0.3) / 0.7))
                slow.push(`${a.id} ${b.id}`);
            }
        const quick = similarPairs(pages, threshold, () => {}).map(({ a, b }) => `${a.id} ${b.id}`);
        expect(quick.toSorted()).toEqual(slow.toSorted());
      },
    ),
    { numRuns: 300 },
  );
});

test('pages that hang together make one group', () => {
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => page(id, id, id));
  const pair = (x: typeof a, y: typeof a, similarity: number) =>
    ({ a: x, b: y, similarity, text: similarity, title: 0 }) as never;
  const groups = groupsOf([pair(a, b, 0.9), pair(c, d, 0.85), pair(b, e, 0.8)]);
  expect(groups.map((group) => group.pages.map(({ id }) => id).toSorted())).toEqual([
    ['a', 'b', 'e'],
    ['c', 'd'],
  ]);
  expect(groups[0]?.pairs.map((one) => one.similarity)).toEqual([0.9, 0.8]);
});

test('what differs: words, not ids', () => {
  const body = (id: string, text: string) =>
    `<p local-id="${id}">Keep</p><p local-id="${id}2">until ${text}</p>`;
  expect(differencesOf(body('a', '14:00'), body('b', '12:00'))).toEqual(['~ until [-14-][+12+]:00']);
  expect(differencesOf(body('a', 'x'), body('b', 'x'))).toEqual(['the same text']);
});

test('two thousand pages take a moment', () => {
  const pages = Array.from({ length: 2000 }, (_, at) =>
    page(
      String(at),
      `Page ${at}`,
      Array.from({ length: 300 }, (_, word) => `w${(at * 7919 + word * (1 + (at % 13))) % 5000}`).join(' '),
    ),
  );
  const began = process.cpuUsage();
  similarPairs(pages, 0.8, () => {});
  const { user } = process.cpuUsage(began);
  expect(user / 1000).toBeLessThan(6000);
}, 30_000);
