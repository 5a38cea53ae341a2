import * as fc from 'fast-check';

/** Random text and inline elements of page bodies. */

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 12 });
const word = fc.constantFrom(
  'release',
  'API',
  'rate limit',
  'Zürich',
  'naïve',
  '東京の会議',
  'خطة',
  '10:30',
  'note:this',
  'snake_case_name',
  'a*b',
  '[x]',
  '#1',
  '1. first',
  '- dash',
  '+ plus',
  '> quote',
  '| pipe |',
  '`tick`',
  '&lt;b&gt;',
  '&amp;amp;',
  '&nbsp;',
  '&eacute;',
  '&#233;',
  '&rarr;',
  '\u00a0',
  '😀',
  'C:\\temp',
  '{{ value }}',
  '{status:x}',
  '@[you]',
  ':tick:',
  '~~gone~~',
  '*',
  '_',
  '**',
  '=',
  '---',
  'https://e.example/?a=1&amp;b=2',
  'www.e.example',
  'a@b.example',
  '::: info',
  '!',
  '(see)',
  '"quoted"',
  "it's",
  '\\',
  '$5',
  '\t',
  '\n ',
);
export const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
export const localId = fc.option(hex, { nil: null }).map((id) => (id === null ? '' : ` local-id="${id}"`));
export const acLocalId = fc
  .option(hex, { nil: null })
  .map((id) => (id === null ? '' : ` ac:local-id="${id}" ac:macro-id="${id}-1"`));
const name = fc.constantFrom(
  'Runbook',
  'Q3 plan (draft)',
  'A/B #2',
  '100 % sure',
  'Ärger &amp; Co',
  'x.png',
  'a b.pdf',
);
const account = fc.constantFrom('712020:aaa-1', '5b10ac8d82e05b22cc7d4ef5');

export const parameters = (pairs: [string, string][]): string =>
  pairs.map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`).join('');

const atom: fc.Arbitrary<string> = fc.oneof(
  account.map((id) => `<ac:link><ri:user ri:account-id="${id}" /></ac:link>`),
  fc.constant('<ac:link><ri:user ri:userkey="ff8080" /></ac:link>'),
  fc
    .tuple(
      name,
      fc.constantFrom('', ' ri:space-key="ENG"'),
      fc.constantFrom('', ' ac:anchor="top"', ' ac:card-appearance="inline"'),
    )
    .map(
      ([title, space, extra]) =>
        `<ac:link${extra}><ri:page ri:content-title="${title}"${space} ri:version-at-save="3" /></ac:link>`,
    ),
  fc
    .tuple(name, text)
    .map(
      ([title, body]) =>
        `<ac:link><ri:page ri:content-title="${title}" /><ac:link-body>${body}</ac:link-body></ac:link>`,
    ),
  name.map(
    (file) =>
      `<ac:link><ri:attachment ri:filename="${file}" /><ac:plain-text-link-body><![CDATA[the file]]></ac:plain-text-link-body></ac:link>`,
  ),
  fc
    .tuple(fc.constantFrom('Done', 'In progress', 'A|B'), fc.constantFrom('', 'Green', 'Red'))
    .map(
      ([title, colour]) =>
        `<ac:structured-macro ac:name="status" ac:schema-version="1">${parameters([['title', title], ...(colour ? [['colour', colour] as [string, string]] : [])])}</ac:structured-macro>`,
    ),
  fc
    .constantFrom('tick', 'smile', 'blue-star')
    .map((one) => `<ac:emoticon ac:name="${one}" ac:emoji-shortname=":${one}:" ac:emoji-fallback="😀" />`),
  fc.constant('<time datetime="2026-01-31" />'),
  fc.constant('<br />'),
  fc.constant(
    '<ac:image ac:width="40" ac:alt="logo"><ri:attachment ri:filename="logo.png" ri:version-at-save="1" /></ac:image>',
  ),
  fc.constant(
    '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">here</ac:parameter></ac:structured-macro>',
  ),
  fc.constant('<ac:placeholder ac:type="mention">Name someone</ac:placeholder>'),
  fc.constant('<at:var at:name="owner" />'),
  fc.constant('<a href="https://e.example/x" data-card-appearance="inline">https://e.example/x</a>'),
  fc.constant('<a href="javascript:alert(1)">bad</a>'),
);

/** Of each comment another one, in a smaller counterexample too. */
const reference = fc.noShrink(fc.nat());
export const { inline } = fc.letrec<{ inline: string }>((tie) => ({
  inline: fc
    .array(
      fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        { arbitrary: text, weight: 6 },
        { arbitrary: atom, weight: 3 },
        fc
          .tuple(fc.constantFrom('strong', 'em', 'u', 'del', 'sub', 'sup', 'code'), tie('inline'))
          .map(([tag, body]) => `<${tag}>${body}</${tag}>`),
        tie('inline').map((body) => `<span style="color: rgb(255,0,0);">${body}</span>`),
        fc
          .tuple(reference, tie('inline'))
          .map(
            ([ref, body]) =>
              `<ac:inline-comment-marker ac:ref="ref-${ref}">${body}</ac:inline-comment-marker>`,
          ),
        text.map((body) => `<a href="https://docs.example/a_b?x=1&amp;y=(2)">${body}</a>`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join('')),
}));
