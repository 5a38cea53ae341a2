import { expect, test } from 'vitest';
import { argumentCheck } from './schema.ts';
import type { JsonSchema } from './types.ts';

const over = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  ...more,
});

test.each([
  '#/properties/a',
  '#/$defs/a/properties/b',
  '#/$defs/',
  '#anchor',
  'other.json',
  '#/definitions/a/b',
])('a reference that leads anywhere but to a definition is refused: %s', ($ref) => {
  expect(() => argumentCheck(over({ a: { $ref } }, { $defs: { a: {} } }))).toThrow(/refers/);
});

test('a reference to what is not there is refused', () => {
  expect(() => argumentCheck(over({ a: { $ref: '#/$defs/constructor' } }))).toThrow(/refers/);
});

/** Each level of the input makes two branches, which only differ at the very bottom. */
const twice = {
  oneOf: [
    { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['next'] },
    { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['next', 'end'] },
    { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: [] },
  ],
};

test('a recursive choice is followed once; what is deeper is left to the server', () => {
  const check = argumentCheck(over({ a: { $ref: '#/$defs/node' } }, { $defs: { node: twice } }));
  let visited = 0;
  const nest = (depth: number): Record<string, unknown> => ({
    get next() {
      visited += 1;
      return depth === 0 ? 1 : nest(depth - 1);
    },
  });
  expect(check({ a: nest(20) })).toBeNull();
  expect(visited).toBeLessThan(20);
  expect(check({ a: 'no object' })).toMatch(/input/);
});

test('a schema that is the whole of itself is followed once', () => {
  const check = argumentCheck(over({ child: { $ref: '#' }, name: { type: 'string' } }));
  expect(check({ child: { child: { name: 1 } } })).toBeNull();
  expect(check({ name: 1 })).toMatch(/name/);
});

test('what costs more than it is worth is left to the server, wherever it stands', () => {
  const costly = { pattern: '^(a+)+$', format: 'email', type: 'string' };
  const check = argumentCheck(
    over(
      { a: {}, list: { type: 'array', uniqueItems: true } },
      {
        dependencies: { a: { properties: { b: costly }, patternProperties: { '^(a+)+$': false } }, c: ['d'] },
      },
    ),
  );
  expect(check({ a: 1, b: `${'a'.repeat(40)}!` })).toBeNull();
  expect(check({ list: [1, 1] })).toBeNull();
  expect(check({ a: 1, b: 2 })).toMatch(/b/);
  expect(check({ c: 1 })).toMatch(/d/);
});

test('leaving things to the server refuses nothing that fits', () => {
  const either = { oneOf: [{ format: 'date' }, { format: 'date-time' }], type: 'string' };
  const check = argumentCheck(over({ at: either, id: { not: { pattern: '^x' } } }));
  expect(check({ at: '2026-01-02', id: 'a' })).toBeNull();
  expect(check({ at: 1 })).toMatch(/at/);
});
