import { decodeHTML } from 'entities';
import * as fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { corpus } from '../corpus/corpus.fixture.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { mixArbitrary } from '../testing/arbitrary-mixes.ts';
import { toMarkdown } from './markdown.ts';

/** Not shown by Confluence either, or a second copy of what is. */
const MUTE = /^(?:ac:task-id|ac:task-uuid|ac:task-status|ac:adf-fallback)$/;
/** Longer ones are cut in the view, visibly. */
const MOST = 100;

type Text = { text: string; parameter: boolean };

/** All texts of a body, in document order, by a parser that is not ours. */
function textsOf(storage: string): Text[] {
  const texts: Text[] = [];
  const open: { mute: boolean; parameter: boolean }[] = [];
  let cdata = false;
  let last = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        last = false;
        const mute = MUTE.test(name) || (name === 'ac:adf-attribute' && attributes.key === 'local-id');
        const around = open.at(-1) ?? { mute: false, parameter: false };
        const parameter = around.parameter || /^ac:(?:default-)?parameter$/.test(name);
        open.push({ mute: around.mute || mute, parameter });
      },
      onclosetag() {
        last = false;
        open.pop();
      },
      oncomment() {
        last = false;
      },
      oncdatastart() {
        cdata = true;
      },
      oncdataend() {
        cdata = false;
      },
      ontext(raw) {
        if (open.at(-1)?.mute) return;
        const text = cdata ? raw : decodeHTML(raw);
        const before = last ? texts.at(-1) : undefined;
        if (before) before.text += text;
        else texts.push({ text, parameter: open.at(-1)?.parameter ?? false });
        last = true;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(storage);
  return texts;
}

const signs = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** Letters and digits of the Markdown, without the escapes of line breaks in placeholders. */
function lettersOf(markdown: string): string {
  const quoted = /"(?:[^"\\\n]|\\.)*"/g;
  const placeholder = /\{\{(?:macro|element):(?:[^{}"\n]|"(?:[^"\\\n]|\\.)*")*\}\}/g;
  const plain = markdown.replace(placeholder, (whole) =>
    whole.replace(quoted, (value) => value.replace(/\\(?:[\\"/ntrbf]|u[0-9a-f]{4})/g, ' ')),
  );
  return signs(plain);
}

/** The first text that is not in the Markdown after the one before it; null where all are. Parameters may stand anywhere. */
function missing(storage: string, inOrder = true): string | null {
  const letters = lettersOf(toMarkdown(storage).markdown);
  let at = 0;
  for (const { text, parameter } of textsOf(storage)) {
    const wanted = signs(text.length > MOST && !/\s/.test(text) ? text.slice(0, 50) : text);
    const found = letters.indexOf(wanted, parameter || !inOrder ? 0 : at);
    if (found === -1) return text;
    if (!parameter) at = found + wanted.length;
  }
  return null;
}

/** A second body of a macro stands on the line that opens the fence of the first. */
const OUT_OF_ORDER = new Set(['macro-odd']);

test('the whole text of each body of the corpus stands in its Markdown, in order', () => {
  const found = corpus.map(({ name, storage }) => ({
    name,
    missing: missing(storage, !OUT_OF_ORDER.has(name)),
  }));
  expect(found.filter((one) => one.missing !== null)).toEqual([]);
  const code = textsOf(corpus.find(({ name }) => name === 'macro-code')?.storage ?? '');
  expect(code.map(({ text }) => text).join('')).toContain('sail("North');
});

test('the same for bodies made at random, and for blocks in other blocks', () => {
  fc.assert(
    fc.property(fc.oneof(bodyArbitrary, mixArbitrary), (storage) => {
      expect(missing(storage, !/"(?:two|twice)"/.test(storage))).toBeNull();
    }),
    { numRuns: 400 },
  );
});
