import { childElement, collapse, macroName, parameterOf, parametersOf } from '../parse/elements.ts';
import { hasHiddenText, stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, visibleText } from '../parse/parse.ts';
import { placeholderValue } from './canonical.ts';
import { bytesOf, idFor, note, type View } from './context.ts';
import { macroDetails, macroWord } from './placeholder.ts';

/** Encloses Markdown in a `:::` fence longer than any inside it. */
export function fence(line: string, content: string): string {
  let colons = 3;
  for (const match of content.matchAll(/^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(:{3,})/gm)) {
    colons = Math.max(colons, (match[1]?.length ?? 0) + 1);
  }
  const mark = ':'.repeat(colons);
  return content === '' ? `${mark}${line}\n${mark}` : `${mark}${line}\n${content}\n${mark}`;
}

function wrapperId(view: View, line: string, open: string, close: string, rich: boolean): string {
  const id = idFor(view.record.wrappers, open, (one) => one.open === open && one.close === close);
  if (!view.record.wrappers.has(id)) view.record.wrappers.set(id, { line, open, close, rich });
  return id;
}

function outside(view: View, element: ElementNode, body: ElementNode): { open: string; close: string } {
  const { source } = view.doc;
  if (!body.selfClosing) {
    return {
      open: source.slice(element.start, body.openEnd),
      close: source.slice(body.closeStart, element.end),
    };
  }
  const tag = source.slice(body.start, body.end).replace(/(?<!\s)\s*\/>$/, '>');
  return {
    open: source.slice(element.start, body.start) + tag,
    close: `</${body.name}>${source.slice(body.end, element.end)}`,
  };
}

/** Name and title of the fence of a macro with a rich body, a layout part or a div. */
function fenceHead(view: View, element: ElementNode, body: ElementNode): { line: string; details: string[] } {
  const macro = macroName(element);
  if (macro === null) {
    const name = element.name.replace(/^ac:layout-?/, '') || 'layout';
    const type = attr(element, 'ac:type');
    return { line: type !== null && /^[\w-]+$/.test(type) ? `${name} ${type}` : name, details: [] };
  }
  const raw = collapse(stripInvisible(parameterOf(element, 'title') ?? ''));
  // Braces would be read as the details.
  const title = /[{}]/.test(raw) ? '' : raw;
  const details = macroDetails(view, element, body, title !== '');
  const plain = /^[A-Za-z][\w-]*$/.test(macro);
  const head = plain ? macro : `macro ${macro.replace(/[^\w:.-]/g, '-')}`;
  return { line: title === '' ? head : `${head} ${title}`, details };
}

/** A container whose content is Markdown: the fence line names what encloses it. */
export function containerFence(view: View, element: ElementNode, body: ElementNode, content: string): string {
  const { line, details } = fenceHead(view, element, body);
  const { open, close } = outside(view, element, body);
  const id = wrapperId(view, line, open, close, true);
  return fence(`${line} {${[...details, `#${id}`].join(' ')}}`, content);
}

/** Something shown for reading that only its original bytes can express; Markdown may keep or drop it. */
export function frozenFence(
  view: View,
  element: ElementNode,
  line: string,
  content: string,
  details: string[] = [],
): string {
  const bytes = bytesOf(view, element);
  const id = idFor(view.record.byId, bytes, (atom) => atom.bytes === bytes);
  const markdown = fence(`${line} {${[...details, `#${id}`].join(' ')}}`, content);
  if (!view.record.byId.has(id)) view.record.byId.set(id, { markdown, bytes, block: true });
  return markdown;
}

function backticks(text: string): string {
  let longest = 2;
  for (const run of text.match(/`{3,}/g) ?? []) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}

function codeText(view: View, raw: string): string {
  if (hasHiddenText(raw)) note(view, 'invisible characters');
  return stripInvisible(raw).replace(/\r\n?/g, '\n');
}

function frozenLine(element: ElementNode): string {
  const name = macroName(element);
  return name === null ? `element ${element.name}` : `macro ${name.replace(/[^\w:.-]/g, '-')}`;
}

/** A code fence for a macro with a plain text body, or for `pre`. */
export function codeFence(view: View, element: ElementNode): string {
  const body = childElement(element, 'ac:plain-text-body');
  const text = codeText(view, visibleText(view.doc, body ?? element));
  const mark = backticks(text);
  const marked = (body ?? element).children.some((child) => child.type === 'element');
  if (marked) return frozenFence(view, element, frozenLine(element), `${mark}\n${text}\n${mark}`);
  const parameters = macroName(element) === 'code' ? parametersOf(element) : null;
  const language = parameters?.find(({ name }) => name === 'language')?.value.trim() ?? '';
  const plain = /^[^\s`{}]{1,40}$/.test(language) ? language : '';
  const name = macroName(element);
  const all = name === null ? [] : macroDetails(view, element, body, false);
  // It stands before them already.
  const details =
    plain === '' ? all : all.filter((detail) => detail !== `language=${placeholderValue(plain)}`);
  if (parameters?.length === all.length) {
    if (parameters.every(({ name, value }) => name === 'language' && value.trim() === plain && plain !== ''))
      return `${mark}${plain}\n${text}\n${mark}`;
  }
  const { open, close } = outside(view, element, body ?? element);
  const line = [name === null ? `element:${element.name}` : macroWord(name), ...details]
    .join(' ')
    .replaceAll('`', "'");
  const id = wrapperId(view, line, open, close, false);
  return `${mark}${plain === '' ? '' : `${plain} `}{{${line} #${id}}}\n${text}\n${mark}`;
}
