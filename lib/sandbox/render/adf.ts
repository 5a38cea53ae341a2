import { elements, macroParameters, parseXml, textOf, type XmlElement, type XmlNode } from '../xml/parse.ts';

export type AdfMark = { type: string; attrs?: Record<string, unknown> };
export type AdfNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: AdfNode[];
  text?: string;
  marks?: AdfMark[];
};
export type AdfDocument = { version: 1; type: 'doc'; content: AdfNode[] };

const markOf: Record<string, AdfMark> = {
  strong: { type: 'strong' },
  b: { type: 'strong' },
  em: { type: 'em' },
  i: { type: 'em' },
  u: { type: 'underline' },
  s: { type: 'strike' },
  del: { type: 'strike' },
  code: { type: 'code' },
  sub: { type: 'subsup', attrs: { type: 'sub' } },
  sup: { type: 'subsup', attrs: { type: 'sup' } },
};
const panels: Record<string, string> = {
  info: 'info',
  note: 'note',
  tip: 'success',
  warning: 'warning',
  panel: 'custom',
};

/** Storage format as an Atlassian Document Format document; macros become extension nodes. */
export function storageToAdf(storage: string): AdfDocument {
  return { version: 1, type: 'doc', content: blocksOf(parseXml(storage)) };
}

/** Block nodes; runs of inline nodes between blocks become paragraphs. */
function blocksOf(nodes: XmlNode[]): AdfNode[] {
  const out: AdfNode[] = [];
  let run: AdfNode[] = [];
  const flush = () => {
    if (run.some((node) => node.type !== 'text' || node.text?.trim()))
      out.push({ type: 'paragraph', content: run });
    run = [];
  };
  for (const node of nodes) {
    const made = node.kind === 'element' ? block(node) : undefined;
    if (made) {
      flush();
      out.push(...made);
    } else run.push(...inline(node, []));
  }
  flush();
  return out;
}

function block(node: XmlElement): AdfNode[] | undefined {
  const heading = /^h([1-6])$/.exec(node.name);
  if (heading)
    return [{ type: 'heading', attrs: { level: Number(heading[1]) }, content: inlines(node.children) }];
  if (node.attributes['ac:name'] === 'status') return undefined;
  return Object.hasOwn(blockMakers, node.name) ? blockMakers[node.name]?.(node) : undefined;
}

const items = (node: XmlElement): AdfNode[] =>
  elements(node, 'li').map((item) => ({ type: 'listItem', content: blocksOf(item.children) }));

const blockMakers: Record<string, (node: XmlElement) => AdfNode[]> = {
  p: (node) => [{ type: 'paragraph', content: inlines(node.children) }],
  div: (node) => blocksOf(node.children),
  ul: (node) => [{ type: 'bulletList', content: items(node) }],
  ol: (node) => [
    { type: 'orderedList', attrs: { order: Number(node.attributes.start ?? 1) || 1 }, content: items(node) },
  ],
  hr: () => [{ type: 'rule' }],
  blockquote: (node) => [{ type: 'blockquote', content: blocksOf(node.children) }],
  pre: (node) => [{ type: 'codeBlock', content: [{ type: 'text', text: textOf(node) }] }],
  table: (node) => [{ type: 'table', content: rowsOf(node) }],
  'ac:structured-macro': macro,
  'ac:layout': (node) => elements(node, 'ac:layout-section').map(section),
  'ac:task-list': (node) => [
    {
      type: 'taskList',
      attrs: { localId: '' },
      content: elements(node, 'ac:task').map((task) => ({
        type: 'taskItem',
        attrs: {
          localId: childText(task, 'ac:task-id'),
          state: childText(task, 'ac:task-status') === 'complete' ? 'DONE' : 'TODO',
        },
        content: elements(task, 'ac:task-body').flatMap((body) => inlines(body.children)),
      })),
    },
  ],
  'ac:image': (node) => [
    {
      type: 'mediaSingle',
      attrs: { layout: node.attributes['ac:layout'] ?? 'center' },
      content: [
        {
          type: 'media',
          attrs: {
            type: 'external',
            url: '',
            alt: elements(node, 'ri:attachment')[0]?.attributes['ri:filename'] ?? '',
          },
        },
      ],
    },
  ],
};

function childText(node: XmlElement, name: string): string {
  return elements(node, name).map(textOf).join('').trim();
}

function section(node: XmlElement): AdfNode {
  const cells = elements(node, 'ac:layout-cell');
  return {
    type: 'layoutSection',
    content: cells.map((cell) => ({
      type: 'layoutColumn',
      attrs: { width: Math.round(10_000 / cells.length) / 100 },
      content: blocksOf(cell.children),
    })),
  };
}

