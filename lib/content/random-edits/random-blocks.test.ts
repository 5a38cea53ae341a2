import { expect, test } from 'vitest';
import { blockEdit } from './block-edits.fixture.ts';
import { randomEdits } from './run.fixture.ts';

test('5,000 random edits of blocks change no byte but where they were to', { timeout: 300_000 }, () => {
  const { made } = randomEdits([blockEdit], 5000, 11);
  for (const op of ['replace', 'insert_before', 'insert_after', 'delete', 'append', 'prepend'] as const)
    expect(made.get(op), op).toBeGreaterThan(300);
});
