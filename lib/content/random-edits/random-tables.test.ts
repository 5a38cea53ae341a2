import { expect, test } from 'vitest';
import { randomEdits } from './run.fixture.ts';
import { tableEdits } from './table-edits.fixture.ts';

test('5,000 random edits of tables change no byte but where they were to', { timeout: 300_000 }, () => {
  const { made } = randomEdits(tableEdits, 5000, 13);
  for (const op of ['add_row', 'set_cell', 'delete_row', 'add_column', 'delete_column'] as const)
    expect(made.get(op), op).toBeGreaterThan(300);
});
