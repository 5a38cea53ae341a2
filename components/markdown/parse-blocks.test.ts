import { expect, test } from 'vitest';
import { type Parsed, parseBlocks } from './parse-blocks.ts';

const sample = [
  '# Rate limits',
  'Calls are limited to **100** per second.',
  '1. first\n\n2. second\n   - nested',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '```js\nconst x = 1;\n\nconst y = 2;\n```',
  '> quoted\n> twice',
  'Title\n-----',
  'See https://halden.example/wiki and ~~old~~.',
].join('\n\n');

const kinds = (parsed: Parsed) => parsed.blocks.map((block) => block.node.type);

test('parsing as it grows ends with the blocks of parsing at once', () => {
  let grown: Parsed | null = null;
  for (let end = 1; end <= sample.length; end += 7) grown = parseBlocks(sample.slice(0, end), true, grown);
  grown = parseBlocks(sample, false, grown);
  const once = parseBlocks(sample, false, null);
  expect(kinds(grown)).toEqual(kinds(once));
  expect(grown.blocks.map((block) => block.id)).toEqual(once.blocks.map((block) => block.id));
});

test('finished blocks keep their identity while more text arrives', () => {
  const first = parseBlocks('One.\n\nTwo.\n\nThr', true, null);
  const second = parseBlocks('One.\n\nTwo.\n\nThree and', true, first);
  expect(second.blocks[0]).toBe(first.blocks[0]);
  expect(second.blocks[1]).toBe(first.blocks[1]);
  expect(second.blocks[2]).not.toBe(first.blocks[2]);
});

test('text that was replaced is parsed anew', () => {
  const first = parseBlocks('One.\n\nTwo.', false, null);
  const second = parseBlocks('Other.\n\nTwo.', false, first);
  expect(second.blocks[0]).not.toBe(first.blocks[0]);
});
