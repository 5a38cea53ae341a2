import { align } from '../align.ts';
import { ContentError } from '../content-error.ts';
import { collapse } from '../parse/elements.ts';
import { inWords, type VerifyCounts, type VerifyResult } from '../verify/verify-words.ts';
import { type AdfNode, adfNodes, adfText, attribute, kidsOf } from './document.ts';
import { adfForm, adfShell } from './normal.ts';

/** A block without inner blocks, or the beginning or end of a container. */
type Piece = { key: string; node: AdfNode; heading: string | null; counted: boolean };

const CONTAINERS = new Set([
  'panel',
  'expand',
  'nestedExpand',
  'layoutSection',
  'layoutColumn',
  'bodiedExtension',
  'bodiedSyncBlock',
]);

function piecesOf(json: string): Piece[] {
  const nodes = adfNodes(json);
  if (nodes === null) throw new ContentError('The body is not an Atlassian document (ADF).');
  const pieces: Piece[] = [];
  let heading: string | null = null;
  const stack: (AdfNode | string)[] = [...nodes].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') {
      pieces.push({ key: node, node: { type: 'end' }, heading, counted: false });
      continue;
    }
    if (!CONTAINERS.has(node.type)) {
      pieces.push({ key: adfForm(node), node, heading, counted: true });
      if (node.type === 'heading') heading = shown(adfText([node], 80));
      continue;
    }
    const shell = adfShell(node);
    pieces.push({ key: shell, node: { ...node, content: [] }, heading, counted: true });
    stack.push(`end of ${shell}`, ...[...kidsOf(node)].reverse());
  }
  return pieces;
}

const shown = (text: string): string => collapse(text).slice(0, 80);

const WORDS: Record<string, string> = {
  bulletList: 'list',
  orderedList: 'list',
  taskList: 'task list',
  decisionList: 'decisions',
  codeBlock: 'code',
  mediaSingle: 'image',
  mediaGroup: 'files',
  blockCard: 'link',
  embedCard: 'link',
  layoutSection: 'layout',
  layoutColumn: 'layout cell',
};

function nameOf({ node, heading }: Piece): string {
  const extension = attribute(node, 'extensionKey');
  const what = extension === '' ? (WORDS[node.type] ?? node.type) : `macro ${extension}`;
  const text = shown(adfText([node], 80));
  const under = heading === null || heading === '' ? '' : ` under "${heading}"`;
  return `${what}${text === '' ? '' : ` "${text}"`}${under}`;
}

function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - 30);
  const cut = text.slice(from, from + 120).trim();
  return cut === '' ? 'nothing' : `"${from > 0 ? '…' : ''}${cut}${from + 120 < text.length ? '…' : ''}"`;
}

function difference(a: AdfNode, b: AdfNode): string {
  const [one, other] = [collapse(adfText([a])), collapse(adfText([b]))];
  const [x, y] = one === other ? [adfForm(a), adfForm(b)] : [one, other];
  let at = 0;
  while (at < x.length && x[at] === y[at]) at += 1;
  return `approved ${excerpt(x, at)}, there ${excerpt(y, at)}`;
}

/** The cells of two tables of one shape that differ; null where it is not in single cells. */
function cells(a: AdfNode, b: AdfNode): string | null {
  if (a.type !== 'table' || b.type !== 'table') return null;
  const [rows, others] = [kidsOf(a).map(kidsOf), kidsOf(b).map(kidsOf)];
  if (rows.length !== others.length)
    return `approved ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}, there ${others.length}`;
  const found: string[] = [];
  for (const [y, row] of rows.entries())
    for (const [x, cell] of row.entries()) {
      const other = others[y]?.[x];
      if (other && adfForm(other) !== adfForm(cell))
        found.push(`row ${y + 1}, column ${x + 1}: ${difference(cell, other)}`);
    }
  return found.length === 0 ? null : found.slice(0, 5).join('; ');
}

/** Blocks in a gap that are versions of each other: of the same type, in order. */
function versions(missing: Piece[], extra: Piece[]): [Piece, Piece][] {
  const pairs: [Piece, Piece][] = [];
  let from = 0;
  for (const piece of missing) {
    const at = extra.findIndex((one, index) => index >= from && one.node.type === piece.node.type);
    if (at === -1) continue;
    pairs.push([piece, extra[at] as Piece]);
    from = at + 1;
  }
  return pairs;
}

function gaps(a: Piece[], b: Piece[]): { missing: Piece[]; extra: Piece[]; pairs: [Piece, Piece][] }[] {
  const found: ReturnType<typeof gaps> = [];
  let [i, j] = [0, 0];
  const same = align(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
  );
  for (const [x, y] of [...same, [a.length, b.length] as const]) {
    const missing = a.slice(i, x).filter(({ counted }) => counted);
    const extra = b.slice(j, y).filter(({ counted }) => counted);
    if (missing.length + extra.length > 0) found.push({ missing, extra, pairs: versions(missing, extra) });
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

/**
 * As `verifyStorage` for bodies in ADF: compared node by node after leaving out local ids, defaults that the
 * editor fills in, empty marks and the order of keys. `before`: the document before, null for something new.
 *
 * @throws ContentError when one of them is no ADF document
 */
export function verifyAdf(before: string | null, approved: string, saved: string): VerifyResult {
  const [wanted, now] = [piecesOf(approved), piecesOf(saved)];
  const old = before === null ? [] : piecesOf(before);
  const counts: VerifyCounts = {
    kept: wanted.filter(({ counted }) => counted).length,
    changed: 0,
    added: 0,
    moved: 0,
    removed: 0,
    lost: 0,
    altered: 0,
    unexpected: 0,
  };
  const fate = new Map<Piece, 'changed' | 'added'>();
  for (const { missing, extra, pairs } of gaps(old, wanted)) {
    const changed = new Set(pairs.map(([, piece]) => piece));
    for (const piece of extra) fate.set(piece, changed.has(piece) ? 'changed' : 'added');
    counts.removed += missing.length - pairs.length;
  }
  for (const what of fate.values()) {
    counts[what] += 1;
    counts.kept -= 1;
  }
  const details: string[] = [];
  for (const { missing, extra, pairs } of gaps(wanted, now)) {
    const [from, to] = [new Set(pairs.map(([one]) => one)), new Set(pairs.map(([, one]) => one))];
    for (const piece of missing) counts[fate.get(piece) ?? 'kept'] -= 1;
    for (const piece of missing) {
      if (from.has(piece)) continue;
      counts.lost += 1;
      details.push(`Not on the saved page as approved: ${nameOf(piece)}`);
    }
    for (const [one, other] of pairs) {
      counts.altered += 1;
      details.push(
        `Not as approved: ${nameOf(one)}: ${cells(one.node, other.node) ?? difference(one.node, other.node)}`,
      );
    }
    for (const piece of extra) {
      if (to.has(piece)) continue;
      counts.unexpected += 1;
      details.push(`On the saved page but not approved: ${nameOf(piece)}`);
    }
  }
  const ok = wanted.length === now.length && wanted.every(({ key }, at) => key === now[at]?.key);
  if (!ok && details.length === 0) details.push('What lies in which panel or layout is not as approved.');
  return { ok, ...counts, summary: inWords(counts), details: details.slice(0, 20), diff: null };
}
