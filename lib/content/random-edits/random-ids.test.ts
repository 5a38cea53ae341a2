import { expect, test } from 'vitest';
import { blockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { applyEdits, type EditResult } from '../edit/edit.ts';
import { parseStorage } from '../parse/parse.ts';
import { type Random, randomFrom } from '../testing/random.ts';
import { blockEdit } from './block-edits.fixture.ts';
import { type Body, bodies } from './body.fixture.ts';
import { pick } from './run.fixture.ts';

/** Where an offset that was not written over stands now. */
function moved(result: EditResult, offset: number): number {
  let shift = 0;
  for (const [i, { start, end }] of result.touched.entries())
    if (end <= offset) shift += (result.inserted[i]?.length ?? 0) - (end - start);
  return offset + shift;
}

function edited(body: Body, random: Random): EditResult | null {
  const made = blockEdit(body, random);
  try {
    return made ? applyEdits(body.storage, [made.edit]) : null;
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

test('2,000 random edits elsewhere: a block keeps its id, and an old id never names another block', {
  timeout: 300_000,
}, () => {
  const random = randomFrom(21);
  const { small } = bodies();
  const count = { blocks: 0, shown: 0, found: 0, edits: 0 };
  while (count.edits < 2000) {
    const body = pick(small, random);
    const result = body ? edited(body, random) : null;
    if (!body || !result || body.blocks.length < 2) continue;
    count.edits += 1;
    const now = blockTree(parseStorage(result.storage));
    const starts = new Map(now.all.map((block) => [block.start, block]));
    for (const block of body.blocks) {
      const touched = result.touched.some(({ start, end }) => start < block.end && end > block.start);
      const beside = result.touched.some(({ start }) => start === block.start);
      if (touched || beside) continue;
      const place = moved(result, block.start);
      const named = now.named(block.id);
      count.blocks += 1;
      if (starts.get(place)?.id === block.id) count.shown += 1;
      if (named.length !== 1) continue;
      expect(named[0]?.start, `#${block.id} of ${body.name}`).toBe(place);
      count.found += 1;
    }
  }
  expect(count.blocks).toBeGreaterThan(10_000);
  expect(count.found / count.blocks).toBeGreaterThan(0.995);
  expect(count.shown / count.blocks).toBeGreaterThan(0.99);
});
