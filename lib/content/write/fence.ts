import type { Nodes, Table } from 'mdast';
import { insideOf } from '../blocks/block-identity.ts';
import { ContentError } from '../content-error.ts';
import { childElement } from '../parse/elements.ts';
import type { ElementNode } from '../parse/parse.ts';
import { canonical } from '../view/canonical.ts';
import type { Wrapper } from '../view/context.ts';
import { originalHead } from './fence-heads.ts';
import type { FenceLine } from './fence-lines.ts';
import { frozenInside } from './keep/plan.ts';
import { openTag } from './keep/tags.ts';
import { unknownPlaceholder, withParameter } from './macro.ts';
import { checkPlace, newWrapper } from './new-fence.ts';
import { namedAtom, namedWrapper, originalsOf } from './originals.ts';
import { readParameters } from './stash.ts';
import { tableStorage } from './table.ts';
import { blockSource, type Writer } from './writer.ts';

type Directive = Nodes & { type: 'containerDirective' };

const headOf = (writer: Writer, node: Nodes): FenceLine | undefined =>
  node.type === 'containerDirective' ? writer.fences[Number(node.attributes?.x ?? Number.NaN)] : undefined;

const lineOf = ({ name, title }: FenceLine): string => (title === '' ? name : `${name} ${title}`);

/** What encloses a fence of the page, with the title it is given now. */
function titled(
  known: Pick<Wrapper, 'line' | 'open' | 'close'>,
  head: FenceLine,
): Pick<Wrapper, 'open' | 'close'> {
  const line = lineOf(head);
  if (known.line === line) return known;
  const [, shown = ''] = /^(macro \S+|\S+)/.exec(known.line) ?? [];
  const title = line === shown ? '' : line.startsWith(`${shown} `) ? line.slice(shown.length + 1) : null;
  if (title === null || !/<ac:(?:structured-)?macro[\s>]/.test(known.open)) {
    throw new ContentError(`The fence ":::${line}" was ":::${known.line}".`, {
      next: 'Keep the first word of a fence with an id; leave the id away to make a new one.',
    });
  }
  return { close: known.close, open: withParameter(known.open, 'title', title) };
}

/**
 * Parameters in a fence's braces are shown for reading: the same ones must come back, or none. A title that
 * stands there, for it holds braces, may change.
 */
function newTitle(head: FenceLine, shown: FenceLine | null): string | null {
  if (!shown || head.details === '' || head.id === null) return null;
  const plain = (text: string): string => text.replace(/\s+/g, ' ');
  if (plain(shown.details) === plain(head.details)) return null;
  const [was, is] = [readParameters(shown.details), readParameters(head.details)];
  const title = is?.find(([name]) => name === 'title')?.[1];
  const rest = (pairs: [string, string][] | null): string =>
    JSON.stringify(pairs?.filter(([name]) => name !== 'title'));
  if (title !== undefined && was?.some(([name]) => name === 'title') && rest(was) === rest(is)) return title;
  throw new ContentError(
    `The parameters of ":::${head.name}" were changed; on the page they read {${shown.details}}.`,
    {
      next: 'Keep them as they are; to change a parameter of a macro use the edit op set_parameter.',
    },
  );
}

function outside(source: string, element: ElementNode, body: ElementNode): Pick<Wrapper, 'open' | 'close'> {
  return {
    open: source.slice(element.start, body.start) + openTag(source, body),
    close: `</${body.name}>${source.slice(body.end, element.end)}`,
  };
}

/** A macro, a layout part or a div in its place: what encloses it stays, what is in it is written. */
function keptFence(
  writer: Writer,
  node: Directive,
  head: FenceLine,
  element: ElementNode,
  body: ElementNode,
): string {
  const shown = originalHead(writer, element);
  const title = newTitle(head, shown);
  const frame = outside(writer.originals.page?.doc.source ?? '', element, body);
  const { open, close } = shown ? titled({ ...frame, line: lineOf(shown) }, head) : frame;
  const tag = title === null ? open : withParameter(open, 'title', title);
  return `${tag}${writer.blocks(node)}${close}`;
}

