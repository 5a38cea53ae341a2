import { expect, test } from 'vitest';
import { buildDemo } from '../sandbox/demo/index.ts';
import { type Block, outline } from './blocks/blocks.ts';
import { ContentError } from './content-error.ts';
import { applyEdits, type Edit } from './edit/edit.ts';
import { checkStorage } from './parse/parse.ts';
import { type Random, randomFrom } from './testing/random.ts';
import { verifyStorage } from './verify/verify.ts';
import { toMarkdown } from './view/markdown.ts';
import { markdownToStorage } from './write/storage.ts';

type Page = { storage: string };

/** Every `storage` in the demo site, wherever it stands in its tree. */
function bodies(): string[] {
  const found = new Set<string>();
  const queue: unknown[] = [buildDemo()];
  for (let next = queue.pop(); queue.length > 0 || next !== undefined; next = queue.pop()) {
    if (typeof next !== 'object' || next === null || next instanceof Uint8Array) continue;
    if (typeof (next as Partial<Page>).storage === 'string') found.add((next as Page).storage);
    queue.push(
      ...(Array.isArray(next) ? next : Object.values(next)).filter((value) => typeof value === 'object'),
    );
  }
  return [...found];
}

const MARKDOWN = [
  'A *new* paragraph & more.',
  '## Heading\n\n- a\n- b',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  ':::info Title\ntext\n:::',
  '```js\nif (a < b) {}\n```',
  '- [ ] task',
];

function randomEdit(blocks: Block[], random: Random): Edit {
  const markdown = MARKDOWN[random(MARKDOWN.length)] ?? '';
  const block = blocks[random(blocks.length)];
  if (!block) return { op: 'append', markdown };
  const target = block.kind === 'heading' && random(2) === 0 ? { heading: block.id } : { block: block.id };
  const ops = ['replace', 'insert_before', 'insert_after', 'delete', 'append', 'prepend'] as const;
  const op = ops[random(ops.length)] ?? 'append';
  return op === 'delete' ? { op, target } : { op, target, markdown };
}

test('1,000 random edits of the demo site change no byte outside the edited blocks', {
  timeout: 120_000,
}, () => {
  const all = bodies();
  const random = randomFrom(4711);
  expect(all.length).toBeGreaterThan(100);
  let made = 0;
  for (let run = 0; made < 1000 && run < 3000; run += 1) {
    const storage = all[random(all.length)] ?? '';
    const blocks = outline(storage);
    const edits = Array.from({ length: 1 + random(3) }, () => randomEdit(blocks, random));
    try {
      const result = applyEdits(storage, edits);
      let rebuilt = '';
      let at = 0;
      for (const [i, { start, end }] of result.touched.entries()) {
        rebuilt += storage.slice(at, start) + (result.inserted[i] ?? '');
        at = end;
      }
      expect(rebuilt + storage.slice(at)).toBe(result.storage);
      checkStorage(result.storage);
      expect(verifyStorage(storage, result.storage, result.storage).ok).toBe(true);
      made += 1;
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      expect(error.message).toMatch(/overlap|holds only/);
    }
  }
  expect(made).toBe(1000);
});

test('every demo body comes back from its Markdown byte for byte', { timeout: 120_000 }, () => {
  for (const storage of bodies()) {
    const { markdown } = toMarkdown(storage);
    expect(markdownToStorage(markdown, { originals: storage })).toBe(storage);
    expect(markdown.length).toBeLessThan(storage.length + 40);
  }
});
