import { collapse, isInline, macroName, ownText } from '../parse/elements.ts';
import { escapeXml, toCdata } from '../parse/entities.ts';
import { attr, type ElementNode, type StorageDoc } from '../parse/parse.ts';
import { mergeInline } from './inline.ts';
import { mergeItems } from './items.ts';
import {
  all3,
  choose,
  dispute,
  type Ledger,
  MAX_LEVELS,
  map3,
  quoted,
  type Spot,
  sourceOf,
  type Three,
} from './ledger.ts';
import { blocksIn, elementsIn, fieldName, fieldsIn, type Sequence } from './parts.ts';
import { areNamed, mergeField, mergeRecord } from './record.ts';
import { mergeTable } from './table.ts';
import { mergeShell, type Shell, shellOf, wrap } from './tags.ts';
import { mergeLines } from './text-lines.ts';

export type Holder = { doc: StorageDoc; element: ElementNode };
type Merge = (ledger: Ledger, three: Three<Holder>, path: string[]) => string | null;

const whole = (ledger: Ledger, three: Three<Holder>, path: string[]): null =>
  dispute(
    ledger,
    map3(three, ({ doc, element }) => doc.source.slice(element.start, element.end)),
    path,
  );

const shellsOf = (three: Three<Holder>): Three<Shell> =>
  map3(three, ({ doc, element }) => shellOf(doc, element));

/** Closed as theirs is, where nothing is inside. */
const closed = (shell: Shell, inner: string, { theirs }: Three<Holder>): string =>
  wrap(shell, inner, theirs.element.selfClosing);

function inSequence(
  ledger: Ledger,
  three: Three<Holder>,
  parts: Three<Sequence>,
  path: string[],
  single: boolean,
): string | null {
  const shell = mergeShell(ledger, shellsOf(three), path);
  const items = map3(parts, (one) => one.items);
  const named = !single || items.base.length > 1;
  const inner = mergeItems(ledger, items, path, (versions, at) =>
    ledger.enter(
      ledger,
      map3(versions, ({ node }) => node),
      named ? [...at, versions.base.name()] : at,
    ),
  );
  const tail = choose(map3(parts, (one) => one.tail));
  return shell === null || inner === null ? null : closed(shell, inner + tail, three);
}

/** Cells, items, panels: blocks within tags. */
const asBlocks: Merge = (ledger, three, path) =>
  inSequence(
    ledger,
    three,
    map3(three, ({ doc, element }) => blocksIn(doc, element)),
    path,
    true,
  );

const asElements =
  (wanted: RegExp): Merge =>
  (ledger, three, path) => {
    const { base, ours, theirs } = map3(three, ({ doc, element }) => elementsIn(doc, element, wanted));
    return base && ours && theirs
      ? inSequence(ledger, three, { base, ours, theirs }, path, false)
      : whole(ledger, three, path);
  };

/** Macros, tasks, images: parts with names. */
const asRecord: Merge = (ledger, three, path) => {
  const shell = mergeShell(ledger, shellsOf(three), path);
  const { base, ours, theirs } = map3(three, ({ doc, element }) => fieldsIn(doc, element));
  if (!base || !ours || !theirs) return whole(ledger, three, path);
  const fields = { base: base.fields, ours: ours.fields, theirs: theirs.fields };
  if (!all3(fields, areNamed)) return whole(ledger, three, path);
  const inner = mergeRecord(ledger, fields, (field) => {
    const at = [...path, fieldName((field.base ?? field.ours ?? field.theirs)?.id ?? '')];
    return mergeField(ledger, field, at);
  });
  const tail = choose({ base: base.tail, ours: ours.tail, theirs: theirs.tail });
  return shell === null || inner === null ? null : closed(shell, inner + tail, three);
};

const plainText = ({ element }: Holder): string | null =>
  element.children.every(({ type }) => type === 'text' || type === 'cdata') ? ownText(element) : null;

/** Code and other plain text, by line. */
const asText =
  (write: (text: string) => string): Merge =>
  (ledger, three, path) => {
    const { base, ours, theirs } = map3(three, plainText);
    if (base === null || ours === null || theirs === null) return whole(ledger, three, path);
    const shell = mergeShell(ledger, shellsOf(three), path);
    const text = mergeLines(ledger, { base, ours, theirs }, path);
    return shell === null || text === null ? null : wrap(shell, write(text), false);
  };

