import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, outline } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { checkStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { toMarkdown } from '../view/markdown.ts';
import { applyEdits, type Edit } from './edit.ts';

/** Fails where a byte outside the touched ranges differs. */
function expectOnlyTouched(before: string, result: ReturnType<typeof applyEdits>): void {
  let rebuilt = '';
  let at = 0;
  for (const [i, { start, end }] of result.touched.entries()) {
    expect(start).toBeGreaterThanOrEqual(at);
    rebuilt += before.slice(at, start) + (result.inserted[i] ?? '');
    at = end;
  }
  expect(rebuilt + before.slice(at)).toBe(result.storage);
}

function failure(edits: Edit[], storage = pageBody): ContentError {
  try {
    applyEdits(storage, edits);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const one = (edit: Edit, storage = pageBody): string => {
  const result = applyEdits(storage, [edit]);
  expectOnlyTouched(storage, result);
  return result.storage;
};

test('appends a section at the end of the page, outside any macro', () => {
  const after = one({ op: 'append', markdown: '## Rollback Procedures\n\nStop, then restore.' });
  expect(after).toBe(`${pageBody}<h2>Rollback Procedures</h2><p>Stop, then restore.</p>`);
  expect(
    one(
      { op: 'append', markdown: 'x' },
      '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>a</p></ac:rich-text-body></ac:structured-macro>',
    ),
  ).toMatch(/<\/ac:structured-macro><p>x<\/p>$/);
  expect(one({ op: 'append', markdown: 'x' }, '')).toBe('<p>x</p>');
});

test('a heading stands for its section', () => {
  expect(one({ op: 'append', target: { heading: 'Rate limits' }, markdown: 'More' })).toContain(
    '</table><p>More</p>\n<h2>Errors',
  );
  expect(one({ op: 'replace', target: { heading: 'Rate limits > Headers' }, markdown: 'None.' })).toContain(
    '<h3>Headers</h3><p>None.</p>\n<h2>Errors',
  );
  expect(one({ op: 'delete', target: { heading: 'rate limits' } })).not.toMatch(/Rate limits|Headers|Retry/);
  expect(one({ op: 'prepend', target: { heading: 'Errors' }, markdown: 'First' })).toContain(
    '<h2>Errors</h2><p>First</p><ac:structured-macro',
  );
  expect(one({ op: 'insert_before', target: { heading: 'Errors' }, markdown: '## New' })).toContain(
    '<h2>New</h2><h2>Errors',
  );
});

test('replaces inside containers and keeps what encloses', () => {
  const deep = outline(pageBody).find((block) => block.preview === 'Deep text') as Block;
  const panel = outline(pageBody).find((block) => block.macro === 'info') as Block;
  expect(one({ op: 'replace', target: { block: deep.id }, markdown: 'Deeper' })).toBe(
    pageBody.replace('<p>Deep text</p>', '<p>Deeper</p>'),
  );
  expect(one({ op: 'append', target: { block: panel.id }, markdown: 'Last' })).toContain(
    '</ac:structured-macro><p>Last</p></ac:rich-text-body>',
  );
  const empty =
    '<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell /></ac:layout-section></ac:layout>';
  const cell = outline(empty).find((block) => block.kind === 'cell') as Block;
  expect(one({ op: 'append', target: { block: cell.id }, markdown: 'x' }, empty)).toContain(
    '<ac:layout-cell><p>x</p></ac:layout-cell>',
  );
  expect(failure([{ op: 'delete', target: { block: cell.id } }], empty).message).toMatch(/holds only/);
});

test('a rewritten section keeps the bytes of blocks whose Markdown is the same', () => {
  const { markdown } = toMarkdown(pageBody, { section: 'Rate limits' });
  const body = markdown
    .split('\n')
    .slice(1)
    .join('\n')
    .replace('Burst: 20', 'Burst: 50')
    .replace('| seconds |', '| milliseconds |');
  const after = one({ op: 'replace', target: { heading: 'Rate limits' }, markdown: body });
  const expected = pageBody
    .replace('Burst: 20', 'Burst: 50')
    .replace('<p>seconds</p>', '<p>milliseconds</p>');
  expect(after.replace(/\n/g, '')).toBe(expected.replace(/\n/g, ''));
});

test('a moved placeholder is the original element', () => {
  const { markdown } = toMarkdown(pageBody);
  const jira = /\{\{macro:jira[^}]*\}\}/.exec(markdown)?.[0] ?? '';
  const after = one({ op: 'append', markdown: `See:\n\n${jira}` });
  expect(
    after.endsWith(
      '<p>See:</p><ac:structured-macro ac:name="jira" ac:macro-id="77777777-8888"><ac:parameter ac:name="key">ENG-1</ac:parameter></ac:structured-macro>',
    ),
  ).toBe(true);
  expect(failure([{ op: 'append', markdown: jira.replace('ENG-1', 'ENG-2') }]).message).toMatch(
    /was changed/,
  );
  expect(failure([{ op: 'append', markdown: '{{macro:jira #nosuch}}' }]).code).toBe('not_found');
});

test('replace_text changes the least bytes', () => {
  const text = (old: string, next: string, storage = pageBody): string =>
    one({ op: 'replace_text', target: { text: old }, with: next }, storage);
  expect(text('Burst: 20', 'Burst: 50')).toBe(pageBody.replace('Burst: 20', 'Burst: 50'));
  expect(text('first & ask', 'first, then ask')).toBe(pageBody.replace('first &amp; ask', 'first, then ask'));
  expect(text('Read this first', 'Read that first')).toBe(pageBody.replace('<strong>this', '<strong>that'));
  expect(text('Window: 60 s', 'Window: 90 s')).toBe(pageBody.replace('60&nbsp;s', '90&nbsp;s'));
  expect(text('a < b', 'a <= b')).toBe(pageBody.replace('a < b', 'a <= b'));
  expect(text('send', 'say "<&]]>"', '<p>send</p>')).toBe('<p>say "&lt;&amp;]]&gt;"</p>');
  expect(
    text(
      'ab',
      'a]]>b',
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[ab]]></ac:plain-text-body></ac:structured-macro>',
    ),
  ).toContain('<![CDATA[a]]]]><![CDATA[>b]]>');
  expect(
    applyEdits(pageBody, [{ op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 20' }]).touched,
  ).toEqual([]);
  const twice = failure([{ op: 'replace_text', target: { text: 'e' }, with: 'x' }]);
  expect(twice.code).toBe('ambiguous');
  expect(failure([{ op: 'replace_text', target: { text: 'nowhere' }, with: 'x' }]).code).toBe('not_found');
  expect(failure([{ op: 'replace_text', target: { text: 'Read this first' }, with: 'Gone' }]).code).toBe(
    'ambiguous',
  );
  expect(
    one(
      {
        op: 'replace_text',
        target: { text: 'a', block: outline('<p>a</p><p>ba</p>')[1]?.id ?? '' },
        with: 'x',
      },
      '<p>a</p><p>ba</p>',
    ),
  ).toBe('<p>a</p><p>bx</p>');
});

test('names candidates for missing and ambiguous targets', () => {
  const missing = failure([{ op: 'delete', target: { heading: 'Limits' } }]);
  expect(missing.code).toBe('not_found');
  expect(missing.message).toContain('Rate limits');
  expect(failure([{ op: 'delete', target: { block: 'p-nope' } }]).code).toBe('not_found');
  const doubled = '<h2>A</h2><p>x</p><h2>A</h2><p>x</p>';
  expect(failure([{ op: 'delete', target: { heading: 'A' } }], doubled).code).toBe('ambiguous');
  expect(failure([{ op: 'delete', target: { text: 'x' } }], doubled).code).toBe('ambiguous');
});

test('refuses overlapping edits and content that is not well-formed', () => {
  expect(
    failure([
      { op: 'delete', target: { heading: 'Rate limits' } },
      { op: 'replace_text', target: { text: 'Burst: 20' }, with: 'y' },
    ]).message,
  ).toMatch(/overlap/);
  expect(failure([{ op: 'append', storage: '<p>x' }]).message).toMatch(/never closed/);
  expect(failure([{ op: 'append' }]).message).toMatch(/needs markdown or storage/);
  expect(failure([{ op: 'replace', markdown: 'x' }]).message).toMatch(/needs a target/);
});

test('keeps the order of insertions at one place', () => {
  const [a, b] = outline('<p>a</p><p>b</p>');
  const result = applyEdits('<p>a</p><p>b</p>', [
    { op: 'insert_before', target: { block: b?.id ?? '' }, markdown: '3' },
    { op: 'insert_after', target: { block: a?.id ?? '' }, markdown: '1' },
    { op: 'insert_after', target: { block: a?.id ?? '' }, markdown: '2' },
  ]);
  expect(result.storage).toBe('<p>a</p><p>1</p><p>2</p><p>3</p><p>b</p>');
});

test('warns of what an edit would lose', () => {
  const codes = (edit: Edit): string[] =>
    applyEdits(pageBody, [edit]).warnings.map((warning) => warning.code);
  expect(codes({ op: 'delete', target: { heading: 'Rate limits' } })).toEqual(['drops_comment']);
  expect(codes({ op: 'delete', target: { heading: 'Errors' } })).toEqual([
    'drops_macro',
    'drops_attachment',
    'drops_task',
  ]);
  expect(codes({ op: 'replace', target: { heading: 'API Guidelines' }, markdown: 'gone' })).toContain(
    'removes_most',
  );
  expect(codes({ op: 'append', markdown: 'x' })).toEqual([]);
});

const editFor = (block: Block, pick: number): Edit => {
  const target = { block: block.id };
  const edits: Edit[] = [
    { op: 'replace', target, markdown: 'New *text* & more' },
    { op: 'insert_before', target, markdown: '- a\n- b' },
    { op: 'insert_after', target, storage: '<p>x &amp; y</p>' },
    { op: 'delete', target },
    { op: 'append', target, markdown: '# End' },
    { op: 'prepend', target, markdown: '| a |\n|---|\n| b |' },
  ];
  return edits[pick % edits.length] as Edit;
};

test('no edit changes a byte outside the edited blocks', () => {
  fc.assert(
    fc.property(
      bodyArbitrary,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
      (storage, picks) => {
        const blocks = outline(storage);
        const edits = picks.map(([at, pick]): Edit => {
          const block = blocks[at % Math.max(blocks.length, 1)];
          return block ? editFor(block, pick) : { op: 'append', markdown: 'x' };
        });
        try {
          const result = applyEdits(storage, edits);
          expectOnlyTouched(storage, result);
          checkStorage(result.storage);
          for (const { start, end } of result.touched) {
            const inside = blocks.some((block) => block.start <= start && end <= block.end);
            expect(inside || blocks.length === 0).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof ContentError)) throw error;
          expect(error.message).toMatch(/overlap|holds only/);
        }
      },
    ),
    { numRuns: 600 },
  );
});
