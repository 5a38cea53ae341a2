import { randomUUID } from 'node:crypto';

const untouched = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g;
const openTag = /<([A-Za-z][\w:-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)(\s*\/?>)/g;
const localId = new Set(['p', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote']);
const acLocalId = new Set(['table', 'tr', 'td', 'th', 'ac:image', 'ac:layout-section', 'ac:layout-cell']);

/**
 * What Confluence does to a body on save when the `rewrite` setting is on: elements without a local id get
 * one, macros without a macro id get one. Everything else stays as it was sent.
 */
export function addLocalIds(storage: string): string {
  let result = '';
  let at = 0;
  for (const match of storage.matchAll(untouched)) {
    result += inTags(storage.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return result + inTags(storage.slice(at));
}

function inTags(text: string): string {
  return text.replace(openTag, (_whole, name: string, attributes: string, end: string) => {
    let added = '';
    if (localId.has(name) && !/\slocal-id\s*=/.test(attributes)) added += ` local-id="${randomUUID()}"`;
    if ((acLocalId.has(name) || name === 'ac:structured-macro') && !/\sac:local-id\s*=/.test(attributes))
      added += ` ac:local-id="${randomUUID()}"`;
    if (name === 'ac:structured-macro' && !/\sac:macro-id\s*=/.test(attributes))
      added += ` ac:macro-id="${randomUUID()}"`;
    return `<${name}${attributes}${added}${end}`;
  });
}
