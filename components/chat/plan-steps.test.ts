import { expect, test } from 'vitest';
import { editPieces, planOf } from './plan-steps.ts';

const output = `<<<confluence-data abc
Replace "robot" with "Robot" in 2 pages: 2 steps.

1. Replace in 2 places of "Charging scheduler" · edit_page · [Charging \\[1\\]](http://localhost/wiki/pages/1)
   2 places, version 1:
   text sends [-robot-]{+Robot+}s to the docks.
2. Create page "Part 1" under "Guide" · create_page (after 1)

Left as they are (1):
- [Archive](http://localhost/wiki/pages/2): archived

All 100 pages visible to you were looked at.

Nothing has been written. Show this list to the person; then propose each step they want.

The steps with their inputs:
1. edit_page {"page":"1"}
abc confluence-data>>>`;

test('a list of writes is read step by step', () => {
  const plan = planOf(output);
  expect(plan?.head).toBe('Replace "robot" with "Robot" in 2 pages: 2 steps.');
  expect(plan?.steps).toEqual([
    {
      number: 1,
      title: 'Replace in 2 places of "Charging scheduler"',
      target: { title: 'Charging [1]', url: 'http://localhost/wiki/pages/1' },
      after: null,
      why: ['2 places, version 1:', 'text sends [-robot-]{+Robot+}s to the docks.'],
    },
    { number: 2, title: 'Create page "Part 1" under "Guide"', target: null, after: '1', why: [] },
  ]);
  expect(plan?.rest).toEqual([
    'Left as they are (1):',
    '- [Archive](http://localhost/wiki/pages/2): archived',
    'All 100 pages visible to you were looked at.',
  ]);
});

test('any other answer is none', () => {
  expect(planOf('1. Something · edit_page\n2. Other · edit_page')).toBeNull();
  expect(planOf('')).toBeNull();
});

test('what goes and what comes is told apart', () => {
  expect(editPieces('sends [-robot-]{+Robot+}s').map(({ op, text }) => `${op} ${text}`)).toEqual([
    'kept sends ',
    'removed robot',
    'added Robot',
    'kept s',
  ]);
  expect(editPieces('a [-b-] c').map(({ op }) => op)).toEqual(['kept']);
});
