import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markedPieces } from './marked-pieces.ts';

const found = (text: string, query: string) =>
  markedPieces(text, query).flatMap((piece) => (piece.found ? [piece.text] : []));

test('each word is marked where it stands, in any case and any script', () => {
  expect(found('Rate limits, RATES and 会議の議事録', 'rate 議事')).toEqual(['Rate', 'RATE', '議事']);
  expect(found('a.b (c)', '. (')).toEqual(['.', '(']);
  expect(found('text', '  ')).toEqual([]);
  expect(found('ratelimit', 'rate ratelimit')).toEqual(['ratelimit']);
});

test('nothing of the text is lost', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, query) => {
      expect(
        markedPieces(text, query)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
