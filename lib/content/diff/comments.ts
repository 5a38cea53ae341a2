import type { CommentEffect } from '#lib/wire';
import { macroName } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type StorageDoc, type StorageNode, visibleText } from '../parse/parse.ts';

const MAX_TEXT = 200;
const MAX_EFFECTS = 50;

/** The text each inline comment is attached to, by its reference. */
function marked(doc: StorageDoc): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of doc.nodes) {
    if (node.type !== 'element' || node.name !== 'ac:inline-comment-marker') continue;
    const ref = attr(node, 'ac:ref');
    if (ref !== null) found.set(ref, (found.get(ref) ?? '') + visibleText(doc, node, 2_000));
  }
  return found;
}

const quote = (text: string): string => {
  const line = readable(text);
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT).toWellFormed()}…` : line;
};

/** What becomes of the inline comments of a body: how many stay on the same words, and which do not. */
export function commentEffects(
  before: StorageDoc,
  after: StorageDoc,
): { kept: number; affected: number; lost: number; effects: CommentEffect[] } {
  const now = marked(after);
  const effects: CommentEffect[] = [];
  let [kept, affected, lost] = [0, 0, 0];
  for (const [ref, text] of marked(before)) {
    const left = now.get(ref);
    if (left !== undefined && readable(left) === readable(text)) {
      kept += 1;
      continue;
    }
    if (left === undefined) lost += 1;
    else affected += 1;
    effects.push({ ref, before: quote(text), after: left === undefined ? null : quote(left) });
  }
  // Lost ones first: they matter most where not all can be told.
  effects.sort((a, b) => Number(a.after !== null) - Number(b.after !== null));
  return { kept, affected, lost, effects: effects.slice(0, MAX_EFFECTS) };
}

function macrosOf(doc: StorageDoc): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < doc.nodes.length; i += 1) {
    const node = doc.nodes[i] as StorageNode;
    // A copy for old readers is no macro of its own.
    if (node.type === 'element' && node.name === 'ac:adf-fallback') i = node.last - 1;
    const isExtension = node.type === 'element' && node.name === 'ac:adf-extension';
    const name = isExtension ? node.name : macroName(node);
    if (name !== null) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

/** How many macros of a body are still there by name, and how many are gone. */
export function macroCounts(before: StorageDoc, after: StorageDoc): { kept: number; lost: number } {
  const now = macrosOf(after);
  let [kept, lost] = [0, 0];
  for (const [name, number] of macrosOf(before)) {
    const left = Math.min(number, now.get(name) ?? 0);
    kept += left;
    lost += number - left;
  }
  return { kept, lost };
}
