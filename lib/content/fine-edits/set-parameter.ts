import { ContentError } from '../content-error.ts';
import type { Change, EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { macroName, ownText, parameterValue } from '../parse/elements.ts';
import { escapeAttribute, escapeXml, toCdata } from '../parse/entities.ts';
import { attr, checkStorage, type ElementNode } from '../parse/parse.ts';
import { findMacro } from './find-macro.ts';

/** The elements of a macro's parameter; an unnamed one may stand in `ac:default-parameter`. */
function parameterElements(macro: ElementNode, name: string): ElementNode[] {
  return macro.children.filter(
    (child): child is ElementNode =>
      child.type === 'element' &&
      ((child.name === 'ac:parameter' && (attr(child, 'ac:name') ?? '') === name) ||
        (child.name === 'ac:default-parameter' && name === '')),
  );
}

/** Puts a new parameter where Confluence has it: after the others, before the body. */
function inserted(source: string, macro: ElementNode, name: string, inner: string): Change {
  const text = `<ac:parameter ac:name="${escapeAttribute(name)}">${inner}</ac:parameter>`;
  if (macro.selfClosing) {
    const tag = source.slice(macro.start, macro.end);
    const length = /(?<!\s)\s*\/>$/.exec(tag)?.[0].length ?? 2;
    return { start: macro.end - length, end: macro.end, text: `>${text}</${macro.name}>` };
  }
  const last = macro.children.findLast((child) => child.type === 'element' && child.name === 'ac:parameter');
  const at = last?.end ?? macro.openEnd;
  return { start: at, end: at, text };
}

/** What a parameter's inside becomes, in the form it has: plain, or as CDATA. */
function plainInner(parameter: ElementNode | undefined, value: string): string {
  const cdata = parameter?.children.some((child) => child.type === 'cdata') ?? false;
  return cdata ? toCdata(value) : escapeXml(value);
}

/** The change that gives a macro's parameter a value, or null where it has it already. */
export function parameterChange(
  source: string,
  macro: ElementNode,
  name: string,
  given: { value: string | null } | { storage: string },
): Change | null {
  const [parameter, second] = parameterElements(macro, name);
  const called = `The parameter ${name === '' ? '(unnamed)' : `"${name}"`} of the macro ${macroName(macro)}`;
  if (second) {
    throw new ContentError(`${called} stands there more than once.`, {
      code: 'ambiguous',
      next: 'Replace the macro with storage.',
    });
  }
  if ('value' in given && given.value === null)
    return parameter ? { start: parameter.start, end: parameter.end, text: '' } : null;
  if ('value' in given && parameter?.children.some((child) => child.type === 'element')) {
    throw new ContentError(
      `${called} does not hold text: it refers to ${parameterValue(parameter) || 'something'}.`,
      {
        code: 'not_possible',
        next: 'Give its new content as storage, e.g. <ac:link><ri:page ri:content-title="..." /></ac:link>.',
      },
    );
  }
  if ('value' in given && parameter && ownText(parameter) === given.value) return null;
  const inner = 'storage' in given ? given.storage : plainInner(parameter, given.value ?? '');
  if (!parameter) return inserted(source, macro, name, inner);
  if (source.slice(parameter.openEnd, parameter.closeStart) === inner && !parameter.selfClosing) return null;
  if (!parameter.selfClosing) return { start: parameter.openEnd, end: parameter.closeStart, text: inner };
  const tag = source.slice(parameter.start, parameter.end).replace(/(?<!\s)\s*\/>$/, '>');
  return { start: parameter.start, end: parameter.end, text: `${tag}${inner}</${parameter.name}>` };
}

/** Sets or removes a parameter of a macro; no other byte of it changes. */
export function setParameter({ tree }: EditedPage, edit: Edit): Worked {
  const macro = findMacro(tree, edit);
  const name = edit.parameter ?? '';
  if (edit.storage !== undefined) checkStorage(edit.storage);
  const given = edit.storage === undefined ? { value: edit.value ?? null } : { storage: edit.storage };
  const change = parameterChange(tree.doc.source, macro, name, given);
  if (change) return { changes: [change] };
  const state = edit.value === null ? 'does not have' : 'has';
  const value = edit.value === null || edit.value === undefined ? '' : ` as "${edit.value}"`;
  return {
    changes: [],
    idle: `The macro ${macroName(macro)} ${state} the parameter "${name}"${value} already.`,
  };
}
