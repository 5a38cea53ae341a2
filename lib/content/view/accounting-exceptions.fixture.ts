import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import type { Mutation } from '../testing/mutations.ts';

/**
 * Nodes and attributes whose loss the Markdown view does not tell, each with the reason why a reader misses
 * nothing. Whatever is not in this list must be shown or counted.
 */

const parentOf = (node: StorageNode, name: RegExp): ElementNode | null => {
  let parent = node.parent;
  while (parent !== null && !name.test(parent.name)) parent = parent.parent;
  return parent;
};
const textIn = (node: StorageNode): string =>
  node.type === 'element' ? node.children.map(textIn).join('') : node.text;
const VOID_OF_TEXT =
  /^(?:br|hr|ac:(?!(?:adf-content|caption|plain-text-body|rich-text-body|task-body|task-list)$).*)$/;
const holdsNothing = (node: StorageNode): boolean =>
  node.type === 'element'
    ? node.attributes.every(({ name }) => /local-id$/.test(name)) &&
      node.children.every((child) => isBreak(child) || holdsNothing(child)) &&
      !VOID_OF_TEXT.test(node.name)
    : node.text.trim() === '';
const isBreak = (node: StorageNode): boolean => node.type === 'element' && node.name === 'br';
/** The text that a mark could change: not that of parameters. */
const markedText = (node: StorageNode): string => {
  if (node.type !== 'element') return node.text.trim();
  return /^ac:(?:structured-macro|link|placeholder)$/.test(node.name)
    ? ''
    : node.children.map(markedText).join('');
};
const isIn = (name: RegExp) => (mutation: Mutation) => parentOf(mutation.node, name) !== null;
const value = (mutation: Mutation): string => mutation.attribute?.value ?? '';

/** The target of a link whose text says nothing else: title, file name or address. */
function sayingOnlyItsTarget({ node, attribute }: Mutation): boolean {
  const link =
    node.type === 'element' && /^(?:a|ac:link)$/.test(node.name) ? node : parentOf(node, /^(?:a|ac:link)$/);
  if (!link) return false;
  const resource = link.children.find((child) => child.type === 'element' && child.name.startsWith('ri:'));
  const target = resource?.type === 'element' ? attr(resource, 'ri:content-title') : attr(link, 'href');
  const text = textIn(link).trim();
  return text === target || text === '' || (attribute?.name === 'href' && attribute.value === '');
}

/** Presentation: counted in `notRendered`, so taking it away is noticed, but what exactly it is is not shown. */
const COUNTED =
  /@(?:style|class|id|title|role|rel|scope|summary|span|param|aria-hidden|controls|width|height|border|data-.*|at:rawxhtml|ac:(?:title|tooltip|breakout-.*|width|height|align|layout|inline|border|class|style|thumbnail|queryparams|hspace|vspace|href|src|card-appearance))$|^ac:adf-(?:mark|fragment-mark-detail)@/;

export type Exception = {
  what: string;
  kinds: RegExp;
  where: RegExp;
  when?: (mutation: Mutation) => boolean;
  why: string;
};

