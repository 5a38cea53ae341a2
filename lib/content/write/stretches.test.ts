import * as fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { directive } from 'micromark-extension-directive';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { readStretches } from './read-stretches.ts';
import { stretchesOf } from './stretches.ts';

const parse = (text: string): Root =>
  fromMarkdown(text, {
    extensions: [gfm({ singleTilde: false }), directive()],
    mdastExtensions: [...gfmFromMarkdown().slice(1), directiveFromMarkdown()],
  });

/** The tree as text: kinds, values and places. */
function drawn(node: Nodes, depth = 0): string {
  const { type, position, ...rest } = node as Nodes & { children?: Nodes[] };
  const { children = [], ...fields } = rest as { children?: Nodes[] };
  const place =
    type === 'root' || !position
      ? ''
      : `${position.start.offset}-${position.end.offset} ${position.start.line}:${position.start.column}-${position.end.line}:${position.end.column}`;
  return [
    `${' '.repeat(depth)}${type} ${place} ${JSON.stringify(fields)}`,
    ...children.map((child) => drawn(child, depth + 1)),
  ].join('\n');
}

const same = (text: string): void => expect(drawn(readStretches(text, parse))).toBe(drawn(parse(text)));
/** Text that makes a stretch long enough to be cut after it. */
const filler = `${'Words of a long paragraph. '.repeat(45)}\n`;

const block = fc.constantFrom(
  ...[
    'text',
    'two\nlines',
    '# Title',
    'Title\n===',
    'Title\n---',
    '---',
    '***',
    '> quote',
    '> quote\nlazy',
    '> ```\n> code\n> ```',
  ],
  ...[
    '- a\n- b',
    '- a\n\n- b',
    '* a\n* b',
    '1. a\n2. b',
    '1) a\n2) b',
    '- a\n  - b\n    - c',
    '- a\n\n  text',
    '- a\nlazy',
    '- [ ] t\n- [x] u',
    '-',
    '- - -',
  ],
  ...[
    '```\ncode\n\n# no title\n- no item\n```',
    '~~~\n```\n~~~',
    '- ```\n  code\n\n  more\n  ```',
    '- a\n ```\n b\n ```',
    '    indented\n\n    code',
  ],
  ...[
    '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |',
    '| a |\n|---|\n| b |\ntext',
    '| a |\nno table',
    'a | b\n--- | ---\nc | d',
  ],
  ...[
    '<!-- c -->',
    '<!-- c\n\n# no title -->',
    '<div>\n\ntext',
    '<pre>\n\n- x\n</pre>',
    '<?x\n\ny?>',
    '<script>\n\n</script> after',
  ],
  ...[
    ':::c{x=0}\ninside\n\n- a\n:::',
    '::::c{x=1}\n:::c{x=2}\ndeep\n:::\n\ntext\n::::',
    ':::c{x=3}\n:::',
    '- :::c{x=4}\n  x\n  :::',
  ],
  ...[
    '[one][ref] and [two]',
    '[ref]: /target "T"',
    '[two]:\n  /other',
    'x[^n]',
    '[^n]: note\n\n    more',
    '![ref]',
    '[ref]',
    '\\- a',
    '&amp;',
  ],
);
const gap = fc.constantFrom(
  '\n',
  '\n\n',
  '\n\n\n',
  '\n  \n',
  `\n\n${filler}\n`,
  `\n\n${filler}\n`,
  `\n${filler}`,
  `\n\n- ${filler}`,
  `\n\n1. ${filler}`,
);

test('reads as the whole text does, with the same places', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(block, gap), { maxLength: 8 }),
      fc.constantFrom('', '\n', '   text\n'),
      (parts, end) => {
        same(parts.map(([text, space]) => text + space).join('') + end);
      },
    ),
    { numRuns: 1000 },
  );
});

test('long lists and tables are cut and put together again', () => {
  const item = (sign: string, at: number): string => `${sign} item ${at} with **words** in it\n`;
  const rows = Array.from(
    { length: 400 },
    (_, at) => `| row ${at} | **b** | [x](https://e.example) |\n`,
  ).join('');
  for (const text of [
    Array.from({ length: 400 }, (_, at) => item('-', at)).join(''),
    Array.from({ length: 400 }, (_, at) => `${item('*', at)}\n`).join(''),
    Array.from({ length: 400 }, (_, at) => `${item(`${at + 3}.`, at)}${at % 3 ? '   - inner\n' : ''}`).join(
      '',
    ),
    `| a | b | c |\n|---|:-:|--:|\n${rows}\nafter\n`,
    `> ${'long '.repeat(1000)}\n\n| a | b | c |\n|---|---|---|\n${rows}text below\n`,
    `- a\n${Array.from({ length: 300 }, () => 'lazy text that goes on\n').join('')}- b\n`,
  ]) {
    same(text);
  }
  expect(stretchesOf(`| a |\n|---|\n${'| b |\n'.repeat(3000)}`).length).toBeGreaterThan(3);
});

test('definitions are known in every stretch', () => {
  same(
    `[a][Ref] first\n\n${filler}\n${filler}\n[ref]: https://e.example\n\n${filler}\nlast [ref] and [^n]\n\n[^n]: note\n`,
  );
});

test('what would take too long is refused', () => {
  const refused = (text: string): void => expect(() => readStretches(text, parse)).toThrow(ContentError);
  refused(`- a\n${'  - b\n'.repeat(5000)}`);
  refused('a\n===\n'.repeat(5000));
  refused('> a\n'.repeat(5000));
  refused('| a\n'.repeat(9000));
  readStretches(`\`\`\`\n${'- a\n'.repeat(9000)}\`\`\``, parse);
});

/** What grew with the square would take many minutes. */
const quick = (name: string, run: () => void): void => test(name, { timeout: 120_000 }, run);

quick('a quarter of a megabyte of any repeated block is read', () => {
  for (const text of [
    'text\n\n',
    '> a\n\n',
    '- a\n',
    '- a\n\n',
    '- a\n  - b\n',
    '# h\n',
    'T\n=\n\n',
    '| a |\n|---|\n| b |\n\n',
    '```\nx\n```\n\n',
    ':::c{x=1}\nx\n:::\n',
  ]) {
    readStretches(text.repeat(Math.ceil(250_000 / text.length)), parse);
  }
});
