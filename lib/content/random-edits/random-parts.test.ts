import { expect, test } from 'vitest';
import { parameterEdit, statusEdit, taskEdit } from './part-edits.fixture.ts';
import { randomEdits } from './run.fixture.ts';

test('5,000 random edits of tasks, macro parameters and statuses change no byte but where they were to', {
  timeout: 300_000,
}, () => {
  const { made } = randomEdits([taskEdit, parameterEdit, statusEdit], 5000, 14);
  for (const op of ['set_task', 'set_parameter', 'set_status'] as const)
    expect(made.get(op), op).toBeGreaterThan(300);
});
