import { childElement, collapse, macroName, parameterOf, shortHash } from '../parse/elements.ts';
import { attr, type ElementNode, type StorageDoc, visibleText } from '../parse/parse.ts';
import { addWords, shareKept, type Words } from './words-kept.ts';

/** A macro as people know it: `expand "More"`, and what it holds. */
export type Macro = {
  name: string;
  label: string;
  id: string | null;
  /** Equal for macros that say the same. */
  content: string;
  /** The words of its body; null for a macro without one. */
  body: Words | null;
};

/** Characters of a body that are looked at, of all bodies together, and of each where those are spent. */
const MAX_BODY = 200_000;
const MAX_ALL = 4_000_000;
const LEAST = 500;

/** What the bodies of a page may still take: nested ones hold the same text again and again. */
type Budget = { left: number };

function bodyWords(doc: StorageDoc, macro: ElementNode, budget: Budget): Words | null {
  const body = childElement(macro, 'ac:rich-text-body') ?? childElement(macro, 'ac:plain-text-body');
  if (!body) return null;
  const words: Words = new Map();
  const text = visibleText(doc, body, Math.max(LEAST, Math.min(MAX_BODY, budget.left)));
  // Where text is in many small pieces the pieces cost more than the text.
  budget.left -= text.length + 20 * (body.textTo - body.textFrom);
  addWords(words, text);
  return words;
}

/** What people read on a macro: its title, else the parameter that says most. */
function labelOf(macro: ElementNode, name: string): string {
  const known = ['title', 'key', 'jqlQuery', 'name', 'url', ''];
  const said = known.map((one) => collapse(parameterOf(macro, one) ?? '')).find((one) => one !== '');
  const called = name === 'status' ? 'status' : name;
  return said === undefined ? called : `${called} "${said.length > 60 ? `${said.slice(0, 59)}…` : said}"`;
}

/** The macros of a body, with ADF extensions as what they are; copies for old readers are left out. */
export function macrosOf(doc: StorageDoc): Macro[] {
  const found: Macro[] = [];
  const budget: Budget = { left: MAX_ALL };
  for (let i = 0; i < doc.nodes.length; i += 1) {
    const node = doc.nodes[i];
    if (node?.type !== 'element') continue;
    if (node.name === 'ac:adf-fallback') {
      i = node.last - 1;
      continue;
    }
    const macro = macroName(node);
    if (macro === null && node.name !== 'ac:adf-extension') continue;
    const inner = childElement(node, 'ac:adf-node');
    const name = macro ?? (inner ? (attr(inner, 'type') ?? 'extension') : 'extension');
    const body = macro === null ? null : bodyWords(doc, node, budget);
    const parameters = node.children
      .filter((child) => child.type === 'element' && child.name === 'ac:parameter')
      .map((child) => doc.source.slice(child.start, child.end));
    found.push({
      name,
      label: macro === null ? name : labelOf(node, name),
      id: attr(node, 'ac:macro-id') ?? attr(node, 'ac:local-id'),
      content: shortHash(`${name}\n${parameters.join('')}\n${visibleText(doc, node, 2000)}`, 10),
      body,
    });
  }
  return found;
}

/** Takes pairs with an equal key out of both lists. */
function pair(
  before: Macro[],
  after: Macro[],
  keyOf: (macro: Macro) => string | null,
): { pairs: [Macro, Macro][]; before: Macro[]; after: Macro[] } {
  const open = new Map<string, Macro[]>();
  for (const macro of after.toReversed()) {
    const key = keyOf(macro);
    if (key === null) continue;
    const list = open.get(key);
    if (list) list.push(macro);
    else open.set(key, [macro]);
  }
  const pairs: [Macro, Macro][] = [];
  const used = new Set<Macro>();
  const left = before.filter((macro) => {
    const key = keyOf(macro);
    const other = key === null ? undefined : open.get(key)?.pop();
    if (!other) return true;
    pairs.push([macro, other]);
    used.add(other);
    return false;
  });
  return { pairs, before: left, after: after.filter((macro) => !used.has(macro)) };
}

/** Less of a body's words than this is left: it is another one. */
const KEPT = 0.5;

const replaced = ([old, now]: [Macro, Macro]): boolean =>
  old.body !== null && old.body.size > 0 && shareKept(old.body, now.body ?? new Map()) < KEPT;

/**
 * The macros a change takes away, by their labels, and those that stay but lose most of what is in them: as one that
 * another of the same name has replaced. An edited macro is neither.
 */
export function macrosLost(before: StorageDoc, after: StorageDoc): { gone: string[]; emptied: string[] } {
  let state = { before: macrosOf(before), after: macrosOf(after) };
  const pairs: [Macro, Macro][] = [];
  const keys: ((macro: Macro) => string | null)[] = [
    ({ name, id, content }) => `${name} ${id} ${content}`,
    ({ name, id }) => (id === null ? null : `${name} ${id}`),
    ({ name, content }) => `${name} ${content}`,
    ({ name, label }) => `${name} ${label}`,
    ({ name }) => name,
  ];
  for (const key of keys) {
    const next = pair(state.before, state.after, key);
    for (const piece of next.pairs) pairs.push(piece);
    state = next;
  }
  return {
    gone: state.before.map(({ label }) => label),
    emptied: pairs.filter(replaced).map(([{ label }]) => label),
  };
}
