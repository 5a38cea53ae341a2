import { collapse, isInline, isVolatile, macroName, ownText } from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { placeholderValue } from './canonical.ts';
import { note, type View } from './context.ts';
import { isDone, startOf } from './list.ts';
import { lossOf } from './unshown.ts';

/** Attributes whose value alone says what is meant. */
const SPEAKING =
  /^(?:ac:name|at:name|name|type|datetime|src|href|ac:alt|alt|ac:ref|ac:emoji-shortname|ri:(?:content-title|filename|value|account-id|userkey|username))$/;
const SIGNS: Record<string, [open: string, close: string]> = {
  strong: ['**', '**'],
  b: ['**', '**'],
  em: ['*', '*'],
  i: ['*', '*'],
  del: ['~~', '~~'],
  s: ['~~', '~~'],
  u: ['<u>', '</u>'],
  sub: ['<sub>', '</sub>'],
  sup: ['<sup>', '</sup>'],
  code: ['`', '`'],
  blockquote: [' > ', ' '],
  h1: [' # ', ' '],
  h2: [' ## ', ' '],
  h3: [' ### ', ' '],
  h4: [' #### ', ' '],
  h5: [' ##### ', ' '],
  h6: [' ###### ', ' '],
  pre: [' ', ' '],
  hr: [' --- ', ''],
  table: [' [table] ', ' '],
  br: ['\n', ''],
};
/** Elements that only enclose what is said: their own name says nothing. */
const SILENT =
  /^(?:p|caption|div|span|table|tbody|thead|tfoot|colgroup|col|ul|ol|font|small|big|a|img|time|ac:(?:rich-text-body|plain-text-body|link|link-body|plain-text-link-body|caption|image|task-list|task|task-body|adf-extension|adf-content|adf-fallback|adf-mark|adf-fragment-mark|adf-fragment-mark-detail|emoticon|layout|parameter|default-parameter)|ri:.+)$/;

/** What the attributes of an element say: `Fares space-key=SALES`. Presentation is counted elsewhere. */
function attributeWords(element: ElementNode): string {
  const space = attr(element, 'ri:space-key');
  const title = attr(element, 'ri:content-title');
  if (element.name === 'ri:space' && space !== null) return space;
  return element.attributes
    .filter(
      ({ name }) =>
        !isVolatile(name) &&
        lossOf(element, name, true) === null &&
        !(name === 'start' && element.name === 'ol'),
    )
    .map(({ name, value }) => {
      if (name === 'ri:space-key' && title !== null) return '';
      if (name === 'ri:content-title' && space !== null) return `${space}/${value}`;
      if (SPEAKING.test(name)) return value;
      return value === '' ? name.replace(/^\w+:/, '') : `${name.replace(/^\w+:/, '')}=${value}`;
    })
    .filter((word) => word !== '')
    .join(' ');
}

