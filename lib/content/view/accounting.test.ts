import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CorpusBody, generated, written } from '../corpus/corpus.fixture.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { mixArbitrary } from '../testing/arbitrary-mixes.ts';
import { mutationsOf } from '../testing/mutations.ts';
import { EXCEPTIONS, exceptionFor } from './accounting-exceptions.fixture.ts';
import { toMarkdown } from './markdown.ts';

/**
 * What a reader is told of a body. The ids of placeholders are left out: they follow from the bytes, so that
 * anything in a placeholder would count as shown. The id of a comment marker stays, it is all there is of one.
 */
function told(storage: string): string {
  const { markdown, notRendered } = toMarkdown(storage);
  const text = markdown.replace(/#[a-z0-9.]{6,}(?=\}\}|\}$)/gm, '#').replace(/^([ \t>]*):{3,}/gm, '$1:::');
  return text + JSON.stringify(notRendered);
}

/** Changes of a body that the view does not tell, apart from the exceptions; counts what was tried. */
function untold(
  { name, storage }: CorpusBody,
  only: (index: number) => boolean,
  used: Set<string>,
  kinds = /./,
): string[] {
  const before = told(storage);
  const found: string[] = [];
  for (const mutation of mutationsOf(storage, only)) {
    if (!kinds.test(mutation.kind)) continue;
    tried += 1;
    if (told(mutation.storage) !== before) continue;
    const exception = exceptionFor(mutation);
    if (exception) used.add(exception.what);
    else found.push(`${name}: ${mutation.kind} ${mutation.where} at ${mutation.node.start}`);
  }
  return found;
}
let tried = 0;

test('taking away or changing any node or attribute of the corpus changes what is told', {
  timeout: 120_000,
}, () => {
  const used = new Set<string>();
  expect(written.flatMap((body) => untold(body, () => true, used))).toEqual([]);
  expect(tried).toBeGreaterThan(9_000);
  // An exception that nothing needs any more hides the next mistake.
  expect(EXCEPTIONS.map(({ what }) => what).filter((what) => !used.has(what))).toEqual([]);
});

test('the same for some nodes of each large body', { timeout: 120_000 }, () => {
  const found = generated.flatMap((body) => {
    const tries = Math.max(2, Math.floor(120_000 / body.storage.length));
    const every = Math.floor(body.storage.length / 45 / tries);
    return untold(body, (index) => index % every === 7, new Set());
  });
  expect(found).toEqual([]);
});

test('nothing that is taken away or changed goes unnoticed where blocks stand in other blocks', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(mixArbitrary, fc.nat(50), (storage, start) => {
      const only = (index: number): boolean => index % 5 === start % 5;
      expect(untold({ name: storage, storage, about: '' }, only, new Set(), /delete|alter|drop/)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('the same for bodies made at random', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(bodyArbitrary, fc.nat(50), (storage, start) => {
      const only = (index: number): boolean => index % 5 === start % 5;
      expect(untold({ name: storage, storage, about: '' }, only, new Set())).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
