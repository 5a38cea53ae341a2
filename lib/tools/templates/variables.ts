import { isDeepStrictEqual } from 'node:util';
import { UserError } from '#errors';
import { markdownToStorage, parseStorage, toMarkdown } from '#lib/content';

export type VariableType = 'text' | 'multiline' | 'list';
/** A blank that a person fills in when making a page of the template. `options`: of a list. */
export type Variable = { name: string; type: VariableType; options: string[] };

const declarations = /<at:declarations>[\s\S]*?<\/at:declarations>|<at:declarations\s*\/>/g;
const tags: Record<string, VariableType> = {
  'at:string': 'text',
  'at:textarea': 'multiline',
  'at:list': 'list',
};

const escapeXml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Attributes = { name: string; value: string }[];
const attribute = (attributes: Attributes, name: string) =>
  attributes.find((one) => one.name === name)?.value;

/** The declared variables of a template body, and those it only uses (taken as text), in order. */
export function variablesOf(storage: string): Variable[] {
  const found = new Map<string, Variable>();
  const used: string[] = [];
  for (const node of parseStorage(storage).nodes) {
    if (node.type !== 'element') continue;
    const name = attribute(node.attributes, 'at:name');
    const type = tags[node.name];
    if (name === undefined) continue;
    if (node.name === 'at:var') used.push(name);
    if (type === undefined) continue;
    const options = node.children.flatMap((child) => {
      if (child.type !== 'element' || child.name !== 'at:option') return [];
      const value = attribute(child.attributes, 'at:value');
      return value === undefined ? [] : [value];
    });
    found.set(name, { name, type, options });
  }
  for (const name of used) if (!found.has(name)) found.set(name, { name, type: 'text', options: [] });
  return [...found.values()];
}

function declared({ name, type, options }: Variable): string {
  const at = `at:name="${escapeXml(name)}"`;
  const forms: Record<VariableType, string> = {
    text: `<at:string ${at} />`,
    multiline: `<at:textarea at:columns="100" ${at} at:rows="5" />`,
    list: `<at:list ${at}>${options.map((one) => `<at:option at:value="${escapeXml(one)}" />`).join('')}</at:list>`,
  };
  return forms[type];
}

export const withoutDeclarations = (storage: string): string => storage.replace(declarations, '');

/** The bytes of each declaration of a body, by name. */
function declaredBytes(storage: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of parseStorage(storage).nodes) {
    const name =
      node.type === 'element' && tags[node.name] !== undefined
        ? attribute(node.attributes, 'at:name')
        : undefined;
    if (name !== undefined) found.set(name, storage.slice(node.start, node.end));
  }
  return found;
}

/**
 * The body with these variables declared in place of its former declarations. One that `original` declares just so
 * keeps its bytes: the size of its box and whatever else stands there.
 */
export function withDeclarations(storage: string, variables: readonly Variable[], original = ''): string {
  const body = withoutDeclarations(storage);
  if (variables.length === 0) return body;
  const known = new Map(variablesOf(original).map((one) => [one.name, one]));
  const bytes = declaredBytes(original);
  const list = variables.map((one) =>
    isDeepStrictEqual(known.get(one.name), one) ? (bytes.get(one.name) ?? declared(one)) : declared(one),
  );
  return `<at:declarations>${list.join('')}</at:declarations>${body}`;
}

/** The body with the declarations of `original`, byte for byte. */
export function withDeclarationsOf(storage: string, original: string): string {
  const [kept = ''] = /^\s*<at:declarations(?:\s*\/>|>[\s\S]*?<\/at:declarations>)\s*/.exec(original) ?? [];
  const all = kept === '' ? (original.match(declarations) ?? []).join('') : kept;
  return `${all}${withoutDeclarations(storage).trimStart()}`;
}

/** Names of the blanks in the text of a body. */
export const blanksOf = (storage: string): string[] => [...varBytes(storage).keys()];

