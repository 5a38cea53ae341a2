import { ContentError } from '../content-error.ts';
import { escapeAttribute, escapeXml } from '../entities.ts';
import type { Wrapper } from '../view/context.ts';

/** A new macro without a body from `{{macro:toc maxLevel=3}}`. */
export function macroFromPlaceholder(name: string, parameters: [string, string][]): string {
  if (!name.startsWith('macro:')) {
    throw new ContentError(`{{${name} ...}} has no #id, so it stands for no element of the page.`, {
      next: 'Copy the placeholder with its #id from the page, or give storage instead of Markdown.',
    });
  }
  const inner = parameters.map(([key, value]) => parameter(key === '_' ? '' : key, value)).join('');
  return `<ac:structured-macro ac:name="${escapeAttribute(name.slice(6))}">${inner}</ac:structured-macro>`;
}

/** What encloses the text of a new macro with a plain body, from the info of a code fence: `{{macro:plantuml}}`. */
export function plainWrapper(name: string, parameters: [string, string][]): Wrapper {
  const open = macroFromPlaceholder(name, parameters).replace(
    /<\/ac:structured-macro>$/,
    '<ac:plain-text-body>',
  );
  return { line: name, open, close: '</ac:plain-text-body></ac:structured-macro>', rich: false };
}

function parameter(name: string, value: string): string {
  return `<ac:parameter ac:name="${escapeAttribute(name)}">${escapeXml(value)}</ac:parameter>`;
}

/** Fences that may be written without an id, and the macro each makes. */
const MACROS: Record<string, string> = {
  info: 'info',
  note: 'note',
  tip: 'tip',
  warning: 'warning',
  panel: 'panel',
  expand: 'expand',
  excerpt: 'excerpt',
  details: 'details',
  success: 'tip',
  error: 'warning',
  danger: 'warning',
  caution: 'warning',
  important: 'note',
};

const SECTION_TYPES = new Set([
  'single',
  'fixed-width',
  'two_equal',
  'two_left_sidebar',
  'two_right_sidebar',
  'three_equal',
  'three_with_sidebars',
  'four_equal',
  'five_equal',
]);

/** True for the name of a fence that may be written without an id. */
export function isFenceName(name: string): boolean {
  return Object.hasOwn(MACROS, name.toLowerCase()) || /^(layout|section|cell)$/.test(name);
}

/** What encloses the content of a new fence. */
export function newWrapper(name: string, title: string): Wrapper {
  const line = `${name} ${title}`.trim();
  const key = name.toLowerCase();
  const macro = Object.hasOwn(MACROS, key) ? MACROS[key] : undefined;
  if (macro) {
    const head = title === '' ? '' : parameter('title', title);
    const open = `<ac:structured-macro ac:name="${macro}">${head}<ac:rich-text-body>`;
    return { line, open, close: '</ac:rich-text-body></ac:structured-macro>', rich: true };
  }
  if (name === 'layout') return { line, open: '<ac:layout>', close: '</ac:layout>', rich: true };
  if (name === 'cell') return { line, open: '<ac:layout-cell>', close: '</ac:layout-cell>', rich: true };
  if (name === 'section' && SECTION_TYPES.has(title || 'single')) {
    return {
      line,
      open: `<ac:layout-section ac:type="${title || 'single'}">`,
      close: '</ac:layout-section>',
      rich: true,
    };
  }
  throw new ContentError(`The fence ":::${line}" is unknown.`, {
    next: `Use ${Object.keys(MACROS).join(', ')}, layout, section, cell, or a fence of the page with its #id.`,
  });
}

const TITLE = /<ac:parameter ac:name="title"\s*(?:\/>|>[^<]*<\/ac:parameter>)/;

/** The wrapper with another title: all other bytes stay. */
export function retitled(wrapper: Wrapper, title: string): Wrapper {
  const next = title === '' ? '' : parameter('title', title);
  const [, body = '<ac:rich-text-body'] =
    /(<ac:rich-text-body)(?![\s\S]*<ac:rich-text-body)/.exec(wrapper.open) ?? [];
  const open = TITLE.test(wrapper.open)
    ? wrapper.open.replace(TITLE, () => next)
    : wrapper.open.replace(new RegExp(`${body}(?![\\s\\S]*${body})`), () => next + body);
  return { ...wrapper, open };
}