function elementWord(view: View, element: ElementNode): string {
  const id = element.name === 'ri:user' ? attr(element, 'ri:account-id') : null;
  if (id !== null && /^[\w:.-]+$/.test(id)) {
    const name = stripInvisible(view.options.people?.[id] ?? '').replace(/[[\]\\"\n]/g, ' ');
    return `@[${name === '' ? 'someone' : name}](user:${id})`;
  }
  const words = attributeWords(element);
  if (element.name === 'ac:link' && element.children.length === 0 && words === '') return '[link]';
  const name = macroName(element);
  if (name !== null) return `[${words === '' ? 'macro' : words}] `;
  if (element.name === 'ac:parameter' || element.name === 'ac:default-parameter') {
    return ` ${words === '' ? '_' : words}=`;
  }
  if (element.name === 'ac:emoticon')
    return words === '' ? '[emoji]' : words.includes(':') ? words : `:${words}:`;
  if (element.name === 'ac:image' || element.name === 'img')
    return ` image${words === '' ? '' : ` ${words}`} `;
  if (element.name === 'ac:adf-node') return words === '' ? '' : `[${words}]`;
  if (element.name === 'a' && words === collapse(ownText(element))) return '';
  if (!SILENT.test(element.name)) return `[${`${element.name} ${words}`.trim()}] `;
  if (words === '') return element.name.startsWith('ri:') ? `[${element.name.slice(3)}]` : '';
  return `[${words}]`;
}

/** Elements that say nothing to a reader: numbers of tasks, and copies for old editors. */
function isMute(node: ElementNode): boolean {
  if (/^ac:(?:task-id|task-uuid|task-status|adf-fragment-mark|adf-mark)$/.test(node.name)) return true;
  if (node.name === 'ac:adf-attribute') return attr(node, 'key') === 'local-id';
  // Where nothing else says it, the copy is what there is.
  const before = node.name === 'ac:adf-fallback' ? (node.parent?.children.slice(0, 8) ?? []) : [];
  return before.some((one) => one.type === 'element' && one.name === 'ac:adf-node');
}

/** The sign of an item: `• `, or its number. `counts` holds how many items of a list were seen. */
function itemSign(node: ElementNode, counts: Map<ElementNode, number>): string {
  if (node.parent?.name !== 'ol') return ' • ';
  const count = counts.get(node.parent) ?? 0;
  counts.set(node.parent, count + 1);
  return ` ${startOf(node.parent) + count}. `;
}

/** Rows and cells after the first of their kind are set apart; `begun` holds the parents that have one. */
function cellSign(node: ElementNode, begun: Set<ElementNode>): string {
  if (node.parent === null || begun.has(node.parent)) return node.name === 'tr' ? ' / ' : ' | ';
  begun.add(node.parent);
  return ' ';
}

type Closing = { last: number; text: string };

/** How an element opens, how it ends, and whether what is in it is left out. */
function signsOf(
  view: View,
  node: ElementNode,
  begun: Set<ElementNode>,
  counts: Map<ElementNode, number>,
): { open: string; close: string; skip: boolean } {
  if (isMute(node)) return { open: '', close: '', skip: true };
  const extra = attributeWords(node);
  const more = extra === '' ? '' : `[${extra}] `;
  const signs = SIGNS[node.name];
  if (signs) return { open: signs[0] + more, close: signs[1], skip: false };
  if (/^t[rdh]$/.test(node.name)) return { open: cellSign(node, begun) + more, close: ' ', skip: false };
  if (node.name === 'li') return { open: itemSign(node, counts) + more, close: ' ', skip: false };
  if (node.name === 'ac:task') return { open: isDone(node) ? ' [x] ' : ' [ ] ', close: ' ', skip: false };
  if (node.name === 'ac:adf-attribute')
    return { open: ` ${attr(node, 'key') ?? ''}=${collapse(ownText(node))} `, close: '', skip: true };
  const gap = isInline(node) || /^(?:ri:|ac:(?:link|parameter|image))/.test(node.name) ? '' : ' ';
  return { open: `${gap}${elementWord(view, node)}`, close: gap, skip: false };
}

/**
 * All that nodes say, on one line, for a placeholder: their text, and of each element what names it. At most
 * about `limit` characters; what is left out is counted as not shown. Line breaks of code are kept.
 */
export function wordsOf(view: View, nodes: StorageNode[], limit: number): string {
  const parts: string[] = [];
  const closings: Closing[] = [];
  const begun = new Set<ElementNode>();
  const counts = new Map<ElementNode, number>();
  let length = 0;
  let left = 0;
  const say = (text: string): void => {
    if (length > limit) left += text.length;
    else parts.push(text);
    length += text.length;
  };
  const closeTo = (index: number): void => {
    for (let last = closings.at(-1); last && last.last <= index; last = closings.at(-1)) {
      say(last.text);
      closings.pop();
    }
  };
  for (const root of nodes) {
    const end = Math.min(root.last, root.index + limit * 4);
    for (let i = root.index; i < end; i += 1) {
      const node = view.doc.nodes[i] as StorageNode;
      closeTo(i);
      if (node.type === 'element') {
        const { open, close, skip } = signsOf(view, node, begun, counts);
        say(open);
        if (skip) i = node.last - 1;
        else if (close !== '') closings.push({ last: node.last, text: close });
      } else if (node.type === 'text') say(node.text.replace(/[ \t\r\n]+/g, ' '));
      else if (node.type === 'cdata') say(node.text.replace(/\r\n?/g, '\n'));
      else say(node.type === 'comment' ? `<!--${node.text}-->` : `<?${node.text}?>`);
    }
    closeTo(root.last);
    if (end < root.last) left += root.last - end;
  }
  const text = stripInvisible(parts.join('')).replace(/ {2,}/g, ' ').trim();
  if (left === 0 && text.length <= limit) return text;
  note(view, 'end of a long text in a placeholder');
  return placeholderText(text, limit, left);
}

function placeholderText(text: string, limit: number, left: number): string {
  const kept = text.slice(0, limit).toWellFormed();
  return `${kept}…(+${left + text.length - kept.length})`;
}

const MAX_PARAMETER = 300;

/** What a macro parameter says: its text, and the pages, files, people, spaces and addresses it names. */
export function parameterWords(view: View, parameter: ElementNode): string {
  const [only, ...others] = parameter.children.filter(
    (child) => child.type !== 'text' || child.text.trim() !== '',
  );
  if (!only) return collapse(ownText(parameter));
  if (only.type === 'text' && others.length === 0) return collapse(ownText(parameter));
  const words = wordsOf(view, parameter.children, 2000);
  // One thing alone needs no brackets.
  const bare = /^\[([^[\]]*)\]$/.exec(words)?.[1];
  return bare ?? words;
}

/** `key=value` of a parameter as a placeholder or a fence shows it. */
export function parameterDetail(view: View, name: string, element: ElementNode): string {
  const value = stripInvisible(parameterWords(view, element));
  return `${name.replace(/[^\w.-]/g, '-') || '_'}=${placeholderValue(value, MAX_PARAMETER)}`;
}
