import { ContentError } from '../content-error.ts';
import { escapeAttribute } from '../parse/entities.ts';
import type { Wrapper } from '../view/context.ts';
import { placeholdersOf } from './originals.ts';
import { parameterXml } from './resource.ts';
import type { Writer } from './writer.ts';

export function unknownPlaceholder(writer: Writer, source: string): ContentError {
  const candidates = placeholdersOf(writer.originals.page).slice(0, 12);
  const has = candidates.length === 0 ? 'The page has none.' : `The page has: ${candidates.join(' ')}`;
  return new ContentError(`The placeholder ${source} names nothing on this page. ${has}`, {
    code: 'not_found',
    next: 'Read the page again and copy its placeholders unchanged, or leave the #id away to make a new macro.',
    data: { candidates },
  });
}

export function changedPlaceholder(written: string, shown: string): ContentError {
  return new ContentError(`The placeholder ${written} was changed; on the page it reads ${shown}.`, {
    next: 'Keep a placeholder as it is; to change a parameter of the macro use the edit op set_parameter, or give its storage.',
  });
}

function parameter(macro: string, name: string, value: string): string {
  return `<ac:parameter ac:name="${escapeAttribute(name)}">${parameterXml(macro, name, value)}</ac:parameter>`;
}

const MACRO_NAME = /^[A-Za-z][\w.:-]*$/;

/** The inside of a new macro before its body. `_` is the parameter without a name. */
function parametersXml(macro: string, parameters: [string, string][]): string {
  const seen = new Set<string>();
  for (const [key] of parameters) {
    if (seen.has(key))
      throw new ContentError(`The macro "${macro}" has the parameter "${key}" twice.`, {
        next: 'Give it once.',
      });
    seen.add(key);
  }
  return parameters.map(([key, value]) => parameter(macro, key === '_' ? '' : key, value)).join('');
}

/** A new macro without a body. */
export function parameterTag(macro: string, parameters: [string, string][]): string {
  return `<ac:structured-macro ac:name="${macro}">${parametersXml(macro, parameters)}</ac:structured-macro>`;
}

/** A new macro without a body from `{{macro:toc maxLevel=3}}`. */
export function macroFromPlaceholder(name: string, parameters: [string, string][]): string {
  if (!name.startsWith('macro:') || !MACRO_NAME.test(name.slice(6))) {
    throw new ContentError(`{{${name} ...}} has no #id, so it stands for no element of the page.`, {
      next: 'Copy the placeholder with its #id from the page, write {{macro:name key=value}} for a new macro, or give storage instead of Markdown.',
    });
  }
  return parameterTag(name.slice(6), parameters);
}

/** What encloses the text of a new macro with a plain body, from the info of a code fence: `{{macro:plantuml}}`. */
export function plainWrapper(name: string, parameters: [string, string][]): Wrapper {
  const open = macroFromPlaceholder(name, parameters).replace(
    /<\/ac:structured-macro>$/,
    '<ac:plain-text-body>',
  );
  return { line: name, open, close: '</ac:plain-text-body></ac:structured-macro>', rich: false };
}

/** What encloses the blocks of a new macro with a rich body. */
export function richWrapper(macro: string, parameters: [string, string][]): Pick<Wrapper, 'open' | 'close'> {
  if (!MACRO_NAME.test(macro))
    throw new ContentError(`"${macro}" is not the name of a macro.`, {
      next: 'Write :::macro name {key=value}.',
    });
  return {
    open: `<ac:structured-macro ac:name="${macro}">${parametersXml(macro, parameters)}<ac:rich-text-body>`,
    close: '</ac:rich-text-body></ac:structured-macro>',
  };
}

const BODY = /<ac:(?:rich|plain)-text-body(?:\s[^<>]*)?>$/;

/** What opens a macro with one parameter set or, with '', taken out: all other bytes stay. */
export function withParameter(open: string, name: string, value: string): string {
  const next = value === '' ? '' : parameter('', name, value);
  const there = new RegExp(`<ac:parameter\\s+ac:name="${name}"\\s*(?:/>|>[^<]*</ac:parameter>)`);
  if (there.test(open)) return open.replace(there, () => next);
  return open.replace(BODY, (body) => next + body);
}