function refuseFrozen(head: FenceLine): ContentError {
  return new ContentError(`What ":::${lineOf(head)}" shows cannot be changed so through Markdown.`, {
    code: 'not_possible',
    next: 'Keep its blocks and change words in them only, use replace_text, or give storage instead of Markdown.',
  });
}

/** An element that Markdown cannot make, in its place: its blocks may be reworded or taken out, none may come in. */
function frozenInPlace(writer: Writer, node: Directive, head: FenceLine, element: ElementNode): string {
  const source = writer.originals.page?.doc.source ?? '';
  const inside = frozenInside(element);
  const pairing = writer.matches.pairings.get(node);
  if (!inside || !pairing || node.children.some((child) => !pairing.of.has(child))) throw refuseFrozen(head);
  const { open, close } = outside(source, element, inside);
  const inner = writer.blocks(node);
  const fallback = childElement(element, 'ac:adf-fallback');
  if (!fallback) return `${open}${inner}${close}`;
  // The copy for old readers says the same where it is written the same.
  const before = source.slice(inside.openEnd, inside.closeStart);
  const copy = source.slice(fallback.start, fallback.end).replace(before, () => inner);
  const head1 = `${open}${inner}</${inside.name}>${source.slice(inside.end, fallback.start)}`;
  return `${head1}${copy}${source.slice(fallback.end, element.end)}`;
}

function frozen(
  writer: Writer,
  node: Directive,
  head: FenceLine,
  element: ElementNode | null,
): string | null {
  const atom = head.id === null ? null : namedAtom(writer.originals.page, head.id);
  if (!atom && !(element && head.name === 'table' && element.name === 'table')) return null;
  if (atom && canonical(atom.markdown) === canonical(blockSource(writer, node))) return atom.bytes;
  if (element?.name === 'table') {
    const grid = node.children.at(-1);
    // What stands in the table outside its cells is shown before it and stays as it is.
    const words = node.children
      .slice(0, -1)
      .every((child) => atom?.markdown.includes(blockSource(writer, child)));
    if (grid?.type !== 'table' || !words) throw refuseFrozen(head);
    return tableStorage(writer, grid as Table, true, element);
  }
  if (element) return frozenInPlace(writer, node, head, element);
  // It moved and changed: it is its own original.
  return atom ? writer.nested(blockSource(writer, node), originalsOf(atom.bytes)) : null;
}

function newTable(writer: Writer, node: Directive, head: FenceLine): string {
  const [grid] = node.children;
  if (grid?.type !== 'table' || node.children.length !== 1) {
    throw new ContentError('The fence ":::table" holds one table and nothing else.', {
      next: 'Write a GFM table in it; "←" in a cell joins it to the cell on its left, "↑" to the one above.',
    });
  }
  return tableStorage(writer, grid as Table, true, undefined, head.details);
}

/** A `:::` fence as storage. `element`: its original, where it is on the page in its place. */
export function fenceStorage(writer: Writer, node: Directive, element: ElementNode | null): string {
  const head = headOf(writer, node);
  if (!head) return '';
  checkPlace(writer, node, head);
  const body = element ? insideOf(element) : null;
  if (element && body) return keptFence(writer, node, head, element, body);
  const kept = frozen(writer, node, head, element);
  if (kept !== null) return kept;
  if (head.id === null) {
    if (head.name === 'table') return newTable(writer, node, head);
    const { open, close } = newWrapper(head, node);
    return `${open}${writer.blocks(node)}${close}`;
  }
  const known = namedWrapper(writer.originals.page, head.id);
  if (!known) throw unknownPlaceholder(writer, `:::${head.name} {#${head.id}}`);
  const { open, close } = titled(known, head);
  return `${open}${writer.blocks(node)}${close}`;
}
