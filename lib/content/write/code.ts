import type { Code } from 'mdast';
import { ContentError } from '../content-error.ts';
import { childElement, macroName, ownText, parameterOf } from '../parse/elements.ts';
import { escapeXml, toCdata } from '../parse/entities.ts';
import type { ElementNode } from '../parse/parse.ts';
import type { Wrapper } from '../view/context.ts';
import { openTag } from './keep/tags.ts';
import { changedPlaceholder, plainWrapper, unknownPlaceholder, withParameter } from './macro.ts';
import { namedWrapper } from './originals.ts';
import { TOKEN, unstash } from './stash.ts';
import { asWritten, type Writer } from './writer.ts';

const LANGUAGES: Record<string, string> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  yml: 'yaml',
  html: 'xml',
  plaintext: 'text',
};

/** Options that stand after the language of a code fence; `flag`: may stand without a value. */
const OPTIONS: Record<string, { flag: boolean; value: RegExp }> = {
  title: { flag: false, value: /^.{1,500}$/ },
  collapse: { flag: true, value: /^(?:true|false)$/ },
  linenumbers: { flag: true, value: /^(?:true|false)$/ },
  firstline: { flag: false, value: /^\d{1,7}$/ },
  theme: { flag: false, value: /^[\w -]{1,40}$/ },
  breakoutMode: { flag: false, value: /^(?:wide|full-width|default)$/ },
  breakoutWidth: { flag: false, value: /^\d{1,5}$/ },
};

const WORD = /\s*([^\s=]+?)(?:=(?:"((?:[^"\\]|\\.)*)"|(\S+)))?(?=\s|$)/y;

function refuseOption(word: string): never {
  throw new ContentError(`A code fence has no option "${word}".`, {
    next: `After the language a code fence takes: ${Object.entries(OPTIONS)
      .map(([name, { flag }]) => (flag ? name : `${name}=...`))
      .join(', ')}. For example: \`\`\`js title="client.js" linenumbers`,
  });
}

function optionsOf(info: string): [string, string][] {
  const options: [string, string][] = [];
  for (let at = 0; info.slice(at).trim() !== ''; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const [, word = '', quoted, bare] = WORD.exec(info) ?? refuseOption(info.slice(at).trim());
    const name = Object.keys(OPTIONS).find((one) => one.toLowerCase() === word.toLowerCase());
    const rule = name === undefined ? undefined : OPTIONS[name];
    const given = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    const value = given ?? (rule?.flag ? 'true' : '');
    if (name === undefined || !rule?.value.test(value))
      refuseOption(given === undefined ? word : `${word}=${given}`);
    options.push([name, value]);
  }
  return options;
}

/** What stands after the language, as written: a Markdown parser takes backslashes out of it. */
function metaOf(writer: Writer, code: Code): string {
  if (!code.meta) return '';
  const { start, end } = code.position ?? {};
  const line = writer.text.slice(start?.offset ?? 0, end?.offset ?? 0).split('\n', 1)[0] ?? '';
  const meta = line.replace(/^(?:`{3,}|~{3,})[ \t]*\S+/, '').replace(TOKEN, '');
  return unstash(meta, writer.stash.tokens);
}

/** The placeholder in a fence's info names what encloses the text: `{{macro:plantuml #4f2a1c}}`. */
function namedBy(writer: Writer, info: string): { wrapper: Wrapper; id: string | null } | null {
  for (const match of info.matchAll(TOKEN)) {
    const entry = writer.stash.tokens[Number(match[1])];
    if (entry?.token.kind !== 'placeholder') continue;
    const { id, name, parameters } = entry.token;
    const wrapper = id === null ? plainWrapper(name, parameters) : namedWrapper(writer.originals.page, id);
    if (!wrapper) throw unknownPlaceholder(writer, entry.source);
    const shown = `{{${wrapper.line} #${id}}}`;
    if (id !== null && parameters.length > 0 && shown !== entry.source)
      throw changedPlaceholder(entry.source, shown);
    return { wrapper, id };
  }
  return null;
}

function filled({ open, close }: Pick<Wrapper, 'open' | 'close'>, value: string): string {
  return `${open}${close.startsWith('</ac:plain-text-body>') ? toCdata(value) : escapeXml(value)}${close}`;
}

function languageOf(writer: Writer, code: Code): string {
  const language = unstash((code.lang ?? '').replace(TOKEN, ''), writer.stash.tokens);
  return LANGUAGES[language.toLowerCase()] ?? language;
}

const CODE_CLOSE = '</ac:plain-text-body></ac:structured-macro>';

/** The original macro with other text, language or options; the rest of its bytes stays. */
function changed(writer: Writer, original: ElementNode, code: Code, value: string): string | null {
  const source = writer.originals.page?.doc.source ?? '';
  const body = childElement(original, 'ac:plain-text-body') ?? original;
  const named = namedBy(writer, `${code.lang ?? ''} ${code.meta ?? ''}`);
  let open = source.slice(original.start, body.start) + openTag(source, body);
  const isCode = macroName(original) === 'code';
  if (named ? named.wrapper.open !== open : !isCode || body === original) return null;
  if (isCode) {
    const language = languageOf(writer, code);
    if (
      language !== '' &&
      language !== languageOf(writer, { ...code, lang: parameterOf(original, 'language') ?? '' })
    )
      open = withParameter(open, 'language', language);
    for (const [name, given] of optionsOf(metaOf(writer, code))) open = withParameter(open, name, given);
  }
  const close = `</${body.name}>${source.slice(body.end, original.end)}`;
  const same = !body.selfClosing && ownText(body).replace(/\r\n?/g, '\n') === value;
  return same ? open + source.slice(body.openEnd, body.closeStart) + close : filled({ open, close }, value);
}

/** A code fence as a macro with a plain body. */
export function codeStorage(writer: Writer, code: Code, original: ElementNode | null): string {
  const value = asWritten(writer, code.value);
  const kept = original ? changed(writer, original, code, value) : null;
  if (kept !== null) return kept;
  const named = namedBy(writer, `${code.lang ?? ''} ${code.meta ?? ''}`);
  const options = optionsOf(metaOf(writer, code));
  if (named) {
    const open = options.reduce((tag, [name, given]) => withParameter(tag, name, given), named.wrapper.open);
    return filled({ ...named.wrapper, open }, value);
  }
  const language = languageOf(writer, code).toLowerCase();
  let open = '<ac:structured-macro ac:name="code"><ac:plain-text-body>';
  if (language !== '') open = withParameter(open, 'language', language);
  for (const [name, given] of options) open = withParameter(open, name, given);
  return filled({ open, close: CODE_CLOSE }, value);
}
