import type { Nodes, Parents } from 'mdast';
import { ContentError } from '../content-error.ts';
import type { Wrapper } from '../view/context.ts';
import type { FenceLine } from './fence-lines.ts';
import { fenceMacro, fenceNames } from './fence-names.ts';
import { richWrapper } from './macro.ts';
import { readParameters } from './stash.ts';
import type { Writer } from './writer.ts';

/** Cells that a layout section of each type has. */
const SECTION_CELLS: Record<string, number> = {
  single: 1,
  'fixed-width': 1,
  two_equal: 2,
  two_left_sidebar: 2,
  two_right_sidebar: 2,
  three_equal: 3,
  three_with_sidebars: 3,
  four_equal: 4,
  five_equal: 5,
};
const BY_CELLS = ['', 'single', 'two_equal', 'three_equal', 'four_equal', 'five_equal'];

const headOf = (writer: Writer, node: Nodes | undefined): FenceLine | undefined =>
  node?.type === 'containerDirective' ? writer.fences[Number(node.attributes?.x ?? Number.NaN)] : undefined;

function refusePlace(line: string, what: string): never {
  throw new ContentError(`The fence ":::${line}" ${what}.`, {
    next: 'Write columns as :::columns with a :::column for each, or as :::layout with :::section two_equal and a :::cell for each column.',
  });
}

const INNER: Record<string, string> = { layout: 'section', section: 'cell', columns: 'column' };

/** Layouts hold sections, sections hold cells: nothing else may stand there. */
export function checkPlace(
  writer: Writer,
  node: Nodes & { type: 'containerDirective' },
  head: FenceLine,
): void {
  const pairing = writer.matches.pairings.get(node);
  // As the page has it: Confluence has accepted it once.
  if (
    pairing &&
    node.children.every((child) => pairing.of.has(child)) &&
    pairing.of.size === pairing.spans.length
  )
    return;
  const wanted = INNER[head.name];
  if (wanted !== undefined) {
    const inner = node.children.map((child) => headOf(writer, child)?.name);
    if (inner.length === 0 || inner.some((name) => name !== wanted))
      refusePlace(head.name, `holds :::${wanted} fences and nothing else`);
  }
  if (head.name !== 'section') return;
  const cells = node.children.length;
  const type = head.title || (BY_CELLS[cells] ?? '');
  const known = SECTION_CELLS[type];
  if (head.id !== null && !pairing) return;
  if (known === undefined)
    refusePlace(`section ${type}`.trim(), `is none of ${Object.keys(SECTION_CELLS).join(', ')}`);
  if (known !== cells) refusePlace(`section ${type}`, `has ${known} cells, not ${cells}`);
}

/** Fences that may stand in certain others only, and layouts that stand in something. */
export function checkNesting(writer: Writer, root: Parents): void {
  const queue: { node: Nodes; parent: string | null }[] = [{ node: root, parent: null }];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { node, parent } = next;
    const head = headOf(writer, node);
    const name = head?.name ?? '';
    if (head?.id === null && parent !== null) {
      if (/^(?:layout|columns)$/.test(name))
        refusePlace(
          name,
          'stands in something else, but Confluence has columns at the top level of a page only',
        );
      if (/^(?:section|cell|column)$/.test(name) && INNER[parent] !== name)
        refusePlace(name, `stands outside of :::${Object.keys(INNER).find((one) => INNER[one] === name)}`);
    }
    if (head?.id === null && name === 'column' && parent === null)
      refusePlace(name, 'stands outside of :::columns');
    const own = node.type === 'root' ? null : (head?.name ?? node.type);
    if ('children' in node) for (const child of node.children) queue.push({ node: child, parent: own });
  }
}

function detailsOf(head: FenceLine): [string, string][] {
  const parameters = readParameters(head.details);
  if (parameters) return parameters;
  throw new ContentError(`The braces of ":::${head.name}" hold {${head.details}}, which is not key=value.`, {
    next: 'Write :::panel Title {bgColor=#deebff panelIconText="🚀"}; a value with spaces stands in quotation marks.',
  });
}

/** `:::macro alert Title {type=info}` or `:::macro alert type=info`. */
function macroHead(head: FenceLine): { macro: string; title: string; parameters: [string, string][] } {
  const [, macro = '', rest = ''] = /^(\S*)\s*(.*)$/.exec(head.title) ?? [];
  const given = rest.includes('=') ? readParameters(rest) : null;
  return { macro, title: given ? '' : rest, parameters: [...(given ?? []), ...detailsOf(head)] };
}

/** What encloses the content of a new fence. */
export function newWrapper(
  head: FenceLine,
  node: Nodes & { type: 'containerDirective' },
): Pick<Wrapper, 'open' | 'close'> {
  const key = head.name.toLowerCase();
  const known = fenceMacro(key);
  if (known !== null || key === 'macro') {
    const { macro, title, parameters } =
      known === null ? macroHead(head) : { macro: known, title: head.title, parameters: detailsOf(head) };
    const named: [string, string][] = title === '' ? [] : [['title', title]];
    return richWrapper(macro, [...named, ...parameters]);
  }
  const cells = node.children.length;
  const type = head.title || (BY_CELLS[cells] ?? '');
  const parts: Record<string, Pick<Wrapper, 'open' | 'close'>> = {
    layout: { open: '<ac:layout>', close: '</ac:layout>' },
    cell: { open: '<ac:layout-cell>', close: '</ac:layout-cell>' },
    column: { open: '<ac:layout-cell>', close: '</ac:layout-cell>' },
    section: { open: `<ac:layout-section ac:type="${type}">`, close: '</ac:layout-section>' },
    columns: {
      open: `<ac:layout><ac:layout-section ac:type="${BY_CELLS[cells] ?? ''}">`,
      close: '</ac:layout-section></ac:layout>',
    },
  };
  const part = Object.hasOwn(parts, key) ? parts[key] : undefined;
  if (part && (key !== 'columns' || BY_CELLS[cells])) return part;
  if (part) refusePlace(head.name, `has 1 to 5 columns, not ${cells}`);
  throw new ContentError(`The fence ":::${`${head.name} ${head.title}`.trim()}" is unknown.`, {
    next: `Use ${fenceNames().join(', ')}, :::macro name for any other macro, or a fence of the page with its #id.`,
  });
}
