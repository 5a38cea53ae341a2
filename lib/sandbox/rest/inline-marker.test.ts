import { expect, test } from 'vitest';
import { matchesOf, withMarker, withoutMarker } from './inline-marker.ts';

const page =
  '<p>Use <strong>tokens</strong> &amp; retries, ten a second.</p><p>ten&nbsp;a <em> second</em>, 👍 ten a second</p>' +
  '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[ten a second]]></ac:plain-text-body></ac:structured-macro><p>ten</p><p>a second</p>';

test('matches are those a reader could mark: not in code, not across blocks', () => {
  expect(matchesOf(page, 'ten a second')).toHaveLength(3);
  expect(matchesOf(page, 'tokens & retries')).toHaveLength(1);
  expect(matchesOf(page, '')).toEqual([]);
});

test('a marker goes around the words piece by piece, and comes off without a trace', () => {
  const [spans = []] = matchesOf(page, 'tokens & retries');
  const marked = withMarker(page, spans, 'r1');
  expect(marked).toContain(
    '<strong><ac:inline-comment-marker ac:ref="r1">tokens</ac:inline-comment-marker></strong><ac:inline-comment-marker ac:ref="r1"> &amp; retries</ac:inline-comment-marker>,',
  );
  expect(withoutMarker(marked, 'r1')).toBe(page);
  const last = matchesOf(marked, 'ten a second')[2] ?? [];
  const twice = withMarker(marked, last, 'r2');
  expect(twice).toContain(
    '👍 <ac:inline-comment-marker ac:ref="r2">ten a second</ac:inline-comment-marker></p>',
  );
  expect(withoutMarker(twice, 'r2')).toBe(marked);
  const inner = withMarker(twice, matchesOf(twice, 'a second')[2] ?? [], 'r3');
  expect(withoutMarker(inner, 'r2')).toBe(withMarker(marked, matchesOf(marked, 'a second')[2] ?? [], 'r3'));
});
