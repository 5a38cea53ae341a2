import { expect, test } from 'vitest';
import { manyTexts, textEdit } from './block-edits.fixture.ts';
import { randomEdits } from './run.fixture.ts';

test('5,000 random edits of words change no byte but where they were to', { timeout: 300_000 }, () => {
  const { made } = randomEdits([textEdit, textEdit, manyTexts], 5000, 12);
  for (const op of ['replace_text'] as const) expect(made.get(op), op).toBeGreaterThan(300);
});
