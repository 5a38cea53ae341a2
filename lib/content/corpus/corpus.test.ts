import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isBlank, macroName } from '../parse/elements.ts';
import { referenceAt } from '../parse/entities.ts';
import { parseStorage, type StorageDoc, type StorageNode } from '../parse/parse.ts';
import { type CorpusBody, corpus, generated, written } from './corpus.fixture.ts';
import { makers } from './generated.fixture.ts';

type Counted = {
  bodies: number;
  sources: number;
  deepest: [number, number];
  topLevel: Record<string, number>;
  oddities: Record<string, number>;
  elements: Record<string, { count: number; bodies: number; attributes: Record<string, number> }>;
  macros: Record<
    string,
    { count: number; parameters: Record<string, number>; parts: Record<string, number> }
  >;
  pairs: Record<string, number>;
  entities: Record<string, number>;
};

const seen = JSON.parse(
  readFileSync(join(import.meta.dirname, 'data/seen-in-the-wild.json'), 'utf8'),
) as Counted;

const docs = new Map<CorpusBody, StorageDoc>(written.map((body) => [body, parseStorage(body.storage)]));
const nodes = [...docs.values()].flatMap((doc) => doc.nodes);

const nameOf = (node: StorageNode): string => (node.type === 'element' ? node.name : `#${node.type}`);

/** What stands in the bodies written by hand: `p`, `p@style`, `td>p`, `macro:code`, `macro:code.title`, `macro:toc>ac:x`. */
function inventory(): Set<string> {
  const found = new Set<string>();
  for (const node of nodes) {
    found.add(nameOf(node));
    if (node.parent) found.add(`${nameOf(node.parent)}>${nameOf(node)}`);
    const holder = node.parent && macroName(node.parent);
    if (holder) found.add(`macro:${holder}>${nameOf(node)}`);
    if (node.type !== 'element') continue;
    for (const attribute of node.attributes) found.add(`${node.name}@${attribute.name}`);
    if (macroName(node) !== null) found.add(`macro:${macroName(node)}`);
    if (holder && node.name === 'ac:parameter')
      found.add(`macro:${holder}.${node.attributes.find(({ name }) => name === 'ac:name')?.value ?? ''}`);
  }
  return found;
}

const inCorpus = inventory();

test('names are unique and there are at least 165 bodies, each of them well-formed', () => {
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  expect(corpus.length).toBeGreaterThanOrEqual(165);
  expect(corpus.filter(({ about }) => about.length < 10)).toEqual([]);
  // Two bodies that are equal would be counted twice.
  expect(new Set(written.map(({ storage }) => storage)).size).toBe(written.length);
});

test('every element, attribute, macro, parameter, pair and entity counted in real pages stands in the corpus', () => {
  const wanted = [
    ...Object.entries(seen.elements).flatMap(([name, { attributes }]) => [
      name,
      ...Object.keys(attributes).map((attribute) => `${name}@${attribute}`),
    ]),
    ...Object.entries(seen.macros).flatMap(([name, { parameters, parts }]) => [
      `macro:${name}`,
      ...Object.keys(parameters).map((parameter) => `macro:${name}.${parameter}`),
      ...Object.keys(parts).map((part) => `macro:${name}>${part}`),
    ]),
    ...Object.keys(seen.pairs),
  ];
  expect(wanted.length).toBeGreaterThan(500);
  expect(wanted.filter((one) => !inCorpus.has(one))).toEqual([]);
  const text = written.map(({ storage }) => storage).join('\n');
  const entities = Object.keys(seen.entities).map((name) => `&${name};`);
  expect(entities.filter((entity) => !text.includes(entity))).toEqual([]);
  expect(entities.filter((entity) => referenceAt(entity, 0) === null)).toEqual([]);
});

