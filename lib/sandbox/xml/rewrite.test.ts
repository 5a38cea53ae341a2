import { expect, test } from 'vitest';
import { corpus } from '../../content/corpus/corpus.fixture.ts';
import { bodies } from '../demo/walk.ts';
import { idsFrom } from './ids.ts';
import { NotWellFormed } from './parse.ts';
import { isClassic, type RewriteContext, rewriteSteps, rewriteStorage, type StepName } from './rewrite.ts';

const context = (classic = false): RewriteContext => ({
  classic,
  id: idsFrom('page'),
  versionOf: () => 3,
});
const saved = (storage: string, only?: StepName[]) =>
  rewriteStorage(storage, context(), only).replace(/ (?:ac:)?(?:local|macro)-id="[0-9a-f-]+"/g, ' #');

test('writes a body in its own way, however it was sent', () => {
  const written = (storage: string) => rewriteStorage(storage, context(), []);
  expect(written('<p title=\'a "b"\'>x</p>')).toBe('<p title="a &quot;b&quot;">x</p>');
  expect(written('<p></p><br></br><hr/>')).toBe('<p /><br /><hr />');
  expect(written('<p>caf\u00e9 &#8217; &rsquo; &#x2014; \u00a0 &#39; &apos; &gt; "</p>')).toBe(
    "<p>caf&eacute; &rsquo; &rsquo; &mdash; &nbsp; ' ' &gt; &quot;</p>",
  );
  expect(written('<p>\u6771\u4eac \u{1f680}</p>')).toBe('<p>\u6771\u4eac \u{1f680}</p>');
  expect(written('<ac:plain-text-body>a]]&gt;b<![CDATA[<c>]]></ac:plain-text-body>')).toBe(
    '<ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b<c>]]></ac:plain-text-body>',
  );
  expect(written('<p>a\r\nb</p>')).toBe('<p>a\nb</p>');
  expect(written('<ol local-id="x" start="2"><li>y</li></ol>')).toBe(
    '<ol start="2" local-id="x"><li>y</li></ol>',
  );
});

test('gives blocks and macros their ids, and keeps those that are there', () => {
  expect(saved('<p>a</p>', ['ids'])).toBe('<p #>a</p>');
  expect(rewriteStorage('<p local-id="mine">a</p>', context(), ['ids'])).toBe('<p local-id="mine">a</p>');
  expect(saved('<ac:structured-macro ac:name="toc" />', ['macroIds'])).toBe(
    '<ac:structured-macro ac:name="toc" ac:schema-version="1" # />',
  );
  expect(saved('<ri:attachment ri:filename="a.png" />', ['versions'])).toBe(
    '<ri:attachment ri:filename="a.png" ri:version-at-save="3" />',
  );
});

test('puts bare text into paragraphs and tables into shape', () => {
  expect(saved('<ul><li>a <b>b</b><ul><li>c</li></ul></li></ul>', ['names', 'lines'])).toBe(
    '<ul><li><p>a <strong>b</strong></p><ul><li><p>c</p></li></ul></li></ul>',
  );
  expect(saved('<table><tr><td>a</td><td colspan="2"></td></tr></table>', ['lines', 'tables'])).toBe(
    '<table><colgroup><col style="width: 253.3px;" /><col style="width: 253.3px;" /><col style="width: 253.3px;" /></colgroup><tbody><tr><td><p>a</p></td><td colspan="2"><p /></td></tr></tbody></table>',
  );
  expect(saved('<p>a</p>\n <p>b <em>c</em> <em>d</em></p>\n', ['isolated'])).toBe(
    '<p>a</p><p>b <em>c</em> <em>d</em></p>',
  );
});

test('numbers check boxes: those that have a number keep it', () => {
  const body = (text: string, id = '') =>
    `<ac:task>${id}<ac:task-status>incomplete</ac:task-status><ac:task-body>${text}</ac:task-body></ac:task>`;
  const list = `<ac:task-list>${body('new')}${body('old', '<ac:task-id>4</ac:task-id>')}${body('twin', '<ac:task-id>4</ac:task-id>')}</ac:task-list>`;
  const result = rewriteStorage(list, context(), ['tasks']);
  expect([...result.matchAll(/<ac:task-id>(\d+)</g)].map(([, id]) => id)).toEqual(['5', '4', '6']);
  expect(result).toContain('<ac:task-body><span class="placeholder-inline-tasks">new</span></ac:task-body>');
});

test('a body of the old editor gets no local ids and keeps its white space', () => {
  const classic = '<p>a</p>\n<ul><li>b</li></ul>';
  expect(isClassic(classic)).toBe(true);
  expect(isClassic('<p local-id="x">a</p>')).toBe(false);
  expect(isClassic('')).toBe(false);
  expect(rewriteStorage(classic, context(true))).toBe(classic);
});

test('what it has rewritten once it leaves alone', () => {
  const all: [string, string][] = [
    ...bodies,
    ...corpus.map(({ name, storage }): [string, string] => [name, storage]),
  ].filter(([, storage]) => storage.length < 100_000) as [string, string][];
  let refused = 0;
  for (const [name, storage] of all)
    for (const classic of [false, true])
      for (const only of [undefined, ...(Object.keys(rewriteSteps) as StepName[]).map((step) => [step])])
        try {
          const once = rewriteStorage(storage, context(classic), only);
          expect(rewriteStorage(once, { ...context(classic), id: idsFrom('other') }, only), name).toBe(once);
        } catch (error) {
          if (!(error instanceof NotWellFormed)) throw error;
          refused += 1;
        }
  expect(all.length).toBeGreaterThan(500);
  expect(refused).toBeLessThan(all.length / 4);
});

test('the same ids every time for the demo, and for a block that stays while others change', () => {
  const one = rewriteStorage('<p>a</p><p>b</p>', context());
  expect(rewriteStorage('<p>a</p><p>b</p>', context())).toBe(one);
  const idOf = (storage: string) => /local-id="([^"]+)">b</.exec(storage)?.[1];
  expect(idOf(rewriteStorage('<p>new</p><p>b</p>', context()))).toBe(idOf(one));
});
