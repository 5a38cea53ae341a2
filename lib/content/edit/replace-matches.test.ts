import { expect, test } from 'vitest';
import { buildDemo } from '../../sandbox/demo/index.ts';
import { checkStorage } from '../parse/parse.ts';
import { replaceMatches } from './replace-matches.ts';

const finder = (word: string, next: string) => (text: string) =>
  [...text.matchAll(new RegExp(word, 'g'))].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    with: next,
  }));

test('text is replaced in paragraphs, cells and code; links, macro names and attributes stay', () => {
  const storage =
    '<p>old <a href="https://old.example/old">old</a></p><table><tbody><tr><td><p>an old cell</p></td></tr></tbody></table><ac:structured-macro ac:name="old"><ac:plain-text-body><![CDATA[old = 1]]></ac:plain-text-body></ac:structured-macro>';
  const { storage: changed, hits } = replaceMatches(storage, finder('old', 'n<w'));
  expect(changed).toBe(
    '<p>n&lt;w <a href="https://old.example/old">n&lt;w</a></p><table><tbody><tr><td><p>an n&lt;w cell</p></td></tr></tbody></table><ac:structured-macro ac:name="old"><ac:plain-text-body><![CDATA[n<w = 1]]></ac:plain-text-body></ac:structured-macro>',
  );
  expect(hits.map((hit) => hit.line)).toEqual(['old old', 'old old', 'an old cell', 'old = 1']);
});

test('text over a change of formatting is left and named', () => {
  const { storage, hits, skipped } = replaceMatches(
    '<p>rate <b>limit</b></p>',
    finder('rate limit', 'quota'),
  );
  expect(storage).toBe('<p>rate <b>limit</b></p>');
  expect([hits.length, skipped.length]).toEqual([0, 1]);
});

test('every body of the demo keeps all bytes but those replaced', () => {
  const queue: unknown[] = [buildDemo()];
  let seen = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (typeof next !== 'object' || next === null || next instanceof Uint8Array) continue;
    const { storage } = next as { storage?: unknown };
    if (typeof storage === 'string') {
      const { storage: changed, touched, inserted } = replaceMatches(storage, finder('the', 'zqz'));
      checkStorage(changed);
      let at = 0;
      let rebuilt = '';
      for (const [index, range] of touched.entries()) {
        rebuilt += storage.slice(at, range.start) + inserted[index];
        at = range.end;
      }
      expect(rebuilt + storage.slice(at)).toBe(changed);
      seen += 1;
    }
    queue.push(
      ...(Array.isArray(next) ? next : Object.values(next)).filter((one) => typeof one === 'object'),
    );
  }
  expect(seen).toBeGreaterThan(150);
});

test('many hits in one long line cost no more than its length', { timeout: 30_000 }, () => {
  const line = `<p>${'a &amp; bc '.repeat(60_000)}</p>`;
  const { storage, hits } = replaceMatches(line, finder('bc', 'd'));
  expect(hits).toHaveLength(60_000);
  expect(storage).toBe(`<p>${'a &amp; d '.repeat(60_000)}</p>`);
});

test('what Confluence keeps twice is replaced in both, or left and named', () => {
  const twice = (shown: string, kept: string): string =>
    `<ac:adf-extension><ac:adf-node type="panel"><ac:adf-content><p local-id="a">${shown}</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div><p>${kept}</p></div></ac:adf-fallback></ac:adf-extension>`;
  expect(replaceMatches(twice('an old word', 'an old word'), finder('old', 'new')).storage).toBe(
    twice('an new word', 'an new word'),
  );
  const apart = replaceMatches(twice('an old word', 'something else'), finder('old', 'new'));
  expect([apart.storage, apart.hits.length, apart.skipped.length]).toEqual([
    twice('an old word', 'something else'),
    0,
    1,
  ]);
});
