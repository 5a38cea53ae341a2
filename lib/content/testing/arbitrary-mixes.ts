import * as fc from 'fast-check';
import { groupNodes } from '../blocks/groups.ts';
import { written } from '../corpus/corpus.fixture.ts';
import { parseStorage } from '../parse/parse.ts';

/** Short top-level blocks of the corpus, each as its bytes. */
const blocks: string[] = [
  ...new Set(
    written.flatMap(({ storage }) =>
      groupNodes(parseStorage(storage).children).map(({ start, end }) => storage.slice(start, end)),
    ),
  ),
].filter((block) => block.length < 1500);

const CONTAINERS: ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => `<table><tbody><tr><td>${inner}</td><td>beside</td></tr></tbody></table>`,
  (inner) =>
    `<table><tbody><tr><td colspan="2">${inner}</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>`,
  (inner) => `<ul><li><p>item</p>${inner}</li><li>next</li></ul>`,
  (inner) => `<ol start="3"><li>${inner}</li></ol>`,
  (inner) => `<blockquote>${inner}</blockquote>`,
  (inner) =>
    `<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">More</ac:parameter><ac:rich-text-body>${inner}</ac:rich-text-body></ac:structured-macro>`,
  (inner) =>
    `<ac:task-list><ac:task><ac:task-id>9001</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${inner}</ac:task-body></ac:task></ac:task-list>`,
  (inner) =>
    `<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell>${inner}</ac:layout-cell></ac:layout-section></ac:layout>`,
  (inner) => `<div class="box">${inner}</div>`,
  (inner) => `<p>before ${inner} after</p>`,
  (inner) => `<span style="color: red;">${inner}</span>`,
  (inner) =>
    `<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content>${inner}</ac:adf-content></ac:adf-node></ac:adf-extension>`,
  (inner) => `<ac:unknown>${inner}</ac:unknown>`,
];

/** One to three blocks of the corpus, each in up to two containers: nestings that nobody wrote down. */
export const mixArbitrary: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...blocks),
      fc.array(fc.constantFrom(...CONTAINERS), { maxLength: 2 }),
      fc.constantFrom('', '\n', '\n\n'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) =>
    parts.map(([block, around, gap]) => around.reduce((inner, wrap) => wrap(inner), block) + gap).join(''),
  );