test('every oddity and every kind of top-level block counted in real pages stands in the corpus', () => {
  const anywhere = (pattern: RegExp): boolean => written.some(({ storage }) => pattern.test(storage));
  const oddities: Record<string, boolean> = {
    'CDATA with line breaks': nodes.some((node) => node.type === 'cdata' && node.text.includes('\n')),
    'carriage returns': anywhere(/\r\n/),
    'raw non-breaking spaces': anywhere(/\u00a0/),
    'numeric character references': anywhere(/&#\d+;/) && anywhere(/&#x[0-9a-f]+;/i),
    'HTML comments': inCorpus.has('#comment'),
    'ac:macro': inCorpus.has('ac:macro'),
    'characters beyond the BMP': anywhere(/[\u{10000}-\u{10ffff}]/u),
  };
  const topLevel = [...docs.values()].flatMap((doc) => doc.children);
  const names = new Set(topLevel.map(nameOf));
  const tops: Record<string, boolean> = {
    paragraphs: names.has('p'),
    macros: topLevel.some((node) => macroName(node) !== null),
    h2: names.has('h2'),
    lists: names.has('ul') && names.has('ol'),
    images: names.has('ac:image'),
    tables: names.has('table'),
    rules: names.has('hr'),
    divs: names.has('div'),
    'bare links': names.has('a') && names.has('ac:link'),
    'adf-extensions': names.has('ac:adf-extension'),
    'task lists': names.has('ac:task-list'),
    layouts: names.has('ac:layout'),
  };
  expect(Object.keys(seen.oddities).filter((name) => !oddities[name])).toEqual([]);
  expect(Object.keys(seen.topLevel).filter((name) => !tops[name])).toEqual([]);
  expect(topLevel.some((node) => node.type === 'text' && !isBlank(node))).toBe(true);
  const depths = [...docs.values()].map((doc) => doc.depth);
  expect(Math.max(...depths)).toBeGreaterThanOrEqual(seen.deepest[1]);
});

test('large bodies are the same at each run and reach 1 MB', () => {
  for (const { name, make } of makers) {
    const first = make();
    expect(make() === first, name).toBe(true);
  }
  const sizes = generated.map(({ storage }) => storage.length);
  expect(Math.max(...sizes)).toBeGreaterThan(1024 * 1024);
  expect(sizes.filter((size) => size > 50 * 1024).length).toBeGreaterThan(5);
  const cells = parseStorage(generated.find(({ name }) => name === 'large-table')?.storage ?? '').nodes;
  expect(cells.filter((node) => node.type === 'element' && /^t[dh]$/.test(node.name)).length).toBe(6000);
});

const source = resolve(import.meta.dirname, '../../../../shared/atlassian/real-pages.md');

/** `name 12, other 3` as an object; an unnamed one has the name ''. */
function counts(text: string): Record<string, number> {
  return Object.fromEntries(
    text
      .split(', ')
      .filter((part) => part !== '')
      .map((part): [string, number] => {
        const [, name = '', count = ''] = /^([\s\S]*?) ([\d,]+)$/.exec(part.trim()) ?? [];
        return [name === '(unnamed)' ? '' : name, Number(count.replace(',', ''))];
      }),
  );
}

test.skipIf(!existsSync(source))('our copy of the figures is what was counted', () => {
  const text = readFileSync(source, 'utf8');
  const section = (head: string): string =>
    (text.split(`\n## ${head}`)[1] ?? '').split('\n## ')[0]?.split('\n').slice(1).join('\n').trim() ?? '';
  const lines = (head: string): RegExpMatchArray[] =>
    section(head)
      .split('\n')
      .map((line) => /^- `([^`]+)` (\d+)(?: in (\d+) bodies)?(?:[:;] (.*))?$/.exec(line) ?? ['']);
  const elements = lines('Elements').map(([, name = '', count, bodies, rest = '']) => [
    name,
    { count: Number(count), bodies: Number(bodies), attributes: counts(rest) },
  ]);
  expect(Object.fromEntries(elements)).toEqual(seen.elements);
  const macros = lines('Macros').map(([, name = '', count, , rest = '']) => {
    const all = Object.entries(counts(rest.replaceAll('; ', ', ')));
    const isPart = ([part]: [string, number]): boolean => /^(ac:|#)/.test(part);
    return [
      name,
      {
        count: Number(count),
        parameters: Object.fromEntries(all.filter((one) => !isPart(one))),
        parts: Object.fromEntries(all.filter(isPart)),
      },
    ];
  });
  expect(Object.fromEntries(macros)).toEqual(seen.macros);
  expect(counts(section('Parent > child').replace(/\n/g, ' '))).toEqual(seen.pairs);
  expect(counts(section('Named entities').replace(/\n/g, ' '))).toEqual(seen.entities);
  const [, top = ''] = /Top level of a page: ([\s\S]*?), text and comments too/.exec(text) ?? [];
  expect(counts(top.replace(/\n/g, ' '))).toEqual(seen.topLevel);
  expect(text).toContain(`Counted over ${seen.bodies} well-formed storage bodies`);
  expect(text).toContain(`nest ${seen.deepest.join(' to ')} levels`);
});
