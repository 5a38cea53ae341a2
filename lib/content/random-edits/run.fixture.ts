import { expect } from 'vitest';
import { ContentError } from '../content-error.ts';
import { applyEdits } from '../edit/edit.ts';
import type { Edit, Op } from '../edit/edit-fields.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { type Body, bodies, copiesOf } from './body.fixture.ts';
import { differsOnlyIn, merge, type Span } from './scan.fixture.ts';

/** An edit, and where in the old storage it may write. */
export type Try = { edit: Edit; allowed: Span[] };
/** Makes an edit for a body; null where the body has nothing for it. */
export type Maker = (body: Body, random: Random) => Try | null;

export function pick<T>(all: readonly T[], random: Random): T | undefined {
  return all[random(all.length)];
}

/** What an edit may be refused for. */
const REFUSALS =
  /ambiguous|overlap|holds only|not on the page|reaches over|refers to|more than once|twice \(for|no cell of its own|belongs to the merged cell|only (?:row|column)|only cell|without a cell of its own|more rows than|merged header|no header row|no place for it|has no row|has no column|has no cells|needs \d+ cells|no one body|is empty|Two cells|plain text only|times there|The status|must fit|above the header/;

export type Tally = { made: Map<Op, number>; refused: Map<Op, number>; edits: number };

function judge(body: Body, tries: readonly Try[], tally: Tally): void {
  const { storage } = body;
  const edits = tries.map(({ edit }) => edit);
  const where = `${body.name}: ${JSON.stringify(edits)}`;
  try {
    const result = applyEdits(storage, edits);
    const spans = tries.flatMap(({ allowed }) => [
      ...allowed,
      ...allowed.flatMap((one) => copiesOf(body, one)),
    ]);
    expect(differsOnlyIn(storage, result.storage, spans), where).toBe(true);
    const joined = merge(spans);
    for (const { start, end } of result.touched)
      expect(
        joined.some((one) => one.start <= start && end <= one.end),
        `${where} wrote at ${start}-${end}`,
      ).toBe(true);
    tally.edits += edits.length;
    for (const { op } of edits) tally.made.set(op, (tally.made.get(op) ?? 0) + 1);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    expect(error.message, where).toMatch(REFUSALS);
    for (const { op } of edits) tally.refused.set(op, (tally.refused.get(op) ?? 0) + 1);
  }
}

/**
 * Makes random edits of the corpus and the practice site until `count` were made, one to three at a time, and checks
 * each: every byte outside the block, cell, task, parameter or word that was named stands as before.
 */
export function randomEdits(makers: readonly Maker[], count: number, seed: number): Tally {
  const random = randomFrom(seed);
  const { small, large } = bodies();
  const tally: Tally = { made: new Map(), refused: new Map(), edits: 0 };
  for (let run = 0; tally.edits < count && run < count * 20; run += 1) {
    const maker = pick(makers, random);
    const body = pick(run % 400 === 399 ? large : small, random);
    if (!maker || !body) continue;
    const more = random(4) === 0 ? 1 + random(2) : 0;
    const tries = [maker, ...Array.from({ length: more }, () => pick(makers, random) ?? maker)].flatMap(
      (make) => make(body, random) ?? [],
    );
    if (tries.length > 0) judge(body, tries, tally);
  }
  expect(tally.edits).toBeGreaterThanOrEqual(count);
  return tally;
}
