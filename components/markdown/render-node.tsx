import type { Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { createElement, Fragment, type ReactNode } from 'react';
import { ScrollBox } from '#components/ui';
import { FileLink } from './file-link.tsx';
import { ImageLink } from './image-link.tsx';
import { isOutside, mayBeFile, safeUrl } from './safe-url.ts';

/** Children are handed over as arguments, so that they need no keys: their order never changes by itself. */
const fill = (tag: string | typeof Fragment, props: object | null, kids: readonly ReactNode[]) =>
  createElement(tag, props, ...kids);

/** Lists and quotes stand on the side their own text begins on; paragraphs do so by style alone. */
const autoDir = { dir: 'auto' } as const;

const drawAll = (nodes: readonly Nodes[]): ReactNode[] => nodes.map((node) => renderNode(node));

function link(address: string, title: string | null | undefined, kids: readonly ReactNode[]): ReactNode {
  const href = safeUrl(address);
  if (href === null) return fill(Fragment, null, kids);
  if (mayBeFile(href))
    return (
      <FileLink href={href} title={title ?? undefined}>
        {fill(Fragment, null, kids)}
      </FileLink>
    );
  const outside = isOutside(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return fill('a', { href, title: title ?? undefined, ...outside }, kids);
}

function table(node: Table): ReactNode {
  const [head, ...rows] = node.children;
  const cells = (tag: 'th' | 'td', row: Table['children'][number]) =>
    row.children.map((cell, at) =>
      fill(
        tag,
        { align: node.align?.[at] ?? undefined, scope: tag === 'th' ? 'col' : undefined },
        drawAll(cell.children),
      ),
    );
  return (
    <ScrollBox label="Table">
      <table dir="auto">
        {head === undefined ? null : <thead>{fill('tr', null, cells('th', head))}</thead>}
        {fill(
          'tbody',
          null,
          rows.map((row) => fill('tr', null, cells('td', row))),
        )}
      </table>
    </ScrollBox>
  );
}

/** A tight list item holds one paragraph, which is drawn without its own margins. */
function item(
  checked: boolean | null | undefined,
  children: readonly RootContent[],
  spread: boolean,
): ReactNode {
  const kids = children.map((child) =>
    child.type === 'paragraph' && !spread ? fill(Fragment, null, drawAll(child.children)) : renderNode(child),
  );
  if (checked === null || checked === undefined) return fill('li', null, kids);
  return (
    <li className="-ml-5 list-none">
      <input
        type="checkbox"
        checked={checked}
        readOnly
        disabled
        aria-label={checked ? 'Done' : 'Open'}
        className="mr-2 align-[-0.1em]"
      />
      {fill('span', null, kids)}
    </li>
  );
}

/** Directives exist in the types only: they are not switched on in the parser. */
type Drawn = Exclude<Nodes['type'], 'containerDirective' | 'leafDirective' | 'textDirective'>;
type Drawers = { [Type in Drawn]: (node: Extract<Nodes, { type: Type }>) => ReactNode };

const plain = (node: { children: PhrasingContent[] }) => fill(Fragment, null, drawAll(node.children));

const drawers: Drawers = {
  root: (node) => fill(Fragment, null, drawAll(node.children)),
  paragraph: (node) => fill('p', null, drawAll(node.children)),
  // The page's own headings stand above: an answer's begin one level lower.
  heading: (node) => fill(`h${Math.min(6, node.depth + 1)}`, null, drawAll(node.children)),
  thematicBreak: () => <hr />,
  blockquote: (node) => fill('blockquote', autoDir, drawAll(node.children)),
  list: (node) =>
    fill(
      node.ordered === true ? 'ol' : 'ul',
      node.ordered === true && node.start !== 1 ? { ...autoDir, start: node.start ?? undefined } : autoDir,
      node.children.map((child) =>
        item(child.checked, child.children, node.spread === true || child.spread === true),
      ),
    ),
  listItem: (node) => item(node.checked, node.children, node.spread === true),
  // Raw HTML is shown as the text it is; nothing in an answer becomes markup of ours.
  html: (node) => <span>{node.value}</span>,
  code: (node) => (
    <pre data-language={node.lang ?? undefined}>
      <code>{node.value}</code>
    </pre>
  ),
  definition: () => null,
  footnoteDefinition: (node) => fill('div', { className: 'text-sm text-muted' }, drawAll(node.children)),
  text: (node) => node.value,
  emphasis: (node) => fill('em', null, drawAll(node.children)),
  strong: (node) => fill('strong', null, drawAll(node.children)),
  delete: (node) => fill('s', null, drawAll(node.children)),
  inlineCode: (node) => <code>{node.value}</code>,
  break: () => <br />,
  link: (node) => link(node.url, node.title, drawAll(node.children)),
  image: (node) => <ImageLink address={node.url} words={node.alt ?? ''} />,
  linkReference: plain,
  imageReference: (node) => node.alt ?? '',
  footnoteReference: (node) => <sup>{node.label ?? node.identifier}</sup>,
  table: (node) => table(node),
  tableRow: (node) => fill('tr', null, drawAll(node.children)),
  tableCell: (node) => fill('td', null, drawAll(node.children)),
  yaml: (node) => <pre>{node.value}</pre>,
};

/** Draws one Markdown node as React elements. No HTML is parsed, no image is fetched. */
export function renderNode(node: Nodes): ReactNode {
  const draw = drawers[node.type as Drawn] as (node: Nodes) => ReactNode;
  return draw(node);
}
