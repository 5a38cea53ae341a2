import type { RichNode } from '#lib/wire';
import {
  childElement,
  childElements,
  collapse,
  ownText,
  parameterOf,
  parametersOf,
} from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { tableRows } from '../view/table.ts';

export type RichOptions = {
  /** Names of people by account id. */
  people?: Record<string, string>;
  /** The address of a page by title and space key. */
  pageUrl?: (title: string, spaceKey: string | null) => string | null;
  /** The address of a file attached to the page, by its name; it may be relative. Without it images have no address. */
  fileUrl?: (filename: string) => string | null;
  /** `pageUrl` may give relative addresses: for a page that is written down beside others. */
  relative?: boolean;
  /** For a diff: everything that is set on an element and not drawn as text, by name. */
  facts?: (element: ElementNode) => [name: string, value: string][];
};

/** What draws the nodes inside an element, one level deeper. */
export type Pen = { options: RichOptions; draw: (nodes: StorageNode[]) => RichNode[] };

/** An address a reader may follow, or undefined. Everything else (javascript:, data:, file:) is dropped. */
export function safeHref(href: string): string | undefined {
  const trimmed = href.trim();
  if (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(trimmed)) return trimmed;
  return undefined;
}

/** Text as a reader sees it, with runs of white space as one space. */
export const words = (text: string): RichNode[] => {
  const clean = stripInvisible(text).replace(/[ \t\r\n]+/g, ' ');
  return clean === '' ? [] : [clean];
};

/** Where a link of Confluence's own leads, as far as the caller can say. */
function linkTarget(
  target: ElementNode | undefined,
  title: string,
  space: string | null,
  { options }: Pen,
): string | undefined {
  if (target?.name === 'ri:attachment' && target.children.length === 0)
    return options.fileUrl?.(title) ?? undefined;
  if (target?.name !== 'ri:page') return undefined;
  const url = options.pageUrl?.(title, space) ?? '';
  return options.relative === true && url !== '' ? url : safeHref(url);
}

/** A link of Confluence's own, or a mention. */
export function link(element: ElementNode, pen: Pen): RichNode {
  const body = childElement(element, 'ac:link-body') ?? childElement(element, 'ac:plain-text-link-body');
  const target = childElements(element).find((child) => child.name.startsWith('ri:'));
  const inner = body ? pen.draw(body.children) : [];
  if (target?.name === 'ri:user') {
    const id =
      attr(target, 'ri:account-id') ?? attr(target, 'ri:username') ?? attr(target, 'ri:userkey') ?? '';
    return { tag: 'mention', kids: [`@${stripInvisible(pen.options.people?.[id] ?? id)}`] };
  }
  const title =
    (target &&
      (attr(target, 'ri:content-title') ??
        attr(target, 'ri:filename') ??
        attr(target, 'ri:value') ??
        attr(target, 'ri:space-key'))) ??
    attr(element, 'ac:anchor') ??
    '';
  const space = target ? attr(target, 'ri:space-key') : null;
  const href = linkTarget(target, title, space, pen);
  const kids = inner.length > 0 ? inner : words(title);
  return {
    tag: 'a',
    at: { ...(href ? { href } : {}), title: space && space !== title ? `${space} / ${title}` : title },
    kids,
  };
}

/** An image by its name; its caption inside. */
export function image(element: ElementNode, pen: Pen): RichNode {
  const file = childElement(element, 'ri:attachment');
  const url = childElement(element, 'ri:url');
  const name = file
    ? attr(file, 'ri:filename')
    : ((url ? attr(url, 'ri:value') : null) ?? attr(element, 'src'));
  const alt = attr(element, 'ac:alt') ?? attr(element, 'alt');
  const title = collapse(
    stripInvisible(alt && name && alt !== name ? `${alt} (${name})` : (alt ?? name ?? '')),
  );
  const caption = childElement(element, 'ac:caption');
  const kids = caption
    ? pen.draw(caption.children.flatMap((c) => (c.type === 'element' && c.name === 'p' ? c.children : [c])))
    : [];
  const href = file && file.children.length === 0 && name !== null ? pen.options.fileUrl?.(name) : null;
  return {
    tag: 'image',
    at: { kind: file ? 'attachment' : 'remote', title, ...(href ? { href } : {}) },
    ...(kids.length > 0 ? { kids } : {}),
  };
}

/** Parameters of a macro as readable text. */
export function parametersText(macro: ElementNode, except: string[] = []): string {
  return parametersOf(macro)
    .filter(({ name }) => !except.includes(name))
    .map(({ name, value }) => (name === '' ? collapse(value) : `${name}=${collapse(value)}`))
    .join(', ');
}

/** A macro: what is drawn as itself (status, code, panel, expand), else a box with name, parameters and body. */
export function macro(element: ElementNode, name: string, pen: Pen): RichNode {
  const title = stripInvisible(parameterOf(element, 'title') ?? '');
  const rich = childElement(element, 'ac:rich-text-body');
  const plain = childElement(element, 'ac:plain-text-body');
  const at = title === '' ? { kind: name } : { kind: name, title };
  if (name === 'status') {
    const colour = (parameterOf(element, 'colour') ?? parameterOf(element, 'color') ?? 'grey').toLowerCase();
    return { tag: 'status', at: { kind: colour }, kids: words(title) };
  }
  if (name === 'code' || name === 'noformat') {
    const language = parameterOf(element, 'language') ?? '';
    return {
      tag: 'pre',
      at: title === '' ? { kind: language } : { kind: language, title },
      kids: [stripInvisible(plain ? ownText(plain) : '')],
    };
  }
  if (name === 'expand' && rich) return { tag: 'expand', at: { title }, kids: pen.draw(rich.children) };
  if (rich && /^(info|note|tip|warning|panel)$/.test(name))
    return { tag: 'panel', at, kids: pen.draw(rich.children) };
  // A diff compares the parameters one by one.
  const parameters = pen.options.facts ? '' : stripInvisible(parametersText(element, ['title']));
  const body = rich
    ? pen.draw(rich.children)
    : plain
      ? [{ tag: 'pre' as const, kids: [stripInvisible(ownText(plain))] }]
      : [];
  return { tag: 'macro', at, kids: [...words(parameters), ...body] };
}

/** One task with its tick. */
export function task(element: ElementNode, pen: Pen): RichNode {
  const status = childElement(element, 'ac:task-status');
  const body = childElement(element, 'ac:task-body');
  const done = status !== null && ownText(status).trim() === 'complete';
  return { tag: 'task', at: { done }, kids: pen.draw(body?.children ?? []) };
}

function span(cell: ElementNode, name: 'colspan' | 'rowspan'): Record<string, number> {
  const value = Number.parseInt(attr(cell, name) ?? '1', 10);
  return value > 1 && value <= 1000 ? { [name]: value } : {};
}

/** A table by rows and cells. */
export function table(element: ElementNode, pen: Pen): RichNode {
  const rows = tableRows(element).map((cells): RichNode => {
    const row = cells[0]?.parent;
    return {
      tag: 'tr',
      ...(row && pen.options.facts ? { at: { facts: pen.options.facts(row) } } : {}),
      kids: cells.map(
        (cell): RichNode => ({
          tag: cell.name === 'th' ? 'th' : 'td',
          at: {
            ...span(cell, 'colspan'),
            ...span(cell, 'rowspan'),
            ...(pen.options.facts ? { facts: pen.options.facts(cell) } : {}),
          },
          kids: pen.draw(cell.children),
        }),
      ),
    };
  });
  return { tag: 'table', kids: rows };
}
