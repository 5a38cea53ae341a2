import { isVolatile } from '../parse/elements.ts';
import type { ElementNode, StorageDoc } from '../parse/parse.ts';
import { all3, choose, dispute, type Ledger, map3, type Three } from './ledger.ts';

/** The opening and closing tag around a part; of a run of text that stands alone, both are ''. */
export type Shell = { name: string; attributes: Map<string, { value: string; raw: string }>; open: string };

const NONE: Shell = { name: '', attributes: new Map(), open: '' };

export function shellOf(doc: StorageDoc, element: ElementNode | null): Shell {
  if (!element) return NONE;
  const attributes = new Map(
    element.attributes.map(({ name, value, start, end }) => [
      name,
      { value, raw: `${name}=${doc.source.slice(start - 1, end + 1)}` },
    ]),
  );
  const raw = doc.source.slice(element.start, element.openEnd);
  const open = element.selfClosing ? raw.replace(/(?<!\s)\s*\/>$/, '>') : raw;
  return { name: element.name, attributes, open };
}

const lasting = ({ attributes }: Shell): string[] =>
  [...attributes.keys()].filter((name) => !isVolatile(name));

function same(a: Shell, b: Shell): boolean {
  const [x, y] = [lasting(a), lasting(b)];
  return (
    a.name === b.name &&
    x.length === y.length &&
    x.every((name) => a.attributes.get(name)?.value === b.attributes.get(name)?.value)
  );
}

const named = (path: string[], name: string, three: Three<string>): [Three<string>, string[]] => [
  three,
  [...path, `attribute ${name}`],
];

/** Both changed the tag: attribute by attribute, on top of what Confluence holds now. */
function byAttribute(ledger: Ledger, three: Three<Shell>, path: string[]): Shell | null {
  const { base, ours, theirs } = three;
  const name = theirs.name === base.name ? ours.name : theirs.name;
  let fine = true;
  if (ours.name !== base.name && theirs.name !== base.name && ours.name !== theirs.name) {
    dispute(
      ledger,
      map3(three, (one) => one.name),
      [...path, 'kind'],
      'text',
    );
    fine = false;
  }
  const attributes = new Map(theirs.attributes);
  for (const key of new Set([...lasting(base), ...lasting(ours)])) {
    const [was, mine, now] = [base.attributes.get(key), ours.attributes.get(key), theirs.attributes.get(key)];
    if (mine?.value === was?.value || mine?.value === now?.value) continue;
    if (now?.value !== was?.value) {
      const values = map3({ base: was, ours: mine, theirs: now }, (one) => one?.value ?? '');
      dispute(ledger, ...named(path, key, values), 'text');
      fine = false;
    } else if (mine) attributes.set(key, mine);
    else attributes.delete(key);
  }
  if (!fine) return null;
  const open = `<${[name, ...[...attributes.values()].map(({ raw }) => raw)].join(' ')}>`;
  return { name, attributes, open };
}

/** Merges the tags around a part. Null with the conflict on record. */
export function mergeShell(ledger: Ledger, three: Three<Shell>, path: string[]): Shell | null {
  const { base, ours, theirs } = three;
  if (all3(three, (one) => one.name === '')) return base;
  if (same(base, ours) && same(base, theirs)) {
    const open = choose(map3(three, (one) => one.open));
    return open === theirs.open ? theirs : open === ours.open ? ours : base;
  }
  if (same(base, ours) || same(ours, theirs)) return theirs;
  if (same(base, theirs)) return ours;
  if (ours.name === '' || theirs.name === '')
    return dispute(
      ledger,
      map3(three, (one) => one.open),
      [...path, 'kind'],
      'text',
    );
  return byAttribute(ledger, three, path);
}

/** A part with its tags again; an empty one is closed as it was. */
export function wrap(shell: Shell, inner: string, selfClosing: boolean): string {
  if (shell.name === '') return inner;
  if (inner === '' && selfClosing) return shell.open.replace(/(?<!\s)\s*>$/, ' />');
  return `${shell.open}${inner}</${shell.name}>`;
}
