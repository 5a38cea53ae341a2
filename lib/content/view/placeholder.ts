import { childElement, collapse, macroName, parametersOf } from '../elements.ts';
import { readable } from '../invisible.ts';
import { attr, type ElementNode, type StorageNode, spacedText } from '../parse.ts';
import { placeholderValue } from './canonical.ts';
import { bytesOf, idFor, note, type View } from './context.ts';

const SHOWN_ATTRIBUTES = [
  'ac:name',
  'ac:type',
  'type',
  'at:name',
  'ri:content-title',
  'ri:space-key',
  'ri:filename',
  'ri:value',
  'ri:userkey',
  'ri:username',
  'ri:posting-day',
  'ri:content-id',
  'ac:anchor',
  'datetime',
  'src',
];

function elementDetails(view: View, element: ElementNode): string[] {
  const details: string[] = [];
  const queue: ElementNode[] = [element];
  for (let next = queue.shift(), steps = 0; next && steps < 6; next = queue.shift(), steps += 1) {
    for (const name of SHOWN_ATTRIBUTES) {
      const value = attr(next, name);
      if (value !== null && value !== '')
        details.push(`${name.replace(/^\w+:/, '')}=${placeholderValue(value)}`);
    }
    for (const child of next.children.slice(0, 6)) if (child.type === 'element') queue.push(child);
  }
  return [...details, ...textDetail(view, element)];
}

const MAX_TEXT = 2000;

/** Text that no other part of the view shows, so that nothing on the page is hidden from a reader. */
function textDetail(view: View, element: ElementNode): string[] {
  const text = readable(spacedText(view.doc, element, MAX_TEXT + 1));
  if (text.length > MAX_TEXT) note(view, 'end of a long text in a placeholder');
  return text === '' ? [] : [`text=${placeholderValue(text, MAX_TEXT)}`];
}

/** What names a macro and its parameters: `macro:jira key=ENG-1`. */
export function describeElement(view: View, node: StorageNode): string {
  if (node.type !== 'element') {
    const text = node.type === 'comment' || node.type === 'instruction' ? node.text : '';
    return `element:${node.type} text=${placeholderValue(collapse(text))}`;
  }
  const macro = macroName(node);
  if (macro === null) {
    const name = node.name === 'ac:adf-extension' ? 'adf' : node.name;
    return [`element:${name.replace(/[^\w:.-]/g, '-')}`, ...elementDetails(view, node)].join(' ');
  }
  const parameters = parametersOf(node).map(
    ({ name, value }) => `${name.replace(/[^\w.-]/g, '-') || '_'}=${placeholderValue(collapse(value))}`,
  );
  const body = childElement(node, 'ac:rich-text-body') ?? childElement(node, 'ac:plain-text-body');
  const text = body ? textDetail(view, body) : [];
  return [`macro:${macro.replace(/[^\w:.-]/g, '-')}`, ...parameters, ...text].join(' ');
}

/**
 * The visible text that stands for an element, e.g. `{{macro:jira key=ENG-1 #4f2a1c}}`. It is recorded
 * with its bytes, so that it can be put back. With `openTag` it stands for the opening half of a pair.
 */
export function placeholder(view: View, node: StorageNode, block: boolean, openTag?: string): string {
  const bytes = openTag ?? bytesOf(view, node);
  const id = idFor(view.record.byId, bytes, (atom) => atom.bytes === bytes);
  const markdown = openTag === undefined ? `{{${describeElement(view, node)} #${id}}}` : `{comment #${id}}`;
  if (!view.record.byId.has(id)) view.record.byId.set(id, { markdown, bytes, block });
  return markdown;
}
