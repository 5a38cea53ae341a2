import type { RichNode, RichTag } from '#lib/wire';
import type { Fact } from './facts.ts';

export type Branch = Exclude<RichNode, string>;
export type Op = 'ins' | 'del';

/** Tags that wrap words without breaking the line. */
export const WRAPS: ReadonlySet<RichTag> = new Set<RichTag>([
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'code',
  'a',
  'span',
  'comment',
  'ins',
  'del',
]);
const ATOMS = new Set<RichTag>(['status', 'mention', 'date', 'emoji', 'image', 'br', 'attr']);

export const isInline = (node: RichNode): boolean =>
  typeof node === 'string' || WRAPS.has(node.tag) || ATOMS.has(node.tag) || node.at?.inline === true;

/** All text of a node, blocks and words apart. */
export function richText(node: RichNode): string {
  return typeof node === 'string' ? node : (node.kids ?? []).map(richText).join(' ');
}

/** All text of nodes as it reads, nothing between. */
export const plainText = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : plainText(node.kids ?? []))).join('');

export const factsIn = (node: RichNode): readonly Fact[] =>
  typeof node === 'string' ? [] : (node.at?.facts ?? []);

/** The note that a value changed; null: it was not, or is no longer, there. */
export function note(name: string, before: string | null, after: string | null): Branch {
  const kids: RichNode[] = [];
  if (before !== null) kids.push({ tag: 'del', kids: [before] });
  if (after !== null) kids.push({ tag: 'ins', kids: [after] });
  return { tag: 'attr', at: { title: name }, kids };
}

/** Notes of all values that differ; those of one name are compared in their order. */
export function notesOf(
  before: readonly Fact[],
  after: readonly Fact[],
  except?: ReadonlySet<string>,
): Branch[] {
  if (before === after) return [];
  const old = byName(before);
  const now = byName(after);
  const out: Branch[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    if (except?.has(name)) continue;
    const [a, b] = [old.get(name) ?? [], now.get(name) ?? []];
    for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
      const [from, to] = [a[i] ?? null, b[i] ?? null];
      if (from !== to) out.push(note(name, from, to));
    }
  }
  return out;
}

function byName(facts: readonly Fact[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of facts) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

const MARKED = new Set<RichTag>(['tr', 'li', 'task']);

/** A node wholly added or removed: the mark goes inside cells and items, so that the table or list stays one. */
export function marked(node: RichNode, op: Op): RichNode {
  if (typeof node === 'string' || isInline(node) || !node.kids || node.kids.length === 0) {
    if (typeof node === 'object' && /^(tr|t[dh]|li|task)$/.test(node.tag))
      return { ...node, at: { ...node.at, mark: op === 'ins' ? 'add' : 'remove' } };
    return { tag: op, kids: [node] };
  }
  const at = MARKED.has(node.tag)
    ? { ...node.at, mark: op === 'ins' ? ('add' as const) : ('remove' as const) }
    : node.at;
  const one = at === undefined ? { tag: node.tag } : { tag: node.tag, at };
  if (node.tag === 'pre' || node.kids.every(isInline))
    return { ...one, kids: [{ tag: op, kids: node.kids }] };
  return { ...one, kids: node.kids.map((kid) => marked(kid, op)) };
}

/** A drawing without the marks of rows, cells and items; those of words stay. */
export function unsigned(node: RichNode): RichNode {
  if (typeof node === 'string') return node;
  const { mark: _mark, ...at } = node.at ?? {};
  return { ...node, at, ...(node.kids ? { kids: node.kids.map(unsigned) } : {}) };
}

/** True where something in it is marked or noted as changed. */
export function hasMark(node: RichNode): boolean {
  if (typeof node === 'string') return false;
  if (node.tag === 'ins' || node.tag === 'del' || node.tag === 'attr' || node.at?.mark !== undefined)
    return true;
  return node.kids?.some(hasMark) ?? false;
}

/**
 * The drawing as it is sent: without the facts, the unchanged parameters of macros as text before what is in
 * them.
 */
export function finished(node: RichNode): RichNode {
  if (typeof node === 'string') return node;
  const { facts, ...at } = node.at ?? {};
  let kids = node.kids?.map(finished);
  if (node.tag === 'macro' && facts) {
    const noted = new Set(
      (node.kids ?? []).map((kid) => (typeof kid === 'object' && kid.tag === 'attr' ? kid.at?.title : '')),
    );
    const rest = facts.filter(([name]) => (name !== 'title' || at.title === undefined) && !noted.has(name));
    const text = rest.map(([name, value]) => (name === 'value' ? value : `${name}=${value}`)).join(', ');
    if (text !== '') kids = [text, ...(kids ?? [])];
  }
  return {
    tag: node.tag,
    ...(Object.keys(at).length > 0 ? { at } : {}),
    ...(kids && kids.length > 0 ? { kids } : {}),
  };
}
