import { expect, test } from 'vitest';
import { typographic } from './typographic.ts';

test('quotes around words become curly', () => {
  expect(typographic('Add section "Rate limits" to "API Guidelines"')).toBe(
    'Add section “Rate limits” to “API Guidelines”',
  );
  expect(typographic('"Q3" is taken; ("Q4", "Q5").')).toBe('“Q3” is taken; (“Q4”, “Q5”).');
});

test('other marks stay', () => {
  expect(typographic('class="a" and 5"x3')).toBe('class="a" and 5"x3');
  expect(typographic("don't")).toBe("don't");
});