/** The bytes of each variable's first `at:var` in a body, by name. */
function varBytes(storage: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of parseStorage(storage).nodes) {
    const name =
      node.type === 'element' && node.name === 'at:var' ? attribute(node.attributes, 'at:name') : undefined;
    if (name !== undefined && !found.has(name)) found.set(name, storage.slice(node.start, node.end));
  }
  return found;
}

// What stands in code is no blank.
const blankOrCode = /(```[\s\S]*?```|~~~[\s\S]*?~~~|`[^`\n]*`)|\{\{\s*([^{}]+?)\s*\}\}/g;
const blank = /\{\{\s*([^{}]+?)\s*\}\}/g;

function inCode(
  at: { name: string; parent: ReturnType<typeof parseStorage>['nodes'][number]['parent'] } | null,
): boolean {
  for (let node = at; node !== null; node = node.parent) if (node.name === 'code') return true;
  return false;
}

/** Puts variables in place of `{{name}}` in the words of a body; code, attributes and unknown names stay. */
export function fillBlanks(storage: string, names: ReadonlySet<string>, original = ''): string {
  const known = varBytes(original);
  let result = '';
  let at = 0;
  for (const node of parseStorage(storage).nodes) {
    if (node.type !== 'text' || node.hidden || inCode(node.parent)) continue;
    const source = storage.slice(node.start, node.end);
    const filled = source.replace(blank, (whole, given: string) => {
      const name = given.replaceAll('&amp;', '&');
      return names.has(name) ? (known.get(name) ?? `<at:var at:name="${escapeXml(name)}" />`) : whole;
    });
    result += storage.slice(at, node.start) + filled;
    at = node.end;
  }
  return result + storage.slice(at);
}

const placeholder = /\{\{element:at:var name=(?:"([^"]*)"|([^\s}]+)) #[\w.-]+\}\}/g;

/** A template body as Markdown; its variables stand as `{{name}}`. */
export function templateMarkdown(storage: string): string {
  return toMarkdown(withoutDeclarations(storage), { maxChars: 1_000_000 }).markdown.replace(
    placeholder,
    (_whole, quoted: string | undefined, bare: string | undefined) => `{{${quoted ?? bare ?? ''}}}`,
  );
}

/** Markdown as the body of a template. What is unchanged since `original` keeps its bytes, variables too. */
export function storageOfMarkdown(
  markdown: string,
  names: ReadonlySet<string>,
  original: string | null,
): string {
  if (original === null) return fillBlanks(markdownToStorage(markdown), names);
  const source = withoutDeclarations(original);
  const tokens = new Map<string, string[]>();
  for (const match of toMarkdown(source, { maxChars: 1_000_000 }).markdown.matchAll(placeholder)) {
    const name = match[1] ?? match[2] ?? '';
    tokens.set(name, [...(tokens.get(name) ?? []), match[0]]);
  }
  // Each blank takes its own element again, in order, so that untouched blocks are recognised.
  const back = markdown.replace(blankOrCode, (whole, code: string | undefined, name = '') => {
    const list = code === undefined ? tokens.get(name) : undefined;
    return (list !== undefined && list.length > 1 ? list.shift() : list?.[0]) ?? whole;
  });
  return fillBlanks(markdownToStorage(back, { originals: source }), names, original);
}

/** Variables as given by a caller. @throws UserError invalid_input for a list without options or a name used twice. */
export function checkVariables(
  given: readonly { name: string; type?: VariableType | undefined; options?: string[] | undefined }[],
): Variable[] {
  const names = new Set<string>();
  return given.map(({ name, type = 'text', options = [] }) => {
    if (names.has(name) || /[{}]/.test(name)) {
      throw new UserError('invalid_input', `variables: "${name}" is named twice or has braces in it.`, {
        next: 'Give each variable a name of its own.',
      });
    }
    names.add(name);
    if (type === 'list' && options.length === 0) {
      throw new UserError('invalid_input', `variables: The list "${name}" needs options.`, {
        next: 'Give options, or make it a text.',
      });
    }
    return { name, type, options: type === 'list' ? options : [] };
  });
}
