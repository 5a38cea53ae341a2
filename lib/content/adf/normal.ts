import { type AdfNode, isObject, kidsOf, MAX_ADF_DEPTH } from './document.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

/** Ids and caches of the editor: made anew whenever a document is saved. */
const OWN = /^(?:local-?id|__.*|occurrenceKey|accessLevel|userType|macroMetadata|schemaVersion)$/i;

/** What the editor fills in where a node says nothing. */
const DEFAULTS: Record<string, Record<string, unknown>> = {
  table: { isNumberColumnEnabled: false, layout: 'default', width: 760, displayMode: 'default' },
  tableCell: { colspan: 1, rowspan: 1 },
  tableHeader: { colspan: 1, rowspan: 1 },
  orderedList: { order: 1 },
  mediaSingle: { layout: 'center' },
  extension: { layout: 'default' },
  bodiedExtension: { layout: 'default' },
  status: { color: 'neutral', style: '' },
  taskItem: { state: 'TODO' },
};

/** Attributes that only repeat what another one says: the name beside an account id. */
const REPEATED: Record<string, readonly string[]> = {
  mention: ['text'],
  emoji: ['text', 'id'],
};

function evenedOut(value: unknown, depth: number): unknown {
  if (depth > MAX_ADF_DEPTH) return JSON.stringify(value);
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (Array.isArray(value)) return value.map((one) => evenedOut(one, depth + 1));
  return isObject(value) ? valuesOf(value, depth + 1) : value;
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (isObject(value) && Object.keys(value).length === 0);

function valuesOf(values: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !OWN.test(name))
      .map(([name, value]): [string, unknown] => [name, evenedOut(value, depth)])
      .filter(([, value]) => !isNothing(value))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function attributesOf(node: AdfNode): Record<string, unknown> {
  const given = valuesOf(isObject(node.attrs) ? node.attrs : {});
  const defaults = DEFAULTS[node.type] ?? {};
  const repeated = REPEATED[node.type] ?? [];
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => defaults[name] !== value && !repeated.includes(name))
      .map(([name, value]) => [name, node.type === 'date' || name === 'order' ? String(value) : value]),
  );
}

function marksOf(node: AdfNode): string {
  const marks: Mark[] = Array.isArray(node.marks) ? node.marks : [];
  return marks
    .filter((mark) => isObject(mark) && mark.type !== 'fragment')
    .map((mark) => `${mark.type}${JSON.stringify(valuesOf(isObject(mark.attrs) ? mark.attrs : {}))}`)
    .toSorted()
    .join(' ');
}

/** Neighbouring texts with the same marks are one; empty ones none. */
function joined(kids: readonly AdfNode[]): AdfNode[] {
  const out: AdfNode[] = [];
  for (const kid of kids) {
    const last = out.at(-1);
    if (kid.type === 'text' && (kid.text ?? '') === '') continue;
    if (kid.type === 'text' && last?.type === 'text' && marksOf(kid) === marksOf(last))
      out[out.length - 1] = { ...last, text: `${last.text ?? ''}${kid.text ?? ''}` };
    else out.push(kid);
  }
  return out;
}

/** The opening of a node: its type, attributes and marks without what an editor fills in by itself. */
export function adfShell(node: AdfNode): string {
  const marks = marksOf(node);
  return `${node.type}${JSON.stringify(attributesOf(node))}${marks === '' ? '' : `[${marks}]`}`;
}

/**
 * A node in a form that is equal for equal content: without local ids, empty marks and defaults, keys in order,
 * texts joined. Deeper than `MAX_ADF_DEPTH` it is taken as it stands.
 */
export function adfForm(node: AdfNode, depth = 0): string {
  if (depth > MAX_ADF_DEPTH) return JSON.stringify(node);
  const text = node.type === 'text' ? JSON.stringify((node.text ?? '').replace(/\r\n?/g, '\n')) : '';
  const kids = joined(kidsOf(node)).map((kid) => adfForm(kid, depth + 1));
  return `${adfShell(node)}${text}(${kids.join(',')})`;
}
