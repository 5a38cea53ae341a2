import { expect, test } from 'vitest';
import { bodies, everything } from './walk.ts';

const NAMED =
  /^&(?:#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|sbquo|[lhr]arr|[nm]dash|hellip|deg|copy|emsp|[A-Za-z]+(?:acute|grave|circ|uml|cedil|tilde)|szlig);/;

/** The first fault of strict XML with Confluence's named entities, or undefined. */
function fault(xml: string): string | undefined {
  const stack: string[] = [];
  const token =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|</g;
  for (const match of xml.matchAll(token)) {
    const [whole, close, open, attributes = '', empty, text] = match;
    if (whole === '<') return `stray < at ${xml.slice(match.index, match.index + 60)}`;
    if (close !== undefined && stack.pop() !== close) return `unexpected </${close}>`;
    if (open !== undefined && !empty) stack.push(open);
    const names = [...attributes.matchAll(/\s([\w:.-]+)="/g)].map((found) => found[1]);
    if (new Set(names).size !== names.length) return `attribute twice in ${whole}`;
    for (const at of `${attributes}${text ?? ''}`.matchAll(/&/g)) {
      const from = `${attributes}${text ?? ''}`.slice(at.index);
      if (!NAMED.test(from)) return `bare & at ${from.slice(0, 40)}`;
    }
    if (text?.includes(']]>')) return `]]> in text: ${text.slice(0, 60)}`;
  }
  return stack.length > 0 ? `not closed: ${stack.join(' > ')}` : undefined;
}

/** Named elements and attributes seen in real bodies, with those of the counted list that must occur. */
const ELEMENTS: Record<string, string> = {
  p: 'local-id style class',
  li: 'local-id style id',
  code: 'class style',
  td: 'style data-highlight-colour ac:local-id class rowspan colspan',
  strong: 'style title',
  'ac:parameter': 'ac:name name',
  'ac:structured-macro': 'ac:name name ac:schema-version ac:macro-id ac:local-id data-layout',
  ul: 'local-id style class',
  tr: 'ac:local-id class',
  h2: 'local-id id',
  'ri:attachment': 'ri:filename ri:version-at-save',
  'ac:image':
    'ac:width ac:align ac:original-height ac:original-width ac:custom-width ac:layout ac:alt ac:local-id ac:height',
  'ac:rich-text-body': '',
  th: 'data-highlight-colour ac:local-id style class colspan rowspan scope title',
  ol: 'start local-id',
  br: '',
  span: 'style class aria-hidden param',
  'ac:link': 'ac:card-appearance ac:anchor ac:local-id ac:tooltip',
  col: 'style span',
  a: 'href data-card-appearance local-id rel class style role',
  'ac:adf-mark': 'key size color',
  'ri:page': 'ri:content-title ri:version-at-save ri:space-key ri:content-id',
  'ac:caption': 'ac:local-id',
  'ac:plain-text-body': '',
  'ac:link-body': '',
  h3: 'local-id id style',
  table: 'data-layout data-table-width ac:local-id class style',
  tbody: 'class',
  h1: 'local-id id style class',
  div: 'class style id role',
  colgroup: '',
  h4: 'style',
  'ac:emoticon':
    'ac:name ac:emoji-id ac:emoji-shortname ac:emoji-fallback ac:local-id ac:unknown-parameters-are-kept',
  'ac:task': '',
  'ac:task-status': '',
  'ac:task-body': '',
  'ac:task-id': '',
  em: '',
  'ac:inline-comment-marker': 'ac:ref',
  'ac:layout-cell': 'ac:local-id',
  'ri:url': 'ri:value',
  hr: '',
  'ri:user': 'ri:userkey ri:account-id ri:username',
  'ac:plain-text-link-body': '',
  'ac:task-list': '',
  'ac:layout-section': 'ac:type ac:breakout-mode ac:breakout-width ac:local-id',
  thead: '',
  'ac:adf-attribute': 'key',
  u: '',
  'ri:space': 'ri:space-key',
  blockquote: 'local-id',
  'ac:adf-extension': '',
  'ac:adf-node': 'type',
  'ac:adf-content': '',
  'ac:adf-fallback': '',
  'ac:macro': 'ac:name',
  'ac:placeholder': 'ac:type',
  'ac:layout': '',
  sup: 'id',
  time: 'datetime',
  'ac:default-parameter': '',
  pre: 'class style',
  html: '',
  img: 'alt class src width title border',
  'ac:adf-fragment-mark': '',
  'ac:adf-fragment-mark-detail': 'name local-id',
  'ri:content-entity': 'ri:content-id ri:version-at-save',
  'at:declarations': '',
  'ac:task-uuid': '',
  'ac:figure': '',
  'ri:blog-post': 'ri:content-title ri:posting-day',
  'at:string': 'at:name',
  'at:var': 'at:name at:rawxhtml',
};

const MACROS =
  'code info status note toc panel anchor jira pagetree warning view-file excerpt tip livesearch excerpt-include widget children expand ui-step plantuml profile contentbylabel create-from-template multimedia mermaid-cloud sv-translation ui-steps drawio include gallery noformat tasks-report-macro author alert auimessage show-if plantumlcloud blog-posts clickable mathblock gliffy space-details table-filter viewxls align detailssummary loremipsum markdown recently-updated eazy-math-inline easy-math-block export-table roadmap img mathinline pagetreesearch scroll-ignore scroll-ignore-inline details attachments';

const ENTITIES =
  'gt quot amp eacute nbsp rsquo lt ldquo rdquo lsquo rarr agrave harr ecirc ndash uuml egrave Uuml hellip ucirc sbquo auml deg ouml ccedil mdash copy ocirc icirc emsp otilde iacute oacute';

test('every body is well-formed', () => {
  expect(bodies.map(([where, storage]) => [where, fault(storage)]).filter(([, found]) => found)).toEqual([]);
  expect(fault('<p>a<b></p>')).toBeDefined();
  expect(fault('<p>a & b</p>')).toBeDefined();
});

test('no placeholder of the builders is left, and ids in a body are unique', () => {
  expect(everything).not.toMatch(/[\uE001\uE002\uE003]/);
  for (const [where, storage] of bodies) {
    const ids = [...storage.matchAll(/ (?:ac:)?local-id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size, where).toBe(ids.length);
  }
});

test('every element, attribute and macro of real bodies occurs', () => {
  const missing = Object.entries(ELEMENTS).flatMap(([name, attributes]) => {
    const tags = everything.match(new RegExp(`<${name}(?=[\\s/>])[^>]*>`, 'g')) ?? [];
    if (tags.length === 0) return [name];
    return attributes
      .split(' ')
      .filter((attribute) => attribute && !tags.some((tag) => tag.includes(` ${attribute}="`)))
      .map((attribute) => `${name} ${attribute}`);
  });
  const macros = MACROS.split(' ').filter(
    (name) => !everything.includes(`<ac:structured-macro ac:name="${name}"`),
  );
  const entities = ENTITIES.split(' ').filter((name) => !everything.includes(`&${name};`));
  expect([...missing, ...macros, ...entities]).toEqual([]);
});
