import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotWellFormed } from '../../sandbox/xml/parse.ts';
import { rewriteSteps, rewriteStorage, type StepName } from '../../sandbox/xml/rewrite.ts';
import { ContentError } from '../content-error.ts';
import { corpus } from '../corpus/corpus.fixture.ts';
import { parseStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import { savedForm } from './saved-form.ts';

const formOf = (storage: string): string => {
  const doc = parseStorage(storage);
  return savedForm(doc, doc.children);
};

let next = 0;
const context = (classic: boolean) => ({
  classic,
  versionOf: () => 7,
  id: () => {
    next += 1;
    return `id-${next}`;
  },
});
const steps = Object.keys(rewriteSteps) as StepName[];

/** Every rewrite of the practice Confluence, each alone and all together. Null: it would refuse the body. */
function rewrites(storage: string): string[] {
  try {
    return [[], ...steps.map((step) => [step]), steps].flatMap((only) =>
      [false, true].map((classic) => rewriteStorage(storage, context(classic), only)),
    );
  } catch (error) {
    if (error instanceof NotWellFormed || error instanceof ContentError) return [];
    throw error;
  }
}

test('what Confluence rewrites on save is no difference: demo and corpus', { timeout: 120_000 }, () => {
  const bodies = [...demoBodies(), ...corpus.map(({ storage }) => storage)].filter(
    (storage) => storage.length < 100_000,
  );
  let compared = 0;
  for (const storage of bodies)
    for (const saved of rewrites(storage)) {
      if (saved === storage) continue;
      compared += 1;
      expect(formOf(saved)).toBe(formOf(storage));
    }
  expect(compared).toBeGreaterThan(2000);
});

test('what Confluence rewrites on save is no difference: random bodies', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      for (const saved of rewrites(storage)) expect(formOf(saved)).toBe(formOf(storage));
    }),
    { numRuns: 400 },
  );
});

test('one rewrite after the other, by hand', () => {
  for (const [sent, saved] of [
    ['<p>caf\u00e9</p>', '<p local-id="1">caf&eacute;</p>'],
    ['<ul><li>a<ul><li>b</li></ul></li></ul>', '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>'],
    [
      '<table><tr><td>a</td></tr></table>',
      '<table data-layout="default"><colgroup><col style="width: 760.0px;" /></colgroup><tbody><tr><td><p>a</p></td></tr></tbody></table>',
    ],
    ['<td />', '<td><p /></td>'],
    ["<p style='color:red'>x</p>", '<p style="color: red;">x</p>'],
    [
      '<ac:link><ac:plain-text-link-body><![CDATA[a & b]]></ac:plain-text-link-body></ac:link>',
      '<ac:link><ac:link-body>a &amp; b</ac:link-body></ac:link>',
    ],
    [
      '<ac:task><ac:task-id>1</ac:task-id><ac:task-body>x</ac:task-body></ac:task>',
      '<ac:task>\n<ac:task-id>9</ac:task-id>\n<ac:task-uuid>u</ac:task-uuid>\n<ac:task-body><span class="placeholder-inline-tasks">x</span></ac:task-body>\n</ac:task>',
    ],
  ] as const)
    expect(formOf(saved)).toBe(formOf(sent));
});

test('what looks alike is told apart', () => {
  for (const [approved, saved] of [
    ['<p>a b</p>', '<p>ab</p>'],
    ['<p>a</p><p>b</p>', '<p>a b</p>'],
    ['<ol start="2"><li>a</li></ol>', '<ol><li>a</li></ol>'],
    ['<ul><li><p>a</p><p>b</p></li></ul>', '<ul><li><p>ab</p></li></ul>'],
    ['<ul><li>a<ul><li>b</li></ul></li></ul>', '<ul><li>a</li><li>b</li></ul>'],
    [
      '<table><colgroup><col style="width: 100px;" /><col style="width: 200px;" /></colgroup><tbody><tr><td>a</td></tr></tbody></table>',
      '<table><tbody><tr><td>a</td></tr></tbody></table>',
    ],
    [
      '<table><tbody><tr><th>a</th></tr></tbody></table>',
      '<table><tbody><tr><td>a</td></tr></tbody></table>',
    ],
    ['<td colspan="2">a</td>', '<td>a</td>'],
    ['<p style="text-align: center;">a</p>', '<p>a</p>'],
    [
      '<ac:task><ac:task-status>complete</ac:task-status></ac:task>',
      '<ac:task><ac:task-status>incomplete</ac:task-status></ac:task>',
    ],
    ['<p><strong>a</strong></p>', '<p>a</p>'],
    ['<p><ac:inline-comment-marker ac:ref="x">a</ac:inline-comment-marker></p>', '<p>a</p>'],
    ['<p>a</p><!-- note -->', '<p>a</p>'],
    ['<td><p>a</p><p /></td>', '<td><p>a</p></td>'],
  ] as const)
    expect(formOf(saved), approved).not.toBe(formOf(approved));
});
