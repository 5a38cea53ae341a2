import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentError } from '../content-error.ts';
import { corpus } from '../corpus/corpus.fixture.ts';
import { parseStorage } from '../parse/parse.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { demoBodies } from '../testing/demo-bodies.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

/** Gaps, and what an element is left with when all that was in it is gone. */
const packed = (storage: string): string =>
  storage
    .replace(/>\s+</g, '><')
    .replace(/<p \/>|<p><\/p>/g, '')
    .trim();

const readable = (storage: string): string =>
  toMarkdown(storage)
    .markdown.replace(/<(https?:[^<>\s]*)>/g, '$1')
    .replace(/#[\w.-]+(?=\}|\s\})/g, '#')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');

type Outcome = 'exact' | 'reads the same' | 'refused' | 'other' | 'skipped';

/** Takes one block, item or row out of the Markdown of a body, as it would be drawn without it. */
function takeOut(storage: string, pick: number): Outcome {
  const doc = parseStorage(storage);
  const elements = doc.nodes.filter(
    (node) => node.type === 'element' && /^(?:li|tr|ac:task|p|h[1-6])$/.test(node.name),
  );
  const element = elements[pick % Math.max(elements.length, 1)];
  const beside = (element?.parent?.children ?? doc.children).filter((node) => node.type === 'element');
  if (!element || beside.length < 2) return 'skipped';
  const wanted = storage.slice(0, element.start) + storage.slice(element.end);
  const { markdown } = toMarkdown(wanted);
  if (markdown === toMarkdown(storage).markdown) return 'skipped';
  try {
    const got = markdownToStorage(markdown, { originals: storage });
    if (packed(got) === packed(wanted)) return 'exact';
    return readable(got) === readable(wanted) ? 'reads the same' : 'other';
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    // What Markdown cannot write has an id of its bytes, which differ.
    expect(error.message).toMatch(/names nothing/);
    return 'refused';
  }
}

test('taking out a block, an item or a row leaves all others as they are', { timeout: 240_000 }, () => {
  const counts: Record<Outcome, number> = { exact: 0, 'reads the same': 0, refused: 0, other: 0, skipped: 0 };
  const count = (storage: string, pick: number): void => {
    counts[takeOut(storage, pick)] += 1;
  };
  fc.assert(fc.property(bodyArbitrary, fc.nat(), count), { numRuns: 800 });
  for (const storage of [...corpus.map((one) => one.storage), ...demoBodies()])
    for (let pick = 0; pick < 30 && storage.length < 20_000; pick += 13) count(storage, pick);
  expect(counts.other / counts.exact).toBeLessThan(0.01);
  expect(counts['reads the same'] / counts.exact).toBeLessThan(0.05);
});