function rowsOf(table: XmlElement): AdfNode[] {
  const rows = [
    ...elements(table, 'tr'),
    ...['thead', 'tbody'].flatMap((name) => elements(table, name)).flatMap((part) => elements(part, 'tr')),
  ];
  return rows.map((row) => ({
    type: 'tableRow',
    content: elements(row).map((cell) => ({
      type: cell.name === 'th' ? 'tableHeader' : 'tableCell',
      attrs: { colspan: Number(cell.attributes.colspan ?? 1), rowspan: Number(cell.attributes.rowspan ?? 1) },
      content: blocksOf(cell.children),
    })),
  }));
}

function macro(node: XmlElement): AdfNode[] {
  const name = node.attributes['ac:name'] ?? '';
  const parameters = macroParameters(node);
  const rich = elements(node, 'ac:rich-text-body')[0];
  if (name === 'code')
    return [
      {
        type: 'codeBlock',
        attrs: parameters.language ? { language: parameters.language } : {},
        content: [{ type: 'text', text: childTextRaw(node) }],
      },
    ];
  if (rich && Object.hasOwn(panels, name))
    return [{ type: 'panel', attrs: { panelType: panels[name] }, content: blocksOf(rich.children) }];
  if (rich && name === 'expand')
    return [{ type: 'expand', attrs: { title: parameters.title ?? '' }, content: blocksOf(rich.children) }];
  const attrs = extensionAttributes(node);
  return rich
    ? [{ type: 'bodiedExtension', attrs, content: blocksOf(rich.children) }]
    : [{ type: 'extension', attrs: { ...attrs, text: childTextRaw(node) } }];
}

function childTextRaw(node: XmlElement): string {
  return elements(node, 'ac:plain-text-body').map(textOf).join('');
}

function extensionAttributes(node: XmlElement): Record<string, unknown> {
  const macroParams = Object.fromEntries(
    Object.entries(macroParameters(node)).map(([key, value]) => [key, { value }]),
  );
  return {
    extensionType: 'com.atlassian.confluence.macro.core',
    extensionKey: node.attributes['ac:name'] ?? '',
    parameters: { macroParams, macroMetadata: { macroId: { value: node.attributes['ac:macro-id'] ?? '' } } },
  };
}

function inlines(nodes: XmlNode[], marks: AdfMark[] = []): AdfNode[] {
  return nodes.flatMap((node) => inline(node, marks));
}

function text(value: string, marks: AdfMark[]): AdfNode[] {
  return value === '' ? [] : [{ type: 'text', text: value, ...(marks.length > 0 ? { marks } : {}) }];
}

function inline(node: XmlNode, marks: AdfMark[]): AdfNode[] {
  if (node.kind === 'text') return text(node.text, marks);
  if (node.kind === 'comment') return [];
  const mark = Object.hasOwn(markOf, node.name) ? markOf[node.name] : undefined;
  if (mark) return inlines(node.children, [...marks, mark]);
  const make = Object.hasOwn(inlineMakers, node.name) ? inlineMakers[node.name] : undefined;
  return make ? make(node, marks) : inlines(node.children, marks);
}

const inlineMakers: Record<string, (node: XmlElement, marks: AdfMark[]) => AdfNode[]> = {
  br: () => [{ type: 'hardBreak' }],
  a: (node, marks) =>
    inlines(node.children, [...marks, { type: 'link', attrs: { href: node.attributes.href ?? '' } }]),
  time: (node) => [
    {
      type: 'date',
      attrs: { timestamp: String(Date.parse(`${node.attributes.datetime ?? ''}T00:00:00Z`) || 0) },
    },
  ],
  'ac:emoticon': (node) => [
    {
      type: 'emoji',
      attrs: {
        shortName: node.attributes['ac:emoji-shortname'] ?? `:${node.attributes['ac:name'] ?? 'smile'}:`,
        text: node.attributes['ac:emoji-fallback'] ?? '',
      },
    },
  ],
  'ac:link': (node, marks) => {
    const user = elements(node, 'ri:user')[0];
    if (user) return [{ type: 'mention', attrs: { id: user.attributes['ri:account-id'] ?? '', text: '' } }];
    const title =
      elements(node).find((one) => one.name.startsWith('ri:'))?.attributes['ri:content-title'] ?? '';
    const label = elements(node)
      .filter((one) => one.name.endsWith('link-body'))
      .map(textOf)
      .join('');
    return text(label || title, marks);
  },
  'ac:inline-comment-marker': (node, marks) =>
    inlines(node.children, [
      ...marks,
      { type: 'annotation', attrs: { annotationType: 'inlineComment', id: node.attributes['ac:ref'] ?? '' } },
    ]),
  'ac:structured-macro': (node) => {
    const { title, colour } = macroParameters(node);
    return node.attributes['ac:name'] === 'status'
      ? [{ type: 'status', attrs: { text: title ?? '', color: (colour ?? 'neutral').toLowerCase() } }]
      : [{ type: 'inlineExtension', attrs: extensionAttributes(node) }];
  },
};
