import { expect, test } from 'vitest';
import { labelNames } from './labels/names.ts';
import { distance, nearest, plain } from './near.ts';
import { day, iso, link, plainExcerpt } from './render.ts';

test('near names come first, unlike ones not at all', () => {
  expect(distance('kitten', 'sitting')).toBe(3);
  expect(plain('  Élan-Vital! ')).toBe('elan vital');
  expect(
    nearest('enginering', ['Marketing', 'Engineering', 'Engineering Archive'], (name) => name, 2),
  ).toEqual(['Engineering', 'Engineering Archive']);
  expect(nearest('qqqqqq', ['Marketing'], (name) => name)).toEqual([]);
});

test('titles cannot break out of their link, excerpts are plain', () => {
  expect(link('a](http://evil) [b', 'https://x/y (z)')).toBe(
    '[a\\](http://evil) \\[b](https://x/y%20%28z%29)',
  );
  expect(plainExcerpt('Tom &amp; @@@hl@@@Ann@@@endhl@@@\u200b')).toBe('Tom & Ann');
  expect(iso(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(iso('nonsense')).toBeNull();
  expect(day(null)).toBe('unknown date');
});

test('labels as Confluence keeps them', () => {
  expect(labelNames(['Needs Review', '#URGENT', 'urgent']).names).toEqual(['needs-review', 'urgent']);
  expect(labelNames(['Needs Review']).notes).toHaveLength(1);
  expect(() => labelNames(['?!'])).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
