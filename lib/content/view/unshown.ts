import { isVolatile } from '../parse/elements.ts';
import type { ElementNode, StorageNode } from '../parse/parse.ts';
import { note, type View } from './context.ts';

/** Attributes that the Markdown of their element shows. */
const SHOWN =
  /^(?:a@href|ol@start|t[dh]@(?:colspan|rowspan)|img@(?:src|alt)|ac:image@ac:alt|time@datetime|ac:(?:structured-macro|macro|parameter)@ac:name|ac:link@ac:anchor|ac:emoticon@ac:(?:name|emoji-shortname)|ac:inline-comment-marker@ac:ref|ac:layout-section@ac:type|ac:adf-node@type|ac:adf-attribute@key|ri:page@ri:(?:content-title|space-key)|ri:attachment@ri:filename|ri:url@ri:value|ri:user@ri:account-id)$/;

/**
 * Attributes that say nothing a reader could miss: names that programs give, the size of the file behind an
 * image (how large it is drawn is counted), other forms of an emoji that is shown by name.
 */
const SILENT =
  /^(?:ri:local-id|xmlns:\w+|ac:original-(?:width|height)|ac:custom-width|ac:emoji-(?:id|fallback)|ac:unknown-parameters-are-kept)$/;

const LAYOUT = 'width or layout';
const LABELS: Record<string, string> = {
  class: 'style class',
  id: 'element id',
  title: 'hover text',
  'ac:title': 'hover text',
  'ac:tooltip': 'hover text',
  'data-layout': LAYOUT,
  'data-table-width': LAYOUT,
  'ac:breakout-mode': LAYOUT,
  'ac:breakout-width': LAYOUT,
  'ac:width': LAYOUT,
  'ac:height': LAYOUT,
  'ac:align': LAYOUT,
  'ac:layout': LAYOUT,
  'ac:inline': LAYOUT,
  width: LAYOUT,
  height: LAYOUT,
  span: LAYOUT,
  'ac:border': 'image style',
  'ac:class': 'image style',
  'ac:style': 'image style',
  'ac:thumbnail': 'image style',
  'ac:queryparams': 'image style',
  'ac:hspace': 'image style',
  'ac:vspace': 'image style',
  border: 'image style',
  'ac:href': 'link of an image',
  'data-highlight-colour': 'cell colour',
  'ac:card-appearance': 'link card',
  'data-card-appearance': 'link card',
  'at:rawxhtml': 'how a variable is filled',
};

function styleLoss(element: ElementNode, value: string): string {
  if (/^(?:table|col)$/.test(element.name)) return LAYOUT;
  return /text-align|margin-left|padding-left/.test(value) ? 'alignment or indent' : 'text colour or style';
}

/**
 * What an attribute says that the view leaves out; null where it is shown or says nothing to a reader.
 * `described`: the element stands in a placeholder, which shows attributes that have no label here.
 */
export function lossOf(element: ElementNode, name: string, described: boolean): string | null {
  if (isVolatile(name) || SILENT.test(name)) return null;
  if (name === 'style')
    return styleLoss(element, element.attributes.find((a) => a.name === name)?.value ?? '');
  if (element.name === 'ac:adf-mark') return 'image border';
  if (element.name === 'ac:adf-fragment-mark-detail') return 'name of a part';
  const label = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  if (label !== undefined) return label;
  if (described || SHOWN.test(`${element.name}@${name}`)) return null;
  return `attribute ${name.slice(0, 40)}`;
}

/** Counts presentation, comments and instructions among `doc.nodes[from..to)` that the view does not show. */
export function noteUnshown(view: View, from: number, to: number): void {
  let describedTo = 0;
  for (let i = from; i < to; i += 1) {
    const node = view.doc.nodes[i] as StorageNode;
    describedTo = Math.max(describedTo, view.described.get(node) ?? 0);
    const described = i < describedTo;
    if (node.type === 'element') {
      for (const { name } of node.attributes) {
        const loss = lossOf(node, name, described);
        if (loss !== null) note(view, loss);
      }
    } else if (!described && node.type === 'comment') note(view, 'hidden source comment');
    else if (!described && node.type === 'instruction') note(view, 'processing instruction');
  }
}
