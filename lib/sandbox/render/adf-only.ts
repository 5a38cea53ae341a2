import type { AdfNode } from './adf.ts';
import { escapeHtml } from './escape.ts';

/** Nodes for which storage format has no words: a page that holds one has a body in ADF alone. */
const adfOnlyTypes = new Set(['syncBlock', 'bodiedSyncBlock']);
const opening = '<adf-only document="';

function textIn(value: unknown): string[] {
  const found: string[] = [];
  const stack: unknown[] = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const node = next as Partial<AdfNode>;
    if (typeof node.text === 'string') found.push(node.text);
    if (Array.isArray(node.content)) stack.push(...node.content.toReversed());
  }
  return found;
}

function holdsOne(document: unknown): boolean {
  const stack: unknown[] = [document];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const node = next as Partial<AdfNode>;
    if (node.type !== undefined && adfOnlyTypes.has(node.type)) return true;
    if (Array.isArray(node.content)) stack.push(...node.content);
  }
  return false;
}

/**
 * How a document that storage format cannot say is kept where storage stands: in an attribute, with its words as text
 * for the search. Null for any other document, and for what is no JSON.
 */
export function keptAdf(json: string): string | null {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!holdsOne(document)) return null;
  const words = textIn(document).map((text) => `<p>${escapeHtml(text)}</p>`);
  return `${opening}${escapeHtml(JSON.stringify(document))}">${words.join('')}</adf-only>`;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The JSON of a document kept so, or null where the body is storage format. */
export function adfKeptIn(storage: string): string | null {
  if (!storage.startsWith(opening)) return null;
  return storage
    .slice(opening.length, storage.indexOf('"', opening.length))
    .replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => entities[name] ?? '');
}

/** The words of such a body as storage format, for drawing it. */
export const wordsKept = (storage: string): string =>
  storage.slice(storage.indexOf('>') + 1, storage.lastIndexOf('</adf-only>'));
