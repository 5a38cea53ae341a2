import { ContentError } from '../content-error.ts';
import { normalForm } from '../normal.ts';
import { isVolatile } from '../parse/elements.ts';
import { checkStorage, type ElementNode } from '../parse/parse.ts';
import { mergeItems } from './items.ts';
import { dispute, type Ledger, map3, type Three } from './ledger.ts';
import { decoded, isShown, type Stretch } from './sentences.ts';
import type { Item } from './sides.ts';

type Token = { bytes: string; key: string; shown: boolean };

const WORD =
  /&[#\w]+;|[ \t\r\n]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}_])+|[\s\S]/gu;

const MAX_TOKENS = 5_000;

function tagKey(element: ElementNode): string {
  const attributes = element.attributes
    .filter(({ name }) => !isVolatile(name))
    .map(({ name, value }) => `${name}=${JSON.stringify(value)}`)
    .sort();
  return `<${element.name} ${attributes.join(' ')}>`;
}

/** Words, signs and tags of a sentence; a picture, person, date or macro is one token. Null where there are too many. */
function tokensOf({ doc, nodes, start, end }: Stretch): Token[] | null {
  const tokens: Token[] = [];
  const open: ElementNode[] = [];
  const closeTo = (index: number): void => {
    for (let last = open.at(-1); last && last.last <= index; last = open.at(-1)) {
      const bytes = doc.source.slice(last.closeStart, last.end);
      tokens.push({ bytes, key: `</${last.name}>`, shown: false });
      open.pop();
    }
  };
  const words = (from: number, to: number): void => {
    for (const bytes of doc.source.slice(from, to).match(WORD) ?? []) {
      const text = decoded(bytes);
      tokens.push({ bytes, key: /^[ \t\r\n]+$/.test(text) ? ' ' : text, shown: true });
    }
  };
  for (const root of nodes) {
    for (let i = root.index; i < root.last; i += 1) {
      if (tokens.length > MAX_TOKENS) return null;
      closeTo(i);
      const node = doc.nodes[i];
      if (!node) continue;
      if (node.type === 'text') {
        words(Math.max(start, node.start), Math.min(end, node.end));
      } else if (node.type !== 'element' || isShown(node) || node.selfClosing) {
        const bytes = doc.source.slice(node.start, node.end);
        const shown = node.type === 'cdata' || isShown(node);
        tokens.push({ bytes, key: `<>${normalForm(doc, [node])}`, shown });
        i = node.last - 1;
      } else {
        tokens.push({ bytes: doc.source.slice(node.start, node.openEnd), key: tagKey(node), shown: false });
        open.push(node);
      }
    }
    closeTo(root.last);
  }
  return tokens;
}

const wording = (tokens: Token[]): string =>
  JSON.stringify(tokens.filter(({ shown }) => shown).map(({ key }) => key));

function itemOf({ bytes, key, shown }: Token): Item<null> {
  const name = /^<[\w:.-]*/.exec(key)?.[0] ?? 'word';
  return {
    key,
    bytes,
    gap: '',
    shape: shown ? 'shown' : name,
    id: null,
    name: () => '',
    under: [],
    level: null,
    solid: () => false,
    plain: true,
    text: () => '',
    node: null,
  };
}

/**
 * Merges two versions of one sentence. Two rewordings are a conflict; but where one side left the words as they
 * are and only marked some (a comment, bold, another target of a link), both are taken if they do not touch.
 */
export function mergeSentence(ledger: Ledger, three: Three<Stretch>, path: string[]): string | null {
  const bytes = map3(three, ({ doc, start, end }) => doc.source.slice(start, end));
  const { base, ours, theirs } = map3(three, tokensOf);
  if (!base || !ours || !theirs) return dispute(ledger, bytes, path);
  const words = map3({ base, ours, theirs }, wording);
  if (words.base !== words.ours && words.base !== words.theirs) return dispute(ledger, bytes, path);
  const trial: Ledger = {
    ...ledger,
    conflicts: [],
    gone: [],
    placed: { ours: new Set(), theirs: new Set() },
    agreed: new Set(),
  };
  const items = map3({ base, ours, theirs }, (tokens) => tokens.map(itemOf));
  const merged = mergeItems(trial, items, [], () => dispute(trial, bytes, path));
  if (merged === null || !isWhole(merged)) return dispute(ledger, bytes, path);
  return merged;
}

function isWhole(storage: string): boolean {
  try {
    checkStorage(storage);
    return true;
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}