/** A value that is either one or the other: a parameter, a status. */
const asValue: Merge = (ledger, three, path) => {
  const { base, ours, theirs } = map3(three, plainText);
  if (base === null || ours === null || theirs === null) return whole(ledger, three, path);
  return dispute(ledger, { base, ours, theirs }, path, 'text');
};

/** A number that Confluence gives: what it holds now counts. */
const asGiven: Merge = (_ledger, { theirs: { doc, element } }) =>
  doc.source.slice(element.start, element.end);

const merges: Record<string, Merge> = {
  ul: asElements(/^(li|ul|ol)$/),
  ol: asElements(/^(li|ul|ol)$/),
  'ac:task-list': asElements(/^ac:task(-list)?$/),
  'ac:task': asRecord,
  'ac:task-id': asGiven,
  'ac:task-uuid': asGiven,
  'ac:task-status': asValue,
  'ac:task-body': asBlocks,
  table: mergeTable,
  li: asBlocks,
  td: asBlocks,
  th: asBlocks,
  blockquote: asBlocks,
  div: asBlocks,
  'ac:caption': asBlocks,
  'ac:rich-text-body': asBlocks,
  'ac:layout': asBlocks,
  'ac:layout-section': asBlocks,
  'ac:layout-cell': asBlocks,
  'ac:structured-macro': asRecord,
  'ac:macro': asRecord,
  'ac:image': asRecord,
  'ac:parameter': asValue,
  'ac:default-parameter': asValue,
  'ac:plain-text-body': asText(toCdata),
  pre: asText(escapeXml),
};

const LINE = /^(?:p|h[1-6])$/;

/** A run of text, or what a paragraph or heading holds. */
function lineOf({ doc, nodes }: Spot): { element: ElementNode | null; inner: Spot } | null {
  const [node] = nodes;
  if (nodes.length === 1 && node?.type === 'element' && LINE.test(node.name))
    return { element: node, inner: { doc, nodes: node.children } };
  return nodes.every(isInline) || nodes.length > 1 ? { element: null, inner: { doc, nodes } } : null;
}

function holderOf({ doc, nodes }: Spot): Holder | null {
  const [node] = nodes;
  return nodes.length === 1 && node?.type === 'element' ? { doc, element: node } : null;
}

/** A macro is known to people by its title. */
function titled(path: string[], { element }: Holder): string[] {
  const title =
    macroName(element) === null
      ? null
      : element.children.find(
          (child) =>
            child.type === 'element' && child.name === 'ac:parameter' && attr(child, 'ac:name') === 'title',
        );
  const text = title?.type === 'element' ? collapse(ownText(title)) : '';
  const last = path.at(-1) ?? '';
  return text === '' || last.includes('"') ? path : [...path.slice(0, -1), `${last} ${quoted(text)}`];
}

/** Merges two versions of one block by its parts. Null with the conflicts on record. */
export function mergeBlock(ledger: Ledger, spots: Three<Spot>, path: string[]): string | null {
  const refuse = (): null => dispute(ledger, map3(spots, sourceOf), path);
  for (const { nodes } of Object.values(spots))
    ledger.budget -= (nodes.at(-1)?.end ?? 0) - (nodes[0]?.start ?? 0);
  if (ledger.depth > MAX_LEVELS || ledger.budget < 0) return refuse();
  const lines = map3(spots, lineOf);
  const { base, ours, theirs } = lines;
  if (base && ours && theirs) {
    const shells = {
      base: shellOf(spots.base.doc, base.element),
      ours: shellOf(spots.ours.doc, ours.element),
      theirs: shellOf(spots.theirs.doc, theirs.element),
    };
    const shell = mergeShell(ledger, shells, path);
    const inner = mergeInline(ledger, { base: base.inner, ours: ours.inner, theirs: theirs.inner }, path);
    return shell === null || inner === null ? null : wrap(shell, inner, theirs.element?.selfClosing === true);
  }
  const holders = map3(spots, holderOf);
  if (!holders.base || !holders.ours || !holders.theirs) return refuse();
  const three = { base: holders.base, ours: holders.ours, theirs: holders.theirs };
  const names = map3(three, ({ element }) => element.name);
  const lists = all3(names, (name) => name === 'ul' || name === 'ol');
  const cells = all3(names, (name) => name === 'td' || name === 'th');
  if (!lists && !cells && (names.base !== names.ours || names.base !== names.theirs)) return refuse();
  const merge = merges[names.base];
  if (!merge) return refuse();
  ledger.depth += 1;
  const merged = merge(ledger, three, titled(path, three.base));
  ledger.depth -= 1;
  return merged;
}