export const EXCEPTIONS: Exception[] = [
  {
    what: 'ids and versions',
    kinds: /attribute/,
    where: /@(?:(?:ac:|ri:)?local-id|ac:macro-id|ac:schema-version|ri:version-at-save|xmlns:.*)$/,
    why: 'given and changed by Confluence, never shown to a reader',
  },
  {
    what: 'ids of ADF nodes',
    kinds: /./,
    where: /ac:adf-attribute/,
    when: ({ node }) => {
      const holder = node.type === 'element' ? node : node.parent;
      return holder !== null && attr(holder, 'key') === 'local-id';
    },
    why: 'the same id in another place',
  },
  {
    what: 'size of the file behind an image',
    kinds: /attribute/,
    where: /^ac:image@ac:(?:original-width|original-height|custom-width)$/,
    why: 'how large it is drawn is counted; these only help the editor',
  },
  {
    what: 'other forms of an emoji',
    kinds: /attribute/,
    where: /^ac:emoticon@ac:(?:emoji-id|emoji-fallback|name|emoji-shortname|unknown-parameters-are-kept)$/,
    when: ({ node, attribute }) => {
      const names = ['ac:emoji-shortname', 'ac:name'].map((name) =>
        node.type === 'element' ? (attr(node, name) ?? '').replaceAll(':', '') : '',
      );
      if (attribute?.name === 'ac:emoji-shortname') return names[0] === names[1];
      return attribute?.name !== 'ac:name' || names[0] !== '';
    },
    why: 'the emoji is shown by its short name',
  },
  {
    what: 'copies for old editors',
    kinds: /./,
    where: /./,
    when: ({ node }) =>
      (node.type === 'element' && node.name === 'ac:adf-fallback') ||
      isIn(/^ac:adf-fallback$/)({ node } as Mutation),
    why: 'the ADF node beside it says the same and is what Confluence shows',
  },
  {
    what: 'numbers of tasks',
    kinds: /./,
    where: /ac:task-(?:id|uuid)$/,
    why: 'not shown by Confluence either',
  },
  {
    what: 'status of an open task',
    kinds: /./,
    where: /ac:task-status$/,
    when: ({ node }) => textIn(node).trim() !== 'complete',
    why: 'anything but complete, nothing too, is open',
  },
  {
    what: 'presentation',
    kinds: /alter attribute/,
    where: COUNTED,
    why: 'counted, not shown',
  },
  {
    what: 'targets that are neither web nor mail',
    kinds: /alter attribute/,
    where: /^a@href$/,
    when: (mutation) => /^javascript:/.test(value(mutation)),
    why: 'counted; a reader is better off without them',
  },
  {
    what: 'source comments and instructions',
    kinds: /alter/,
    where: /^#(?:comment|instruction) in /,
    why: 'counted, not shown, within a line or between the parts of a list or table',
  },
  {
    what: 'white space',
    kinds: /delete/,
    where: /^white space in /,
    why: 'between blocks, at the ends of lines, beside other white space',
  },
  {
    what: 'empty things',
    kinds: /delete|unwrap|drop attribute/,
    where: /./,
    when: ({ node, attribute }) => (attribute ? attribute.value === '' : holdsNothing(node)),
    why: 'an element without text and attributes, a reference to nothing',
  },
  {
    what: 'a break or a space alone in a paragraph, at its start or end in a placeholder',
    kinds: /delete/,
    where: /^(?:br|#text in p)$/,
    when: ({ node }) =>
      /^[\s\u00a0]*$/.test(textIn(node.parent as StorageNode)) ||
      (isBreak(node) && [node.parent?.children[0], node.parent?.children.at(-1)].includes(node)),
    why: 'an empty paragraph, counted as one, with or without it; on the one line of a placeholder only breaks between words are seen',
  },
  {
    what: 'defaults',
    kinds: /drop attribute/,
    where: /^(?:ol@start|t[dh]@(?:col|row)span)$/,
    when: (mutation) => value(mutation) === '1',
    why: 'left away it is the same',
  },
  {
    what: 'a link that says only its target',
    kinds: /delete|drop|unwrap/,
    where: /^(?:#text in .*|#cdata in .*|ac:link-body|ac:plain-text-link-body|a|a@href)$/,
    when: sayingOnlyItsTarget,
    why: 'without a text the title or address is the text',
  },
  {
    what: 'an alternative text that is the file name',
    kinds: /drop/,
    where: /^ac:image@ac:alt$/,
    when: (mutation) =>
      mutation.node.type === 'element' &&
      mutation.node.children.some((c) => c.type === 'element' && attr(c, 'ri:filename') === value(mutation)),
    why: 'without one the file name is shown',
  },
  {
    what: 'elements that only hold what they hold',
    kinds: /unwrap/,
    where:
      /^(?:p|a|div|span|caption|tbody|thead|tfoot|colgroup|ac:(?:link-body|plain-text-link-body|plain-text-body|rich-text-body|adf-content|adf-node|adf-fragment-mark))$/,
    when: ({ node }) =>
      node.type === 'element' &&
      node.attributes.every(({ name, value }) => value === '' || /local-id$/.test(name)),
    why: 'the content reads the same without; no attribute is lost with them',
  },
  {
    what: 'spans that the table has no room for',
    kinds: /alter attribute/,
    where: /^t[dh]@(?:row|col)span$/,
    when: (mutation) => !/^[1-8]$/.test(value(mutation)),
    why: 'counted; Confluence draws them as far as there are cells',
  },
  {
    what: 'a mark in the same mark, or on what is no text',
    kinds: /unwrap/,
    where: /^(?:strong|b|em|i|u|ins|s|del|sub|sup|code)$/,
    when: ({ node }) =>
      node.type === 'element' &&
      (parentOf(node, new RegExp(`^${node.name}$`)) !== null ||
        node.children.some((child) => child.type === 'element' && child.name === node.name) ||
        markedText(node) === ''),
    why: 'bold in bold is bold, and a picture or a space is not made bold',
  },
  {
    what: 'a list or the item of a list',
    kinds: /unwrap/,
    where: /^(?:li|ul)$/,
    when: ({ node }) => node.type === 'element' && (node.name === 'li' || parentOf(node, /^td$/) !== null),
    why: 'text directly in a list reads as an item of it; in a placeholder an item needs no list',
  },
  {
    what: 'a link round a page named in a parameter',
    kinds: /unwrap/,
    where: /^ac:link$/,
    when: isIn(/^ac:(?:default-)?parameter$/),
    why: 'Confluence writes both forms for the same',
  },
  {
    what: 'the only cell of a table in a placeholder',
    kinds: /unwrap/,
    where: /^t[rd]$/,
    when: ({ node }) => {
      const table = parentOf(node, /^table$/);
      return table !== null && table.parent !== null && textIn(table) === textIn(node);
    },
    why: 'one cell has nothing to be told apart from',
  },
];

/** The exception that a change falls under. */
export const exceptionFor = (mutation: Mutation): Exception | undefined =>
  EXCEPTIONS.find(
    ({ kinds, where, when }) =>
      kinds.test(mutation.kind) && where.test(mutation.where) && (when?.(mutation) ?? true),
  );
