import { expect, test } from 'vitest';
import { diffText } from '../diff/diff-text.ts';
import { conflictSides, conflictWords } from './conflict-view.ts';
import { type Conflict, mergeStorage } from './merge.ts';

const table = (a: string, b: string): string =>
  `<h2>Limits</h2><table><tbody><tr><th>Name</th><th>Value</th></tr><tr><td>Burst</td><td>${a}</td></tr><tr><td>Window</td><td>${b}</td></tr></tbody></table><p>Far away</p>`;

function conflictsOf(base: string, ours: string, theirs: string): Conflict[] {
  const merged = mergeStorage(base, ours, theirs);
  if (merged.ok) throw new Error('merged');
  return merged.conflicts;
}

test('only the disputed cell is shown, with both sides and where it is', () => {
  const conflicts = conflictsOf(table('20', 'a'), table('30', 'a b'), table('40', 'a'));
  const place = 'Limits > table > row "Burst" > column "Value"';
  expect(conflictWords(conflicts)).toEqual([{ where: place, before: '"20"', yours: '"30"', theirs: '"40"' }]);
  const { yours, theirs } = conflictSides(conflicts);
  expect(yours.entries).toMatchObject([{ op: 'change', path: place.split(' > ') }]);
  expect(yours.counts).toMatchObject({ changed: 1, kept: 0 });
  expect(diffText(yours)).toContain('[+30+]');
  expect(diffText(theirs)).toContain('[+40+]');
  expect(diffText(theirs)).not.toContain('Far away');
});

test('rows, tasks, lines of code, parameters and what one side deleted can be shown', () => {
  const gone =
    '<table><tbody><tr><th>Name</th><th>Value</th></tr><tr><td>Window</td><td>a</td></tr></tbody></table>';
  const code = (line: string): string =>
    `<ac:structured-macro ac:name="code"><ac:parameter ac:name="title">T</ac:parameter><ac:plain-text-body><![CDATA[x\n${line}\ny]]></ac:plain-text-body></ac:structured-macro>`;
  const panel = (title: string): string =>
    `<ac:structured-macro ac:name="panel"><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>`;
  const task = (status: string, body: string): string =>
    `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task></ac:task-list>`;
  const cases: [string, string, string, string, string][] = [
    [table('20', 'a'), `<h2>Limits</h2>${gone}<p>Far away</p>`, table('30', 'a'), 'nothing', '"Burst 30"'],
    [
      code('if (a < b) {}'),
      code('if (a > b) {}'),
      code('if (a = b) {}'),
      '"if (a > b) {}"',
      '"if (a = b) {}"',
    ],
    [panel('T'), panel('U'), panel('V'), '"U"', '"V"'],
    [task('incomplete', 'a'), '<p>other</p>', task('complete', 'a'), '"other"', '"a"'],
  ];
  for (const [base, ours, theirs, yours, now] of cases) {
    const conflicts = conflictsOf(base, ours, theirs);
    expect(conflictWords(conflicts)[0]).toMatchObject({ yours, theirs: now });
    const sides = conflictSides(conflicts);
    expect(sides.yours.entries.length).toBeGreaterThan(0);
    expect(sides.theirs.entries.length).toBeGreaterThan(0);
  }
});
