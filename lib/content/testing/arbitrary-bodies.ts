import * as fc from 'fast-check';
import { acLocalId, inline, localId, parameters, text } from './arbitrary-lines.ts';

/**
 * Random page bodies for property tests. The elements, attributes and nestings are those counted in real
 * Confluence pages: local ids, widths, captions, merged cells, CDATA traps, ADF extensions, old macros.
 */

const code = fc.constantFrom(
  'let a = 1;',
  'if (a < b && c) {\n\treturn "]]]]><![CDATA[>";\n}\n',
  '```\nfence\n```',
  '{{macro:x}} {status:y}',
  ':::info\nnot a fence\n:::',
  '',
);
const cell = fc.tuple(
  fc.constantFrom('', ' data-highlight-colour="#fff0b3"'),
  fc.oneof(
    inline,
    inline.map((body) => `<p>${body}</p>`),
    fc.constant('<p />'),
    inline.map((body) => `<p>${body}</p><p>2nd</p>`),
    fc.constant(
      '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>In a cell</p></ac:rich-text-body></ac:structured-macro>',
    ),
  ),
);
const gap = fc.constantFrom('', '', '', '\n', '\n\n  ');

const joined = (block: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(gap, block), { minLength: 1, maxLength })
    .map((parts) => parts.map(([space, one]) => space + one).join(''));

const { block, item } = fc.letrec<{ block: string; item: string; list: string; inner: string }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    inline.map((body) => `<li>${body}</li>`),
    fc.tuple(localId, inline).map(([id, body]) => `<li${id}><p${id}>${body}</p></li>`),
    fc.tuple(inline, tie('list')).map(([body, list]) => `<li><p>${body}</p>${list}</li>`),
    fc.tuple(inline, tie('inner')).map(([body, inner]) => `<li><p>${body}</p>${inner}</li>`),
  ),
  list: fc
    .tuple(
      fc.constantFrom('<ul>', '<ol start="1">', '<ol start="3">', '<ul local-id="abcd1234">'),
      fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
    )
    .map(([open, items]) => `${open}${items.join('')}</${open.slice(1, 3)}>`),
  inner: joined(tie('block'), 2),
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    { arbitrary: fc.tuple(localId, inline).map(([id, body]) => `<p${id}>${body}</p>`), weight: 6 },
    {
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 6 }), localId, text)
        .map(([level, id, body]) => `<h${level}${id}>${body}</h${level}>`),
      weight: 4,
    },
    { arbitrary: tie('list'), weight: 2 },
    fc.constantFrom(
      '<hr />',
      '<p />',
      '<p>&nbsp;</p>',
      '<p><br /></p>',
      '<!-- kept -->',
      '<blockquote><p>said</p></blockquote>',
      '<ul><li /></ul>',
    ),
    fc
      .array(fc.tuple(inline, fc.boolean()), { minLength: 1, maxLength: 3 })
      .map(
        (tasks) =>
          `<ac:task-list>${tasks.map(([body, done], i) => `<ac:task><ac:task-id>${i + 1}</ac:task-id><ac:task-status>${done ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`).join('\n')}</ac:task-list>`,
      ),
    fc
      .tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
      )
      .map(
        ([width, rows, head]) =>
          `<table data-layout="default" ac:local-id="t1"><colgroup><col style="width: 100.0px;" /></colgroup><tbody>${rows
            .map(
              (row, y) =>
                `<tr>${row
                  .slice(0, width)
                  .map(([colour, body]) =>
                    head && y === 0 ? `<th>${body}</th>` : `<td${colour}>${body}</td>`,
                  )
                  .join('')}</tr>`,
            )
            .join('\n')}</tbody></table>`,
      ),
    fc
      .tuple(inline, inline)
      .map(
        ([a, b]) =>
          `<table><tbody><tr><th colspan="2">${a}</th></tr><tr><td rowspan="2">${b}</td><td><ul><li>x</li></ul></td></tr><tr><td>y</td></tr></tbody></table>`,
      ),
    fc
      .tuple(
        fc.constantFrom<[string, string][]>(
          [],
          [['language', 'js']],
          [
            ['language', 'c#'],
            ['title', 'A &amp; B'],
          ],
        ),
        code,
      )
      .map(
        ([some, body]) =>
          `<ac:structured-macro ac:name="code" ac:schema-version="1">${parameters(some)}<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body></ac:structured-macro>`,
      ),
    fc
      .tuple(
        fc.constantFrom('info', 'note', 'panel', 'expand', 'excerpt', 'ui-step', 'com.vendor.box'),
        acLocalId,
        fc.constantFrom('', 'Read this', 'A [b] "c"'),
        tie('inner'),
      )
      .map(
        ([macro, id, title, body]) =>
          `<ac:structured-macro ac:name="${macro}"${id}>${
            title
              ? parameters([
                  ['title', title],
                  ['bgColor', '#fff'],
                ])
              : ''
          }<ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`,
      ),
    fc.constantFrom(
      '<ac:structured-macro ac:name="toc" ac:schema-version="1" ac:macro-id="m-1"><ac:parameter ac:name="maxLevel">3</ac:parameter></ac:structured-macro>',
      '<ac:structured-macro ac:name="jira"><ac:parameter ac:name="jqlQuery">project = ENG AND text ~ "x }} y" </ac:parameter></ac:structured-macro>',
      '<ac:macro ac:name="children" />',
      '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Other" /></ac:link></ac:parameter></ac:structured-macro>',
      '<ac:structured-macro ac:name="plantuml"><ac:plain-text-body><![CDATA[@startuml\nA -> B\n@enduml]]></ac:plain-text-body></ac:structured-macro>',
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">d1</ac:adf-attribute><ac:adf-content><p>We ship</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>We ship</p></ac:adf-fallback></ac:adf-extension>',
      '<ac:image ac:width="600" ac:original-width="1200" ac:layout="center"><ri:attachment ri:filename="plan.png" /><ac:caption><p>The plan</p></ac:caption><ac:adf-mark key="border" size="1" color="#000" /></ac:image>',
      '<ac:image><ri:url ri:value="https://img.example/a.png" /></ac:image>',
      '<pre>two\n  lines</pre>',
      '<at:declarations><at:string at:name="x" /></at:declarations>',
    ),
    tie('inner').map(
      (body) =>
        `<ac:layout><ac:layout-section ac:type="two_equal" ac:breakout-mode="default"><ac:layout-cell>${body}</ac:layout-cell><ac:layout-cell><p>right</p></ac:layout-cell></ac:layout-section></ac:layout>`,
    ),
    tie('inner').map((body) => `<div class="box"><p>boxed</p>${body}</div>`),
    inline.map((body) => `${body}<strong>loose</strong>`),
  ),
}));

/** One block of storage. */
export const blockArbitrary = block;
/** A list item. */
export const itemArbitrary = item;
/** A whole page body, sometimes empty. */
export const bodyArbitrary: fc.Arbitrary<string> = fc
  .array(fc.tuple(gap, block), { maxLength: 8 })
  .map((parts) => parts.map(([space, one]) => space + one).join(''));
