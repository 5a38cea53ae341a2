import { isInline } from '../parse/elements.ts';
import type { ElementNode } from '../parse/parse.ts';
import { mergeItems } from './items.ts';
import { all3, dispute, type Ledger, MAX_LEVELS, map3, type Spot, sourceOf, type Three } from './ledger.ts';
import { isLine, type Stretch, sentencesOf } from './sentences.ts';
import type { Item } from './sides.ts';
import { mergeShell, shellOf, wrap } from './tags.ts';
import { mergeSentence } from './tokens.ts';

/** The element that a whole stretch is, such as bold text, or null. */
function soleElement({ nodes, start, end }: Stretch): ElementNode | null {
  const [node] = nodes;
  if (nodes.length !== 1 || node?.type !== 'element' || node.start !== start || node.end !== end) return null;
  return isInline(node) && !node.name.startsWith('ac:') && !node.selfClosing ? node : null;
}

function mergeStretch(ledger: Ledger, three: Three<Stretch>, path: string[]): string | null {
  const { base, ours, theirs } = map3(three, soleElement);
  if (!base || !ours || !theirs || base.name !== ours.name || base.name !== theirs.name)
    return mergeSentence(ledger, three, path);
  const elements = { base, ours, theirs };
  const shells = {
    base: shellOf(three.base.doc, base),
    ours: shellOf(three.ours.doc, ours),
    theirs: shellOf(three.theirs.doc, theirs),
  };
  const shell = mergeShell(ledger, shells, path);
  const spots: Three<Spot> = {
    base: { doc: three.base.doc, nodes: elements.base.children },
    ours: { doc: three.ours.doc, nodes: elements.ours.children },
    theirs: { doc: three.theirs.doc, nodes: elements.theirs.children },
  };
  const inner = mergeInline(ledger, spots, path);
  return shell === null || inner === null ? null : wrap(shell, inner, false);
}

/**
 * Merges lines of text: by the lines that breaks separate, and by sentence. Changes of one sentence by both
 * sides are a conflict (see `mergeSentence`). Null with the conflicts on record.
 */
export function mergeInline(ledger: Ledger, spots: Three<Spot>, path: string[]): string | null {
  if (ledger.depth > MAX_LEVELS || !all3(spots, ({ nodes }) => isLine(nodes)))
    return dispute(ledger, map3(spots, sourceOf), path);
  const items = map3(spots, sentencesOf);
  const many = items.base.filter(({ shape }) => shape === 'sentence').length > 1;
  ledger.depth += 1;
  const merged = mergeItems(ledger, items, path, (three: Three<Item<Stretch>>, at) =>
    mergeStretch(
      ledger,
      map3(three, ({ node }) => node),
      many ? [...at, three.base.name()] : at,
    ),
  );
  ledger.depth -= 1;
  return merged;
}
