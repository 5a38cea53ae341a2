import { parseXml, type XmlElement, type XmlNode } from './parse.ts';
import { defaults, ids, macroIds, tables, tasks, versions } from './rewrite-parts.ts';
import { isolated, lines, names, styles } from './rewrite-text.ts';
import { writeXml } from './write.ts';

/** What a rewrite is told about the body and where it is saved. */
export type RewriteContext = {
  /** A body of the old editor: its text stands as it was written, and nothing gets a local id. */
  classic: boolean;
  /** A new id: twelve digits (`short`) or a UUID. `of`: what it is for, so that ids can be made from it. */
  id(kind: 'short' | 'uuid', of: XmlElement): string;
  /** The present version of the page or file that a reference names. */
  versionOf(reference: XmlElement): number;
};

export type RewriteStep = (nodes: XmlNode[], context: RewriteContext) => void;

/** What Confluence does to a body on save, besides writing it in its own way (`writeXml`), in this order. */
export const rewriteSteps = {
  /** `b` is written `strong`, `strike` `del`; a link's plain text as rich text. */
  names,
  /** `style` with every declaration closed. */
  styles,
  /** Text that stands bare in list items, cells and quotes gets a paragraph. */
  lines,
  /** White space between blocks goes. */
  isolated,
  /** `tbody`, columns. */
  tables,
  /** Numbers, ids and line breaks of check boxes. */
  tasks,
  /** `start`, layouts and widths are written out. */
  defaults,
  /** Macros get an id and a schema version. */
  macroIds,
  /** References say which version they meant. */
  versions,
  /** Blocks get local ids. */
  ids,
} satisfies Record<string, RewriteStep>;

export type StepName = keyof typeof rewriteSteps;

/** Steps that only the new editor does. */
const modern: ReadonlySet<StepName> = new Set(['names', 'lines', 'isolated', 'defaults', 'ids']);

const takesLocalId = /<(?:p|li|ul|ol|h[1-6]|blockquote)(?=[\s/>])([^>]*)/g;

/** True for a body of the old editor: most of its blocks have no local id. One may have been pasted in. */
export function isClassic(storage: string): boolean {
  let [plain, marked] = [0, 0];
  for (const [, attributes = ''] of storage.matchAll(takesLocalId))
    if (attributes.includes('local-id')) marked += 1;
    else plain += 1;
  return plain > marked;
}

/**
 * A body as Confluence keeps it after a save. What it has rewritten once it leaves alone from then on.
 * @param only the steps to do; all of them unless given
 * @throws NotWellFormed
 */
export function rewriteStorage(
  storage: string,
  context: RewriteContext,
  only: readonly StepName[] = Object.keys(rewriteSteps) as StepName[],
): string {
  // XML has no other line end.
  const nodes = parseXml(storage.replace(/\r\n?/g, '\n'));
  for (const name of only) if (!context.classic || !modern.has(name)) rewriteSteps[name](nodes, context);
  return writeXml(nodes);
}
